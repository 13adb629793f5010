import { expect, test } from 'vitest';
import { addressOf } from '../../src-core/apis.ts';
import { clientLines, originOf, proxyTarget, replayTarget } from './client-lines.ts';
import { proxyTo } from './new-server.ts';
import { UPSTREAMS } from './upstreams.ts';

const URL = 'http://127.0.0.1:4000';
const linesOf = (target: Parameters<typeof clientLines>[0]) =>
  Object.fromEntries(clientLines(target).map(({ name, text }) => [name, text]));

// Where official clients ask: openai adds /responses to its base URL, @anthropic-ai/sdk /v1/messages.
test.each([
  ['https://api.openai.com/v1', '/v1', ''],
  ['https://openrouter.ai/api/v1', '/api/v1', '/api'],
  ['https://api.anthropic.com', '/v1', ''],
  ['https://api.anthropic.com/v1/', '/v1', ''],
  ['http://localhost:8000/gateway', '/gateway/v1', '/gateway'],
  ['https://generativelanguage.googleapis.com/v1beta/openai', '/v1beta/openai', null],
])('clients of a proxy to %s get the path that they would use there', (upstream, base, root) => {
  const target = proxyTarget(URL, proxyTo('x', upstream));
  expect([target.base, target.root]).toEqual([URL + base, root === null ? null : URL + root]);
});

test('the lines of every preset name its API and the proxy’s address', () => {
  for (const { url, api } of UPSTREAMS) {
    const target = proxyTarget(URL, proxyTo('x', url));
    expect(target.api, url).toBe(api);
    const { curl, Shell } = linesOf(target);
    expect(curl, url).toContain(addressOf(target.base, api));
    expect(Shell, url).toContain(URL);
  }
});

test('a client’s own key comes from its environment, and where none is needed any will do', () => {
  const config = proxyTo('x', 'https://api.openai.com/v1');
  const own = linesOf(proxyTarget(URL, config));
  expect(own.Shell).toBe(`export OPENAI_BASE_URL=${URL}/v1\nexport ANTHROPIC_BASE_URL=${URL}`);
  expect(own.curl).toContain('-H "Authorization: Bearer $OPENAI_API_KEY"');
  expect(own.Python).toContain(`OpenAI(base_url="${URL}/v1")`);
  const added = linesOf(proxyTarget(URL, { ...config, keyOf: 'openai' }));
  expect(added.Python).toContain('api_key="anything"');
  expect(added.curl).not.toContain('Authorization');
});

test('PowerShell sets variables in its own way', () => {
  const lines = linesOf(replayTarget(URL, 'responses', ''));
  expect(lines.PowerShell?.split('\n')).toEqual([
    `$env:OPENAI_BASE_URL = '${URL}/v1'`,
    `$env:OPENAI_API_KEY = 'anything'`,
    `$env:ANTHROPIC_BASE_URL = '${URL}'`,
    `$env:ANTHROPIC_API_KEY = 'anything'`,
  ]);
});

test('an Anthropic upstream gets Anthropic’s clients', () => {
  const target = proxyTarget(URL, proxyTo('x', 'https://api.anthropic.com/v1'));
  const lines = linesOf(target);
  expect(lines.Shell).toBe(`export ANTHROPIC_BASE_URL=${URL}`);
  expect(lines.Node).toContain(`new Anthropic({ baseURL: '${URL}' })`);
  expect(lines.curl).toContain('-H "x-api-key: $ANTHROPIC_API_KEY"');
  // The base URL of @ai-sdk/anthropic has the version, unlike that of @anthropic-ai/sdk.
  expect(lines['AI SDK']).toContain(`baseURL: '${URL}/v1'`);
});

test('a stopped server’s lines show where the port will be', () => {
  const { Shell } = linesOf(replayTarget(null, 'responses', ''));
  expect(Shell).toContain('http://127.0.0.1:PORT/v1');
});

test('a port that is given is known before the server runs', () => {
  const config = { ...proxyTo('x', 'https://api.openai.com/v1'), port: 4001 };
  expect(originOf({ url: null, config })).toBe('http://127.0.0.1:4001');
  expect(originOf({ url: URL, config })).toBe(URL);
  expect(originOf({ url: null, config: { ...config, port: 0 } })).toBeNull();
});
