import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { schemaRequest, type SchemaRequest } from '../schema-request/schema-request.ts';
import { shellQuoted } from './curl.ts';
import { DEFAULT_BASE_URLS, REQUEST_FORMS, type RequestForm } from './parts.ts';
import { pythonLiteral } from './python.ts';
import { requestCode } from './request-code.ts';

const SCHEMA = {
  type: 'object',
  properties: { "it's": { type: 'string', description: '$HOME `x` "q" \\ \n é' }, __proto: {} },
  required: ["it's"],
  additionalProperties: false,
};
const PERSON: SchemaRequest = {
  schema: JSON.stringify(SCHEMA),
  name: 'person',
  description: "Ann's",
  strict: true,
  kind: 'format',
  model: 'gpt-4o-mini',
  prompt: "What's up?",
  instructions: 'Be brief.',
  maxOutputTokens: 64,
};
type Kind = 'format' | 'tool';
const bodyOf = (kind: Kind, api: RequestForm) =>
  schemaRequest({ ...PERSON, api, kind, name: kind === 'tool' ? 'find' : 'person' });
const codeOf = (
  kind: Kind,
  rest: Omit<Parameters<typeof requestCode>[0], 'body' | 'baseUrl'>,
  baseUrl = DEFAULT_BASE_URLS[rest.form],
) => requestCode({ body: bodyOf(kind, rest.form), baseUrl, ...rest })!;

/** The words that a shell makes of a command. */
function wordsOf(command: string): string[] {
  const stub = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n`;
  const { stdout, stderr } = spawnSync('sh', ['-c', stub + command], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, OPENAI_API_KEY: 'sk-openai', ANTHROPIC_API_KEY: 'sk-ant' },
  });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
}

describe.each(REQUEST_FORMS)('%s', (form) => {
  test.each(['format', 'tool'] as const)('a shell reads the command as it is meant: %s', (kind) => {
    const words = wordsOf(codeOf(kind, { language: 'curl', form }, 'http://127.0.0.1:1/v1/'));
    const path = { responses: 'responses', chat: 'chat/completions', messages: 'messages' }[form];
    expect(words).toContain(`http://127.0.0.1:1/v1/${path}`);
    const headers =
      form === 'messages'
        ? ['x-api-key: sk-ant', 'anthropic-version: 2023-06-01']
        : ['Authorization: Bearer sk-openai'];
    expect(words).toEqual(expect.arrayContaining(headers));
    const body = JSON.parse(bodyOf(kind, form)) as JsonObject;
    expect(JSON.parse(words[words.indexOf('-d') + 1]!)).toEqual({ ...body, stream: true });
  });

  test.each(['format', 'tool'] as const)('Python sends the same body: %s', (kind) => {
    const code = codeOf(kind, { language: 'python', form }, 'http://127.0.0.1:1/v1');
    // The client is one that prints what it is called with.
    const stub = `
import json, sys, types
class Any:
    def __getattr__(self, name): return self
    def __call__(self, **args):
        print(json.dumps(args)); return []
module = types.ModuleType('stub'); module.OpenAI = lambda **args: (print(json.dumps(args)), Any())[1]
module.Anthropic = module.OpenAI
sys.modules['openai'] = sys.modules['anthropic'] = module
`;
    const run = spawnSync('python3', ['-c', stub + code], { encoding: 'utf8' });
    if (run.error) return console.warn(`There is no python3: the code was not run.`);
    expect(run.stderr).toBe('');
    const [client, request] = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const isMessages = form === 'messages';
    expect(client).toEqual({ base_url: `http://127.0.0.1:1${isMessages ? '' : '/v1'}` });
    const body = JSON.parse(bodyOf(kind, form)) as JsonObject;
    expect(request).toEqual({ ...body, stream: true });
  });
});

test('no code names the address that clients know', () => {
  for (const language of ['python', 'typescript'] as const)
    for (const form of REQUEST_FORMS)
      expect(codeOf('format', { language, form })).not.toMatch(/api\.(openai|anthropic)\.com/);
});

test('a body that is no object has no code', () => {
  const code = { language: 'curl', form: 'responses', baseUrl: '' } as const;
  expect(requestCode({ ...code, body: '{' })).toBeNull();
  expect(requestCode({ ...code, body: '[]' })).toBeNull();
});

test('a password in the address of the endpoint is not taken along', () => {
  for (const language of ['curl', 'python', 'typescript'] as const) {
    const code = codeOf(
      'format',
      { language, form: 'responses' },
      'https://ann:s3cret@example.com/v1',
    );
    expect(code).not.toContain('s3cret');
    expect(code).not.toContain('ann');
    expect(code).toContain('https://example.com/v1');
  }
});

test('quoting', () => {
  expect(shellQuoted("it's")).toBe("'it'\\''s'");
  expect(pythonLiteral([true, false, null, 'é\n', {}, []])).toBe(
    '[True, False, None, "é\\n", {}, []]',
  );
});
