import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  har,
  harEntry,
  imported,
  interaction,
  KEY,
  ollama,
  person,
  recording,
  stagedIn,
} from '../testing/imported.ts';
import { storeOn, toolsOf } from '../testing/stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { importPath } from './import-path.ts';

test('files of several pieces: entries that go across them stay what they are', async () => {
  const bodies = [1, 2, 3].map((number) => `data: {"n":${number},"s":"${'é"\\'.repeat(2e5)}"}\n\n`);
  const contents = bodies.map((text) => ({ size: 1, mimeType: 'text/event-stream', text }));
  const lines = bodies.map((body_raw) =>
    JSON.stringify({ request: { url: 'https://a.test' }, response: { body_raw } }),
  );
  const interactions = bodies.map((string) => interaction({ body: { string } }));
  for (const file of [
    har(contents.map((content) => harEntry({ content }))),
    lines.join('\n'),
    `interactions:\n${interactions.map((one) => `- ${JSON.stringify(one)}\n`).join('')}`,
  ]) {
    const { captures } = await imported(file);
    expect(captures.map(({ body }, at) => body.toString() === bodies[at])).toEqual([
      true,
      true,
      true,
    ]);
  }
});

test('a cassette in YAML, as vcrpy writes it', async () => {
  const both = [
    interaction({ body: { string: person.toString() } }),
    interaction({ body: { string: '{"id":1}' }, headers: {} }),
    interaction({ body: { string: gzipSync(ollama) } }),
  ];
  both[1]!.request.body = '{}';
  for (const indentSeq of [true, false]) {
    const text = stringify({ interactions: both, version: 1 }, { indentSeq, version: '1.1' });
    const { captures, remarks } = await imported(text, 'a.yaml');
    expect(captures.map(({ body }) => body)).toEqual([person, ollama]);
    expect(remarks).toEqual(['Left out of a.yaml: no stream (1).']);
    expect(captures[0]!.meta).toMatchObject({
      origin: { format: 'cassette', entry: 0 },
      timed: false,
      response: { status: 200, statusText: 'OK' },
    });
    expect(captures[0]!.text).not.toContain(KEY);
    expect(captures[0]!.text).not.toContain('a=b');
  }
});

test('an item of a cassette is parsed after what it repeats alone, and can be cancelled', async () => {
  const item = (at: number) => `- request:
    uri: https://a.test/${at}
    headers: &id${at}
      A: [b]
  response:
    headers: *id0
    status: {code: 200, message: OK}
    body: {string: "data: ${at}\\n\\n"}
`;
  const folder = temporaryFolder();
  const path = join(folder, 'a.yaml');
  const items = Array.from({ length: 60 }, (_, at) => item(at));
  writeFileSync(path, `interactions:\n${items.join('')}`);
  const tools = toolsOf(storeOn(join(folder, 'data')).store);
  const lengths: number[] = [];
  const stop = new AbortController();
  const readYaml = (text: string) => {
    lengths.push(text.length);
    if (lengths.length === 70) stop.abort();
    return tools.readYaml(text);
  };
  const { captures } = await importPath({ ...tools, readYaml }, path);
  expect(captures).toHaveLength(60);
  expect(Math.max(...lengths)).toBeLessThan(2 * items[59]!.length);
  const watch = { signal: stop.signal, progress: () => {} };
  const again = importPath({ ...tools, readYaml }, path, undefined, watch);
  await expect(again).rejects.toThrow('The import of a.yaml was cancelled.');
  expect(lengths).toHaveLength(70);
});

