import { expect, test } from 'vitest';
import { draftOf, type EndpointDraft, faultsOf, inputOf } from './endpoint-draft.ts';

const good: EndpointDraft = {
  name: 'Azure',
  baseUrl: 'https://example.openai.azure.com/openai/v1',
  keyHeader: 'api-key',
  headers: [{ name: 'x-team', value: 'a' }],
};

test('a good draft has no faults', () => {
  expect(faultsOf(good)).toEqual({});
});

test.each([
  ['', 'This is no URL'],
  ['api.openai.com/v1', 'This is no URL'],
  ['ftp://example.org', 'has to start with http'],
  ['https://me:secret@example.org', 'no user or password'],
  ['https://api.openai.com/v1/responses', 'Leave /responses out'],
])('the base URL %j is refused', (baseUrl, fault) => {
  expect(faultsOf({ ...good, baseUrl }).baseUrl).toContain(fault);
});

test('a name and names of headers are needed', () => {
  expect(faultsOf({ ...good, name: ' ' }).name).toBeDefined();
  expect(faultsOf({ ...good, headers: [{ name: 'x y', value: '' }] }).headers).toContain('x y');
  expect(faultsOf({ ...good, headers: [{ name: '', value: 'a' }] }).headers).toContain(
    'has no name',
  );
  expect(faultsOf({ ...good, headers: [{ name: '', value: '' }] })).toEqual({});
});

test('what main gets is trimmed, without empty rows and end slashes', () => {
  const draft = { ...good, name: ' Azure ', baseUrl: ' https://a.example/v1/ ' };
  draft.headers = [...good.headers, { name: ' ', value: '' }];
  expect(inputOf(draft, undefined)).toEqual({
    name: 'Azure',
    baseUrl: 'https://a.example/v1',
    keyHeader: 'api-key',
    headers: [['x-team', 'a']],
  });
  expect(inputOf(draft, 'e1')).toMatchObject({ id: 'e1' });
});

test('a new endpoint starts empty', () => {
  expect(draftOf(null)).toEqual({ name: '', baseUrl: '', keyHeader: 'authorization', headers: [] });
});
