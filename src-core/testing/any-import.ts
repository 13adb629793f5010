import fc from 'fast-check';
import type { JsonValue } from '../json.ts';
import { anyBytes } from './any-bytes.ts';

/** What people may open: files in the shapes of HARs, cassettes and logs, whole, damaged, and anything. */

const KEYS = [
  ...['log', 'entries', 'creator', 'version', 'request', 'response', 'url', 'uri', 'method'],
  ...['headers', 'name', 'value', 'content', 'text', 'encoding', 'mimeType', 'size', 'status'],
  ...['_eventSourceMessages', '_webSocketMessages', 'time', 'data', 'eventName', 'eventId', 'type'],
  ...['startedDateTime', 'timings', 'wait', 'receive', 'interactions', 'http_interactions'],
  ...['body', 'string', 'base64_string', 'recorded_at', 'code', 'message', 'Entries', 'chunks'],
  ...['timestamp', 'body_raw', 'postData', 'queryString', 'statusText', 'httpVersion', 'bodySize'],
];

const scalar: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue[]>(
  ...[null, true, false, 0, -1, 1.5, 200, 1e300, 1_764_000_000, '', 'x', 'POST', 'base64', 'gzip'],
  ...['https://api.openai.com/v1/responses', 'text/event-stream', 'Content-Type', 'set-cookie'],
  ...[
    'data: {"type":"response.created"}\n\n',
    'ZGF0YTogeAoK',
    '%%%',
    '2026-11-22T10:00:00Z',
    'soon',
  ],
);

export const anyRecord: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }),
  ),
})).value;

const exchange = fc.record({ request: anyRecord, response: anyRecord, time: anyRecord });
const entries = fc.array(fc.oneof(exchange, anyRecord), { maxLength: 4 });

const wrapped: fc.Arbitrary<string> = fc.oneof(
  entries.map((list) => JSON.stringify({ log: { version: '1.2', entries: list } })),
  entries.map((list) => JSON.stringify({ interactions: list }, null, 1)),
  entries.map((list) => JSON.stringify({ http_interactions: list })),
  entries.map((list) => JSON.stringify({ Entries: list })),
  entries.map((list) => JSON.stringify(list)),
  entries.map((list) => list.map((entry) => JSON.stringify(entry)).join('\n')),
  // JSON is YAML, so each item is one in a cassette as well.
  entries.map((list) =>
    ['interactions:', ...list.map((entry) => `- ${JSON.stringify(entry)}`), 'version: 1', ''].join(
      '\n',
    ),
  ),
);

const piece = fc.constantFrom(
  ...[
    'curl',
    ' -X',
    ' POST',
    ' -d \'{"a":1}\'',
    ' -H "a: b"',
    ' --json',
    ' \\\n',
    " $'\\x41\\''",
    ' "',
  ],
  ...[" '", ' -u a:b', ' https://h/', ' --data-raw @f', ' -G', ' ^', '\r\n', ' $KEY', ' ;', ' \\'],
);
export const anyCommand = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

/** A file cut off at some byte, or with other bytes in it. */
const damaged = fc
  .tuple(wrapped, fc.double({ min: 0, max: 1, noNaN: true }), fc.string({ maxLength: 3 }))
  .map(([text, part, inserted]) => {
    const at = Math.floor(text.length * part);
    return inserted === '' ? text.slice(0, at) : text.slice(0, at) + inserted + text.slice(at);
  });

const encoder = new TextEncoder();

export const anyFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.oneof(wrapped, damaged, anyCommand).map((text) => encoder.encode(text)),
  anyBytes,
);
