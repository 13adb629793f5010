import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../text.ts';
import { HEAD_BYTES, recognise } from './recognise.ts';

const reading = (text: string) => recognise(encodeUtf8(text), true).reading;
const looked = (text: string | Uint8Array) => {
  const known = recognise(typeof text === 'string' ? encodeUtf8(text) : text, true);
  return known.reading === null ? known.looked : known.reading;
};

const RECORDINGS = join(import.meta.dirname, '../testing/recordings');

test('every recording is a stream', () => {
  for (const path of readdirSync(RECORDINGS, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(sse|ndjson|jsonl|json)$/.test(path) || path.startsWith('_')) continue;
    const bytes = readFileSync(join(RECORDINGS, path));
    const head = bytes.subarray(0, HEAD_BYTES);
    expect([path, recognise(head, head.length === bytes.length)]).toEqual([
      path,
      { reading: 'stream' },
    ]);
  }
});

test.each([
  ['data:1\n\n', 'stream'],
  ['\uFEFF\r\nevent: ping\r\n', 'stream'],
  [': comment\n\n', 'stream'],
  ['HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n', 'transcript'],
  ['* Trying\n> POST / HTTP/2\n< HTTP/2 200\n< \ndata: 1\n\n', 'transcript'],
  ['{"type":"ping"}\n{"type":"pong"}\n', 'stream'],
  ['{"type":"ping"}', 'stream'],
  ['[{"candidates":[]},\n{"candidates":[]}]', 'stream'],
  ['[{"candidates":[', 'stream'],
  ['{\n "id": 1\n}\n{\n "id": 2\n}\n', 'stream'],
  ['{"log":{"version":"1.2","entries":[]}}', 'har'],
  ['{\n  "log": {\n    "creator": {"name": "x"},', 'har'],
  ['{"log":"an event"}\n', 'stream'],
  ['{"version":1,"interactions":[]}', 'cassette-json'],
  ['{"http_interactions":[{"request":{}}]}', 'cassette-json'],
  ['---\nhttp_interactions:\n- request:\n', 'cassette-yaml'],
  ['# made by hand\n\ninteractions:\n- request:\n', 'cassette-yaml'],
  ['when:\n  path: /v1\n  method: POST\nthen:\n  status: 200\n', 'mock-yaml'],
  ['{"Entries":[{"RequestUri":"x"}],"Variables":{}}', 'session'],
  ['{"request":{"timestamp":1,"url":"x"},"response":null,"logged_at":""}\n', 'pair-lines'],
  [`{"request":{"method":"POST","url":"x","body":"${'x'.repeat(99)}`, 'pair-lines'],
  ['[\n {"request":{"url":"x"},"response":{}}\n]', 'pair-array'],
  ['curl https://a.test', 'curl'],
  ['\u001f\u008b', null],
])('%j', (text, expected) => {
  expect(reading(text)).toBe(expected);
});

test('what is nothing says what was looked for, and where it failed', () => {
  expect(looked('\n\n dear diary\nmore')).toMatch(
    /^Looked for an event stream \(line 3, byte 3: "dear diary" is no field such as "data:"\)/,
  );
  expect(looked('{\n "a": tru\n}')).toMatch(
    /^It begins like JSON, and is none: line 2, column 7 \(byte 8\): a value/,
  );
  expect(looked('[1, 2]')).toMatch(/its first element begins with "1": line 1, byte 1/);
  expect(looked(Uint8Array.of(0x50, 0x4b, 3, 4, 0))).toMatch(/ZIP archive: unpack it/);
  expect(looked(Uint8Array.of(0xff, 0xfe, 0x64, 0))).toMatch(/UTF-16/);
  expect(looked(Uint8Array.of(0x89, 0x50, 0x4e))).toMatch(/gzip \(its first bytes are 89 50/);
  expect(looked('  \n')).toBe('It holds nothing but white space.');
  expect(looked(Uint8Array.of(0x1f, 0x8b, 8))).toBe('gzip');
});

test('any bytes are something, or nothing with a reason', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isWhole) => {
      const known = recognise(bytes, isWhole);
      if (known.reading === null) expect(known.looked).not.toBe('');
    }),
    { numRuns: 300 },
  );
});
