import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { har, harEntry, imported, KEY, ollama, person } from '../testing/imported.ts';

const page = harEntry({
  url: 'https://chat.test/',
  content: { size: 15, mimeType: 'text/html', text: '<!doctype html>' },
  headers: [{ name: 'content-type', value: 'text/html' }],
});
page.request.postData.text = '';

test('each stream of a HAR becomes a capture, less its secrets; the rest is counted', async () => {
  const text = person.toString();
  const entries = [
    harEntry({ content: { size: text.length, mimeType: 'text/event-stream', text } }),
    page,
    harEntry({
      url: 'http://localhost:11434/api/chat',
      content: {
        size: ollama.length,
        mimeType: 'application/x-ndjson',
        text: ollama.toString('base64'),
        encoding: 'base64',
      },
      headers: [],
    }),
  ];
  for (const indent of [0, 2]) {
    const { captures, remarks } = await imported(har(entries, indent), 'chat.har');
    expect(captures.map(({ summary }) => summary.name)).toEqual(['#1 chat.har', '#3 chat.har']);
    expect(captures.map(({ body }) => body)).toEqual([person, ollama]);
    expect(remarks).toEqual(['Left out of chat.har: no stream (1).']);
    const [{ meta, text: json, summary }] = captures as [(typeof captures)[0]];
    // The list goes by when it came in, in the file's order; which one it is says where it went.
    expect(captures.map(({ summary: { asked } }) => asked)).toEqual([
      'api.openai.com/v1/responses',
      'localhost:11434/api/chat',
    ]);
    const [first, second] = captures.map(({ summary: { addedAt } }) => addedAt!);
    expect(first! > second!).toBe(true);
    expect(Date.now() - Date.parse(second!)).toBeLessThan(60_000);
    expect(summary).toMatchObject({ events: 23, timed: false, status: 'completed' });
    expect(meta).toMatchObject({
      createdAt: '2026-03-04T05:06:07.500Z',
      origin: { kind: 'file', format: 'har', entry: 0 },
      timing: { firstByteUs: 310_500 },
      end: { kind: 'closed', atUs: 2_500_250 },
      response: { status: 200, httpVersion: 'h2' },
      request: {
        method: 'POST',
        url: 'https://api.openai.com/v1/responses?api_key=redacted',
        body: '{"model":"gpt-4o-mini","stream":true,"user":"•••"}',
      },
    });
    expect(meta.request!.headers[0]).toEqual(['authorization', '•••']);
    expect(meta.end!.message).toMatch(
      /^The HAR keeps no arrival times: .* made up\. It has the first byte after 311 ms/,
    );
    expect(json).not.toContain(KEY);
  }
});

test('messages that the browser noted give the events their times, with a body and without', async () => {
  const start = Date.parse('2026-03-04T05:06:07.500Z') / 1000;
  const body = ': hi\n\nevent: a\ndata: {"type":"a"}\n\n\ndata: {"type":"b"}\n\n';
  const messages = [
    { time: start + 0.4, eventName: 'a', eventId: '', data: '{"type":"a"}' },
    { time: start + 1.25, eventName: 'message', eventId: '7', data: '{"type":\n"b"}' },
  ];
  const withTimes = (content: object, list: object[]) =>
    imported(har([harEntry({ content, more: { _eventSourceMessages: list } })]));
  const mime = { size: 1, mimeType: 'text/event-stream' };

  const kept = await withTimes({ ...mime, text: body }, [
    messages[0]!,
    { ...messages[1], data: '{"type":"b"}' },
  ]);
  expect(kept.captures[0]!.body.toString()).toBe(body);
  expect(kept.captures[0]!.chunks).toBe('[400000,36]\n[1250000,20]\n');
  expect(kept.captures[0]!.meta.end!.message).toContain('with the times that it has');

  const rebuilt = await withTimes(mime, messages);
  expect(rebuilt.captures[0]!.body.toString()).toBe(
    'event: a\ndata: {"type":"a"}\n\nid: 7\ndata: {"type":\ndata: "b"}\n\n',
  );
  expect(rebuilt.captures[0]!.chunks).toBe('[400000,29]\n[1250000,33]\n');
  expect(rebuilt.captures[0]!.meta.end!.message).toContain('put together from the messages');

  const others = await withTimes({ ...mime, text: body }, [messages[0]!]);
  expect(others.captures[0]!.summary.timed).toBe(false);
  expect(others.captures[0]!.meta.end!.message).toContain('are not the events of the body');
});

