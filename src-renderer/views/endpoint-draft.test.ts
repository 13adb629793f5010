import { expect, test } from 'vitest';
import {
  draftOf,
  type EndpointDraft,
  faultsOf,
  hasSecrets,
  inputOf,
  withApi,
  withoutPath,
} from './endpoint-draft.ts';
import { draftOfPreset, PRESETS } from './endpoint-presets.ts';

const good: EndpointDraft = {
  name: 'Azure',
  api: 'responses',
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
  ['https://{resource}.openai.azure.com/openai/v1', 'in braces'],
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
    api: 'responses',
    baseUrl: 'https://a.example/v1',
    keyHeader: 'api-key',
    headers: [['x-team', 'a']],
  });
  expect(inputOf(draft, 'e1')).toMatchObject({ id: 'e1' });
});

test('a new endpoint starts empty', () => {
  expect(draftOf(null)).toEqual({
    name: '',
    api: 'responses',
    baseUrl: '',
    keyHeader: 'authorization',
    headers: [],
  });
});

test('the address of a request says the API, and the key goes where it is looked for', () => {
  const pasted = { ...draftOf(null), baseUrl: ' https://api.anthropic.com/v1/messages' };
  expect(withoutPath(pasted)).toMatchObject({
    baseUrl: 'https://api.anthropic.com/v1',
    api: 'messages',
    keyHeader: 'x-api-key',
  });
  expect(withApi(withoutPath(pasted), 'chat').keyHeader).toBe('authorization');
  // A header that was chosen stays.
  expect(withApi(good, 'messages').keyHeader).toBe('api-key');
  expect(withoutPath(good)).toBe(good);
});

test('presets are endpoints, but for what a person has to fill in', () => {
  for (const preset of Object.values(PRESETS).flat()) {
    const draft = draftOfPreset(preset);
    const named = { ...draft, baseUrl: draft.baseUrl.replace('{resource}', 'r') };
    expect(faultsOf(named), preset.name).toEqual({});
    expect(withoutPath(named), preset.name).toBe(named);
  }
});

test('a secret that is kept goes back as it came, but not under an innocent name', () => {
  const kept = { ...good, headers: [{ name: 'X-Token', value: '•••' }] };
  expect(faultsOf(kept)).toEqual({});
  expect(inputOf(kept, 'e1').headers).toEqual([['X-Token', '•••']]);
  expect(faultsOf({ ...kept, headers: [{ name: 'X-Team', value: '•••' }] }).headers).toContain(
    'X-Team again',
  );
  const own = { id: 'e1', models: [], builtIn: false, key: 'none' as const };
  const endpoint = { ...inputOf(good, 'e1'), ...own };
  expect(hasSecrets(endpoint)).toBe(false);
  expect(hasSecrets({ ...endpoint, headers: [['X-Token', '•••']] })).toBe(true);
  expect(hasSecrets({ ...endpoint, key: 'memory' })).toBe(true);
});
