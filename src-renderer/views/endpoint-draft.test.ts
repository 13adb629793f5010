import { expect, test } from 'vitest';
import { draftOf, type EndpointDraft, faultsOf, hasSecrets, inputOf } from './endpoint-draft.ts';

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

test('a secret that is kept goes back as it came, but not under an innocent name', () => {
  const kept = { ...good, headers: [{ name: 'X-Token', value: '•••' }] };
  expect(faultsOf(kept)).toEqual({});
  expect(inputOf(kept, 'e1').headers).toEqual([['X-Token', '•••']]);
  expect(faultsOf({ ...kept, headers: [{ name: 'X-Team', value: '•••' }] }).headers).toContain(
    'X-Team again',
  );
  const endpoint = { ...inputOf(good, 'e1'), id: 'e1', builtIn: false, key: 'none' as const };
  expect(hasSecrets(endpoint)).toBe(false);
  expect(hasSecrets({ ...endpoint, headers: [['X-Token', '•••']] })).toBe(true);
  expect(hasSecrets({ ...endpoint, key: 'memory' })).toBe(true);
});
