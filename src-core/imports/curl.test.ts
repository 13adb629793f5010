import fc from 'fast-check';
import { parse } from 'shell-quote';
import { expect, test } from 'vitest';
import { shellQuoted } from '../request-code/curl.ts';
import { curlRequest } from './curl.ts';
import { commandWords, looksLikeCurl } from './curl-words.ts';

const wordsOf = (command: string) =>
  commandWords(command).flatMap((word) => (word.kind === 'word' ? [word.text] : []));

test('words are split as shell-quote splits them', () => {
  const piece = fc.oneof(
    fc.stringMatching(/^[a-z:/.@=-]{1,6}$/),
    fc.string({ maxLength: 8 }).map((text) => shellQuoted(text)),
    fc.stringMatching(/^[a-z {}:,']{0,8}$/).map((text) => `"${text}"`),
    fc.constantFrom('\\ ', "\\'", '\\"', '"\\""', '"a\\\\b"', "$'it\\'s\\n\\u0041\\x41'", "''"),
  );
  const word = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const command = `curl ${words.join(' ')}`;
      expect(wordsOf(command)).toEqual(parse(command));
    }),
    { numRuns: 500 },
  );
});

test('a command as a manual prints it', () => {
  const command = [
    '$ curl https://api.openai.com/v1/responses \\',
    '  -H "Content-Type: application/json" \\',
    '  -H "Authorization: Bearer $OPENAI_API_KEY" \\',
    "  -d '{",
    '    "model": "gpt-4o",',
    `    "input": "It'\\''s me"`,
    "  }' | jq .",
  ].join('\n');
  expect(curlRequest(command)).toEqual({
    method: 'POST',
    url: 'https://api.openai.com/v1/responses',
    headers: [
      ['Content-Type', 'application/json'],
      ['Authorization', 'Bearer $OPENAI_API_KEY'],
    ],
    body: '{\n    "model": "gpt-4o",\n    "input": "It\'s me"\n  }',
    variables: ['OPENAI_API_KEY'],
    notes: [],
  });
});

test('a command as Chrome copies it for bash', () => {
  const command =
    "curl 'https://x.test/v1/messages' \\\n  -H 'x-api-key: k' \\\n --data-raw $'{\"text\":\"it\\'s \\u0021 \\ud83d\\ude00\"}' \\\n  --compressed";
  expect(curlRequest(command)).toMatchObject({
    method: 'POST',
    headers: [['x-api-key', 'k']],
    body: '{"text":"it\'s ! 😀"}',
  });
});

test('a command as Chrome copies it for Windows', () => {
  const command = [
    'curl ^"https://x.test/v1/chat/completions^" ^',
    '  -H ^"Authorization: Bearer k^" ^',
    '  --data-raw ^"^{^\\^"model^\\^":^\\^"m^\\^",^\\^"text^\\^":^\\^"a^%^20b ^\\^\\^\\^"c^\\^\\^\\^"^\\^"^}^"',
  ].join('\r\n');
  expect(curlRequest(command)).toMatchObject({
    url: 'https://x.test/v1/chat/completions',
    headers: [['Authorization', 'Bearer k']],
    body: '{"model":"m","text":"a%20b \\"c\\""}',
  });
});

test('a command in one line of the Windows prompt', () => {
  expect(
    curlRequest('curl.exe -sSN "http://localhost:1234/v1/responses" -d "{\\"model\\": \\"m\\"}"'),
  ).toMatchObject({ url: 'http://localhost:1234/v1/responses', body: '{"model": "m"}' });
});

test.each([
  ['curl -XPUT a.test', { method: 'PUT', url: 'http://a.test' }],
  ['curl --url https://a.test -HA:1 -H "B;" -H C:', { headers: [['A', '1']] }],
  ['curl -u me:secret https://a.test', { headers: [['Authorization', 'Basic bWU6c2VjcmV0']] }],
  ['curl -d a=1 --data-raw @b https://a.test', { method: 'POST', body: 'a=1&@b' }],
  [
    `curl --json '{"a":' --json '1}' https://a.test`,
    { body: '{"a":1}', headers: [['content-type', 'application/json']] },
  ],
  ['curl -o out -m 5 --max-time 3 -N https://a.test', { url: 'https://a.test', method: 'GET' }],
  ['curl https://a.test -d @- <<EOF\n{"a":1}\nEOF\n', { body: '{"a":1}' }],
  [
    'curl https://a.test -d @body.json',
    {
      body: null,
      notes: ['The body is in the file body.json, which is not read: paste its text.'],
    },
  ],
])('%j', (command, expected) => {
  expect(curlRequest(command)).toMatchObject(expected);
});

test.each([
  'export OPENAI_API_KEY=k\ncurl https://a.test -d x',
  `export A="b c"; B='d e' && curl https://a.test -d x`,
  '$env:KEY = "k"\r\ncurl.exe https://a.test -d x',
  '#!/bin/bash\nset -euo pipefail\n\ncurl https://a.test -d x\necho done',
  '/usr/bin/curl https://a.test -d x',
  '"C:\\Windows\\System32\\curl.exe" https://a.test -d x',
  'time curl https://a.test -d x',
  'KEY="a b" curl https://a.test -d x',
  '```bash\ncurl https://a.test -d x\n```\n',
])('%j is a command', (command) => {
  expect(looksLikeCurl(command)).toBe(true);
  expect(curlRequest(command)).toMatchObject({ url: 'https://a.test', body: 'x' });
});

test('an argument that looks like a setting is none', () => {
  expect(curlRequest("curl =';' https://a.test")).toMatchObject({ url: 'http://=;' });
});

test('a beginning that never comes to a command is read in one pass', () => {
  for (const piece of [`a="b"'c'`, '# x\n', 'export a=b;', '\n', 'time ', '```\n', 'A=1 '])
    expect(looksLikeCurl(piece.repeat(2000))).toBe(false);
});

test('what is a command, and what is not', () => {
  expect(looksLikeCurl('#!/bin/sh\n# hello\ncurl https://a.test')).toBe(true);
  expect(looksLikeCurl('KEY=1 curl https://a.test')).toBe(true);
  expect(looksLikeCurl('curly: braces')).toBe(false);
  expect(looksLikeCurl('see docs/curl for more')).toBe(false);
  expect(looksLikeCurl('data: curl x')).toBe(false);
  expect(curlRequest('curl -s')).toBeNull();
});

test('any text is read to its end', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'curl \\\'"$^-Hd@<\n\r&|xu0{}%') }),
      (text) => {
        curlRequest(text);
        curlRequest(`curl ${text}`);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a header without its quotes is told of, and the key in it is not', () => {
  const command =
    'curl https://api.example.com/v1/responses -H Authorization: Bearer sk-0123456789';
  const request = curlRequest(command)!;
  expect(request.notes.join(' ')).toContain('2 more words are left out');
  expect(request.notes.join(' ')).not.toContain('sk-0123456789');
});