test.each([
  ['gzip', gzipSync(person)],
  ['deflate', deflateSync(person)],
  ['br', brotliCompressSync(person)],
])(
  'a body that is still compressed (%s) is decoded; one that only says so stays',
  async (encoding, packed) => {
    const headers = [
      { name: 'content-type', value: 'text/event-stream' },
      { name: 'content-encoding', value: encoding },
    ];
    const content = { size: 1, mimeType: 'text/event-stream' };
    const { captures } = await imported(
      har([
        harEntry({
          content: { ...content, text: packed.toString('base64'), encoding: 'base64' },
          headers,
        }),
        harEntry({ content: { ...content, text: person.toString() }, headers }),
      ]),
    );
    expect(captures.map(({ body }) => body.equals(person))).toEqual([true, true]);
    expect(captures[0]!.meta.end!.message).toContain(`was compressed (${encoding})`);
    expect(captures[1]!.meta.end!.message).not.toContain('compressed');
  },
);

test('a HAR that ends in its middle keeps what came before', async () => {
  const content = { size: 1, mimeType: 'text/event-stream', text: person.toString() };
  const text = har([harEntry({ content }), harEntry({ content })]);
  const cut = text.slice(0, text.length - 500);
  const { captures, remarks } = await imported(cut, 'cut.har');
  expect(captures.map(({ body }) => body)).toEqual([person]);
  expect(remarks).toEqual([
    `cut.har is damaged: line 1, byte ${Buffer.byteLength(cut)}: the text ends within entry 2. What came before was read.`,
  ]);
});

test('of a HAR without a stream nothing is kept, and that is said', async () => {
  const noContent = harEntry({ content: { size: 0, mimeType: 'text/event-stream' } });
  const secret = har([page]);
  expect(secret).toContain(KEY);
  for (const text of [secret, har([noContent]), secret.slice(0, -20), gzipSync(secret)]) {
    const { captures, remarks } = await imported(text, 'page.har');
    expect(captures[0]!.body).toHaveLength(0);
    expect(captures[0]!.text).not.toContain(KEY);
    expect(captures[0]!.summary.status).toBe('failed');
    expect(captures[0]!.meta.end).toMatchObject({
      code: 'no-stream',
      message: expect.stringMatching(
        /page\.har is a HAR without .* Nothing of it was kept, since it may hold keys/,
      ),
    });
    expect(remarks[0]).toContain('page.har is a HAR without');
  }
});

test('a HAR with a byte order mark is read, and so is a cassette', async () => {
  const content = { size: 1, mimeType: 'text/event-stream', text: person.toString() };
  const { captures } = await imported(`\uFEFF${har([harEntry({ content })])}`);
  expect(captures.map(({ body }) => body)).toEqual([person]);
  const cassette = 'interactions:\n- request: {}\n  response: {body: {string: "data: 1\\n\\n"}}\n';
  const yaml = await imported(`\uFEFF${cassette}`);
  expect(yaml.captures.map(({ body }) => body.toString())).toEqual(['data: 1\n\n']);
});

test.each([
  { time: 1e308 },
  { timings: { wait: 1e308 } },
  { timings: { wait: 1, dns: 1e308 } },
  { _eventSourceMessages: [{ time: 1e300, eventName: '', eventId: '', data: '1' }] },
])('times that no request can take are left out: %j', async (more) => {
  const content = { size: 1, mimeType: 'text/event-stream', text: 'data: 1\n\n' };
  const { captures } = await imported(har([harEntry({ content, more })]), 'a.har');
  const [{ meta, body, chunks }] = captures as [(typeof captures)[0]];
  expect(meta.name).toBe('a.har');
  expect(meta.request!.headers[0]).toEqual(['authorization', '•••']);
  expect(meta.end!.message).not.toMatch(/NaN|Infinity|damaged/);
  expect(Number.isSafeInteger(meta.end!.atUs)).toBe(true);
  expect(body.toString()).toBe('data: 1\n\n');
  expect(chunks).toBeNull();
});

test('moments and durations that are out of range make no times of other formats either', async () => {
  const pair = {
    request: { url: 'https://a.test', timestamp: 1 },
    response: { timestamp: 1e308, status_code: 200, body_raw: 'data: 1\n\n' },
  };
  for (const timestamp of [1e308, 8e15]) {
    pair.response.timestamp = timestamp;
    const { captures } = await imported(`${JSON.stringify(pair)}\n`);
    expect(captures[0]!.meta).toMatchObject({ name: 'file', timing: null });
  }
  const go = {
    interactions: [{ request: {}, response: { duration: 1e308, code: 200, body: 'data: 1\n\n' } }],
  };
  const { captures } = await imported(JSON.stringify(go));
  expect(captures[0]!.meta).toMatchObject({ name: 'file', timing: null });
});
