import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EndpointStore } from '../endpoints.ts';
import { KeyStore, type SecretBox } from '../keys.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { requestOfCommand } from './command-request.ts';

const KEY = 'sk-proj-0123456789abcdef';

/** As the system would encrypt: not to be read in the file. */
const box: SecretBox = {
  available: true,
  encrypt: (text) => Buffer.from(text).map((byte) => byte ^ 0x55) as Buffer,
  decrypt: (bytes) => Buffer.from(bytes.map((byte) => byte ^ 0x55)).toString(),
};

function inFolder() {
  const folder = temporaryFolder();
  const notice = (message: string) => expect.fail(message);
  const keys = new KeyStore(folder, box, notice);
  const endpoints = new EndpointStore({
    folder,
    keys,
    builtInUrl: () => 'http://127.0.0.1:1/v1',
    builtInModels: () => [],
    notice,
  });
  const made: unknown[] = [];
  const request = (command: string) => {
    const result = requestOfCommand(command, { endpoints, keys });
    made.push(result);
    return result;
  };
  /** Everything that was given to the page or written to the disk. */
  const seen = () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    );
    return JSON.stringify([
      made,
      files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8')),
    ]);
  };
  return { keys, endpoints, request, seen };
}

test('a command to a known server fills its endpoint, and the key goes to the key store only', () => {
  const { keys, request, seen } = inFolder();
  const command = `curl https://api.openai.com/v1/responses -H 'Authorization: Bearer ${KEY}' \\
    -H 'Content-Type: application/json' -d '{"model":"gpt-4o","seed":12345678901234567890}'`;
  const first = request(command);
  expect(first).toMatchObject({
    endpoint: { id: 'openai', key: 'encrypted' },
    body: '{\n  "model": "gpt-4o",\n  "seed": 12345678901234567890\n}',
    notes: [],
    isNew: false,
    setsKey: true,
  });
  expect(keys.get('openai')).toBe(KEY);
  expect(request(command)).toMatchObject({ endpoint: { id: 'openai' }, setsKey: false });
  // Another key is not written over the one that is there.
  const other = request(command.replace(KEY, `${KEY}-other`));
  expect(other).toMatchObject({ isNew: true, endpoint: { name: 'api.openai.com' } });
  expect([keys.get('openai'), keys.get(other.endpoint.id)]).toEqual([KEY, `${KEY}-other`]);
  expect(seen()).not.toContain(KEY);
});

test('the address, the headers and the place of the key make an endpoint', () => {
  const { keys, endpoints, request, seen } = inFolder();
  const anthropic = request(
    `curl https://api.anthropic.com/v1/messages -H 'x-api-key: ${KEY}' -H 'anthropic-version: 2023-06-01' ` +
      `-H 'anthropic-beta: x' -H 'user-agent: curl' -H 'cookie: session=${KEY}' -d '{}'`,
  );
  expect(anthropic.endpoint).toMatchObject({
    api: 'messages',
    baseUrl: 'https://api.anthropic.com/v1',
    keyHeader: 'x-api-key',
    headers: [
      ['anthropic-beta', 'x'],
      ['cookie', '•••'],
    ],
  });
  expect(endpoints.headersToSend(anthropic.endpoint.id)).toContainEqual([
    'cookie',
    `session=${KEY}`,
  ]);
  const azure = request(
    `curl 'https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21' -H 'api-key: ${KEY}' -d '{}'`,
  );
  expect(azure.endpoint).toMatchObject({
    api: 'chat',
    baseUrl: 'https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21',
    keyHeader: 'api-key',
  });
  const gemini = request(
    `curl 'https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse&key=${KEY}' -d '{}'`,
  );
  expect(gemini.endpoint.baseUrl).not.toContain('key');
  expect(endpoints.headersToSend(gemini.endpoint.id)).toEqual([['x-goog-api-key', KEY]]);
  expect(gemini.notes).toEqual([expect.stringContaining('choose the API of the endpoint')]);
  const user = request(`curl http://me:${KEY}@localhost:8080/v1/responses -d 'not json'`);
  expect(user).toMatchObject({
    body: 'not json',
    endpoint: { baseUrl: 'http://localhost:8080/v1' },
  });
  expect(endpoints.headersToSend(user.endpoint.id)[0]![1]).toBe(
    `Basic ${Buffer.from(`me:${KEY}`).toString('base64')}`,
  );
  expect(keys.get(azure.endpoint.id)).toBe(KEY);
  expect(seen()).not.toContain(KEY);
  expect(seen()).not.toContain(Buffer.from(`me:${KEY}`).toString('base64'));
});

test('a variable is no key', () => {
  const { keys, request } = inFolder();
  const { notes, setsKey } = request(
    'curl https://api.openai.com/v1/responses -H "Authorization: Bearer $OPENAI_API_KEY" -d "{}"',
  );
  expect(notes[0]).toMatch(/^Authorization is \$OPENAI_API_KEY in the command, which is no value/);
  expect([setsKey, keys.get('openai')]).toEqual([false, null]);
});

test.each([
  ['curl -s', 'not-curl'],
  ['curl ftp://a.test/x', 'bad-url'],
  ['curl "http://[x"', 'bad-url'],
])('%s is refused', (command, code) => {
  const { request } = inFolder();
  expect(() => request(command)).toThrow(expect.objectContaining({ code }));
});

test('a command whose body is in a file leaves an empty body, not the draft that stands there', () => {
  const { request } = inFolder();
  expect(request('curl https://api.anthropic.com/v1/messages -d @body.json')).toMatchObject({
    body: '',
    notes: ['The body is in the file body.json, which is not read: paste its text.'],
  });
  expect(request('curl https://api.openai.com/v1/responses')).toMatchObject({
    body: '',
    notes: ['The command has no body: write one, or paste it.'],
  });
});
