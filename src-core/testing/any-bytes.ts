import fc from 'fast-check';
import { recordings } from './recordings.ts';

/** Bytes as they come from servers, proxies and people: of recordings, damaged ones, and any at all. */

const encoder = new TextEncoder();

/** The beginnings of all recordings, of every dialect and framing: enough of each to be recognised. */
const beginnings: readonly Uint8Array[] = (['.sse', '.jsonl', '.ndjson', '.json'] as const)
  .flatMap((extension) => recordings(extension))
  .map(({ bytes }) => bytes.subarray(0, 6000));

const endings: readonly Uint8Array[] = recordings('.sse').map(({ bytes }) =>
  bytes.subarray(Math.max(0, bytes.length - 3000)),
);

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const recorded = fc.constantFrom(...beginnings);

const truncated = fc
  .tuple(recorded, fc.nat(6000))
  .map(([bytes, length]) => bytes.subarray(0, length % (bytes.length + 1)));

/** Two streams in one file, cut anywhere. */
const spliced = fc
  .tuple(truncated, fc.constantFrom(...beginnings, ...endings), fc.nat(200))
  .map(([first, second, from]) => joined(first, second.subarray(from)));

/** Some bytes are other ones. */
const flipped = fc
  .tuple(recorded, fc.array(fc.tuple(fc.nat(6000), fc.nat(255)), { minLength: 1, maxLength: 12 }))
  .map(([bytes, changes]) => {
    const copy = bytes.slice();
    for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  });

const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    ':',
    ': keep',
    'data',
    'data:',
    'data: ',
    'event: error',
    'id: 1',
    'id: \0',
  ),
  fc.constantFrom(
    'retry: 5',
    'retry: x',
    'data: [DONE]',
    'DONE',
    '[DONE]',
    '{',
    '[',
    ']',
    ',',
    '}',
  ),
  fc.constantFrom('event: response.created', 'event: message_start', '\ufeffdata: {}'),
  fc.json({ maxDepth: 3 }),
  fc.json({ maxDepth: 3 }).map((text) => `data: ${text}`),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const lines = fc
  .tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\n\n', '\r\n', '\r', '\r\n\r\n'))
  .map(([each, end]) => encoder.encode(each.join(end)));

const jsonText = fc
  .tuple(fc.json({ maxDepth: 5 }), fc.constantFrom('', '\ufeff', ' ', '\n', '[', '[[', '{"a":'))
  .map(([text, before]) => encoder.encode(before + text));

export const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  truncated,
  spliced,
  flipped,
  lines,
  jsonText,
  fc.uint8Array({ maxLength: 300 }),
);