test('a cassette in YAML, as it lies in a repository', async () => {
  // traceloop/openllmetry, Apache-2.0: test_ollama_streaming_metrics.yaml, its first events.
  const { captures } = await imported(`# VCR cassette for test_ollama_streaming_metrics

interactions:
- request:
    body: '{"model": "gemma3:1b", "stream": true, "prompt": "Tell me a joke about
      OpenTelemetry"}'
    headers:
      host:
      - 127.0.0.1:11434
    method: POST
    uri: http://127.0.0.1:11434/api/generate
  response:
    body:
      string: "{\\"model\\":\\"gemma3:1b\\",\\"created_at\\":\\"2025-05-19T09:26:59.678947Z\\",\\"response\\":\\"Okay\\",\\"done\\":false}\\n{\\"model\\":\\"gemma3:1b\\",\\"created_at\\":\\"2025-05-19T09:26:59.689977Z\\",\\"response\\":\\",\\",\\"done\\":false}\\n{\\"model\\":\\"gemma3:1b\\",\\"created_at\\":\\"2025-05-19T09:26:59.698682Z\\",\\"response\\":\\"
        here\\",\\"done\\":false}\\n"
    headers:
      Content-Type:
      - application/x-ndjson
      Date:
      - Mon, 19 May 2025 09:26:59 GMT
    status:
      code: 200
      message: OK
version: 1
`);
  expect(captures).toHaveLength(1);
  expect(captures[0]!.meta.request!.body).toBe(
    '{"model": "gemma3:1b", "stream": true, "prompt": "Tell me a joke about OpenTelemetry"}',
  );
  const lines = ollama.toString().split('\n').slice(0, 3);
  expect(captures[0]!.body.toString()).toBe(`${lines.join('\n')}\n`);
});

test('cassettes of Ruby, in YAML and JSON: base64 and binary bodies, the time of recording', async () => {
  const request = {
    method: 'post',
    uri: 'https://api.openai.com/v1/responses',
    body: { encoding: 'UTF-8', string: '{"stream":true}' },
    headers: { Authorization: ['Bearer <OPENAI_API_KEY>'] },
  };
  const response = {
    status: { code: 200, message: 'OK' },
    headers: { 'Content-Type': ['text/event-stream'] },
    body: { encoding: 'ASCII-8BIT', base64_string: person.toString('base64') },
    http_version: '1.1',
  };
  const cassette = {
    http_interactions: [{ request, response, recorded_at: 'Thu, 12 Jun 2025 16:30:33 GMT' }],
    recorded_with: 'VCR 6.3.1',
  };
  const binary = `---
http_interactions:
- request:
    method: post
    uri: https://api.openai.com/v1/responses
    body:
      encoding: UTF-8
      string: ''
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - text/event-stream
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        ${person.toString('base64').replace(/.{60}/g, '$&\n        ')}
  recorded_at: Thu, 12 Jun 2025 16:30:33 GMT
recorded_with: VCR 6.3.1
`;
  for (const text of [stringify(cassette), JSON.stringify(cassette), binary]) {
    const { captures } = await imported(text);
    expect(captures.map(({ body }) => body)).toEqual([person]);
    expect(captures[0]!.meta).toMatchObject({
      createdAt: '2025-06-12T16:30:33.000Z',
      request: { method: 'POST' },
    });
  }
});

test('cassettes of go-vcr and httpmock, and a session recording', async () => {
  const go = {
    version: 2,
    interactions: [
      {
        id: 0,
        request: {
          proto: 'HTTP/1.1',
          host: 'ollama.com',
          body: '{"stream":true}',
          headers: { 'Content-Type': ['application/json'] },
          url: 'https://ollama.com/api/chat',
          method: 'POST',
        },
        response: {
          proto: 'HTTP/2.0',
          body: ollama.toString(),
          headers: { 'Content-Type': ['application/json'] },
          status: '200 OK',
          code: 200,
          duration: '516.03875ms',
        },
      },
    ],
  };
  const mock = {
    when: { path: '/v1/responses', method: 'POST', header: [], body: '{"stream":true}' },
    then: {
      status: 200,
      header: [{ name: 'content-type', value: 'text/event-stream' }],
      body: person.toString(),
    },
  };
  const session = {
    Entries: [
      {
        RequestUri: 'https://api.openai.com/v1/responses',
        RequestMethod: 'POST',
        RequestHeaders: { Authorization: 'Sanitized' },
        RequestBody: { stream: true },
        StatusCode: 200,
        ResponseHeaders: { 'Content-Type': 'text/event-stream' },
        ResponseBody: person.toString().split(/(?<=\n\n)/),
      },
    ],
    Variables: {},
  };
  const [first] = (await imported(`---\n${stringify(go)}`)).captures;
  expect(first!.body).toEqual(ollama);
  expect(first!.meta).toMatchObject({
    response: { status: 200, statusText: 'OK', httpVersion: '2.0' },
    timing: { firstByteUs: 516_039 },
  });
  expect((await imported(stringify(mock))).captures[0]!.body).toEqual(person);
  const [last] = (await imported(JSON.stringify(session, null, 2))).captures;
  expect(last!.body).toEqual(person);
  expect(last!.meta.request).toMatchObject({ body: '{"stream":true}' });
});

test('a log of pairs, as claude-trace writes it', async () => {
  const anthropic = recording('anthropic/fantasy-vertex-claude-3-7-sonnet-simple-streaming.sse');
  const request = {
    timestamp: 1749745820.5,
    method: 'POST',
    url: 'https://api.anthropic.com/v1/messages?beta=true',
    headers: { 'x-api-key': 'sk-ant-api...1234', 'anthropic-version': '2023-06-01' },
    body: { model: 'claude', stream: true, messages: [] },
  };
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' };
  const pairs = [
    {
      request,
      response: {
        timestamp: 1749745821.75,
        status_code: 200,
        headers,
        body_raw: anthropic.toString(),
      },
      logged_at: '2025-06-12T16:30:30.000Z',
    },
    {
      request: { ...request, body: {} },
      response: { timestamp: 1, status_code: 200, headers: {}, body: { input_tokens: 1 } },
    },
    { request, response: null, note: 'ORPHANED_REQUEST', logged_at: '2025-06-12T16:30:31.000Z' },
    {
      request,
      response: { status_code: 200, headers, events: [{ event: 'ping', data: { type: 'ping' } }] },
    },
  ];
  const lines = pairs.map((pair) => `${JSON.stringify(pair)}\n`);
  lines.splice(1, 0, '{"request": broken\n');
  const { captures, remarks } = await imported(lines.join(''), 'log.jsonl');
  expect(captures.map(({ body }) => body.toString())).toEqual([
    anthropic.toString(),
    'event: ping\ndata: {"type":"ping"}\n\n',
  ]);
  expect(captures[0]!.meta).toMatchObject({
    createdAt: '2025-06-12T16:30:20.500Z',
    timing: { firstByteUs: 1_250_000 },
    request: { body: '{"model":"claude","stream":true,"messages":[]}' },
  });
  expect(captures[1]!.meta.end!.message).toContain('put together from them');
  expect(remarks).toEqual([
    'Left out of log.jsonl: no stream (1), saved without its content (1).',
    expect.stringMatching(/^Can't be read in log\.jsonl: entry 2, line 2: /),
  ]);
  const array = await imported(JSON.stringify(pairs, null, 1));
  expect(array.captures.map(({ body }) => body)).toEqual(captures.map(({ body }) => body));
});

test('an error that was answered to a stream is a failed capture', async () => {
  const { captures } = await imported(
    JSON.stringify({
      version: 1,
      interactions: [
        interaction({
          status: { code: 429, message: 'Too Many Requests' },
          body: { string: '{"error":{}}' },
        }),
      ],
    }),
  );
  expect(captures[0]!.summary.status).toBe('failed');
  expect(captures[0]!.meta.end).toMatchObject({
    code: 'http-429',
    message: expect.stringContaining('The server answered 429 Too Many Requests.'),
  });
});

test('gzip of a stream and of a HAR; a gzip that is cut', async () => {
  const [stream] = (await imported(gzipSync(person), 'person.sse.gz')).captures;
  expect(stream!.body).toEqual(person);
  expect(stream!.meta.end!.message).toContain('It was unpacked from gzip.');
  const content = { size: 1, mimeType: 'text/event-stream', text: person.toString() };
  const [entry] = (await imported(gzipSync(har([harEntry({ content })])))).captures;
  expect(entry!.body).toEqual(person);
  const [cut] = (await imported(gzipSync(person, { level: 0 }).subarray(0, 4000))).captures;
  expect(person.subarray(0, cut!.body.length).equals(cut!.body)).toBe(true);
  expect(cut!.meta.end!.message).toContain('The gzip file is damaged, cut or');
});

test('gzip that other bytes follow keeps its content, as gunzip does', async () => {
  const packed = gzipSync(person);
  for (const [rest, isFault] of [
    [Buffer.from('garbage!!'), true],
    [Buffer.from([0x1f, 0x8b, 9, 9, 9]), true],
    [Buffer.alloc(512), false],
  ] as const) {
    const [capture] = (await imported(Buffer.concat([packed, rest]))).captures;
    expect(capture!.body).toEqual(person);
    const note = `followed by other bytes after ${person.length.toLocaleString('en-US')} bytes`;
    expect(capture!.meta.end!.message.includes(note)).toBe(isFault);
  }
  const two = (await imported(Buffer.concat([packed, packed]))).captures;
  expect(two[0]!.body).toEqual(Buffer.concat([person, person]));
  // Stored, so that all before the byte that is wrong is there.
  const damaged = gzipSync(person, { level: 0 });
  damaged[damaged.length - 8]! ^= 1;
  expect((await imported(damaged)).captures[0]!.body).toEqual(person);
});

test('a command is given as text, and nothing is kept of it', async () => {
  const text = `curl https://a.test -H 'authorization: Bearer ${KEY}'`;
  expect(await imported(text)).toEqual({ captures: [], remarks: [], command: text });
});

test('any bytes after any beginning are imported as something', async () => {
  const beginnings = [
    '',
    '{"log":{"entries":[',
    '{"log":{"version":1,"entries":[{"request":{},"response":{"content":{"text":"data: 1\\n\\n"}}},',
    '{"interactions":[{"request":{},"response":{"body":{"string":"data: 1\\n\\n"}}},',
    'interactions:\n- request: {}\n  response:\n    body: "data: 1"\n',
    'when:\n  path: x\nthen:\n  body: 1\n',
    '{"request":{"url":"x"},"response":{"body_raw":"data: 1"}}\n',
    '[{"request":{"url":"x"},"response":',
    '{"Entries":[',
    '\u001f\u008b\u0008\u0000',
  ].map((text) => Buffer.from(text, 'latin1'));
  const folder = temporaryFolder();
  const { store } = storeOn(join(folder, 'data'));
  const tail = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc
      .string({ unit: fc.constantFrom(...'{}[]",:\n- &*!|ab1\\') })
      .map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...beginnings), tail, async (beginning, rest) => {
      const path = join(folder, 'any');
      const bytes = Buffer.concat([beginning, rest]);
      fc.pre(bytes.length > 0);
      writeFileSync(path, bytes);
      const { captures, command } = await importPath(toolsOf(store), path);
      expect(captures.length > 0 || command !== null).toBe(true);
    }),
    { numRuns: 80 },
  );
  expect(stagedIn(folder)).toEqual([]);
});

test('what curl -v and curl -i print: status and headers, less the key', async () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
  const verbose = `* Connected to api.test (1.2.3.4) port 443
> POST /v1/responses?key=${KEY} HTTP/2\r
> Host: api.test\r
> Authorization: Bearer ${KEY}\r
> \r
} [120 bytes data]
< HTTP/1.1 200 OK\r
< Content-Type: text/event-stream\r
< \r
{ [312 bytes data]
`;
  for (const text of [
    `${head}${person.toString()}`,
    `HTTP/1.1 100 Continue\r\n\r\n${head}${person.toString()}`,
    `${verbose}${person.toString()}* Connection #0 to host api.test left intact\n`,
  ]) {
    const { captures } = await imported(text, 'out.txt');
    expect(captures[0]!.body.toString()).toBe(person.toString());
    expect(captures[0]!.meta).toMatchObject({
      origin: { format: 'transcript' },
      response: { status: 200, statusText: 'OK', headers: [['Content-Type', 'text/event-stream']] },
    });
    expect(captures[0]!.text).not.toContain(KEY);
    if (text.startsWith('*'))
      expect(captures[0]!.meta.request).toMatchObject({
        method: 'POST',
        url: 'https://api.test/v1/responses?key=redacted',
      });
  }
});
