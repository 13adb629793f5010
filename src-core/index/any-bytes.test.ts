import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIALECTS, FRAMINGS } from '../dialects/dialect.ts';
import { anyBytes } from '../testing/any-bytes.ts';
import { type Cuts, IndexedStream } from '../testing/indexed-stream.ts';
import type { IndexerOptions } from './indexer.ts';

const options = fc.record<IndexerOptions>(
  { framing: fc.constantFrom(...FRAMINGS), dialect: fc.constantFrom(...DIALECTS) },
  { requiredKeys: [] },
);

const cuts: fc.Arbitrary<Cuts> = fc.record({
  chunks: fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 }),
  batches: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
});

/** Everything that is known of a stream in the end, but for when it came. */
function factsOf({ index }: IndexedStream) {
  const { columns, lanes, problems, count } = index;
  const { start, end, dataStart, dataEnd, lane, laneEnd, sequence } = columns;
  const events = Array.from({ length: count }, (_, seq) =>
    [start, end, dataStart, dataEnd, lane, laneEnd, sequence].map((column) => column[seq]),
  );
  const texts = lanes.map(({ kind, outputIndex, subIndex, text }) => [
    ...[kind, outputIndex, subIndex, text],
  ]);
  return { events, texts, problems, status: index.streamStatus, dialect: index.dialect };
}

/** Every range is one of the body, and ranges of events follow one another. */
function expectWithin({ bytes, index }: IndexedStream): void {
  const { start, end, dataStart, dataEnd } = index.columns;
  let before = 0;
  for (let seq = 0; seq < index.count; seq++) {
    const order = [before, start[seq]!, dataStart[seq]!, dataEnd[seq]!, end[seq]!, bytes.length];
    const isRight = order.every((offset, at) => at === 0 || order[at - 1]! <= offset);
    if (!isRight) expect.fail(`event ${seq} lies at ${order.join(' ')}`);
    before = end[seq]!;
  }
  for (const problem of index.problems) {
    const isInside = 0 <= problem.start && problem.start <= problem.end;
    const isKnown = 0 <= problem.seq && problem.seq <= index.count;
    if (isInside && isKnown && problem.end <= bytes.length && problem.message !== '') continue;
    expect.fail(`a problem of ${bytes.length} bytes: ${JSON.stringify(problem)}`);
  }
}

describe('any bytes, through any framing and dialect', () => {
  test('have all events and problems within them, and the same ones however they are cut', () => {
    fc.assert(
      fc.property(anyBytes, options, cuts, (bytes, chosen, cut) => {
        const whole = new IndexedStream(bytes, { chunks: [Math.max(1, bytes.length)] }, chosen);
        expectWithin(whole);
        if (whole.index.count > 0) whole.snapshots().at(whole.index.count - 1);
        const pieces = new IndexedStream(bytes, cut, chosen);
        expect(factsOf(pieces)).toEqual(factsOf(whole));
      }),
      { numRuns: 1200 },
    );
  });
});

/** Where a value may stand that somebody writes as text or walks through. */
const deepPlaces: [name: string, events: string][] = [
  ['an item', '{"type":"response.output_item.done","output_index":0,"item":DEEP}'],
  ['an annotation', '{"type":"response.output_text.annotation.added","annotation":DEEP}'],
  [
    'a number',
    '{"type":"response.created","sequence_number":DEEP,"response":{"id":DEEP,"status":DEEP}}',
  ],
  [
    'a chat',
    '{"object":"chat.completion.chunk","choices":[{"index":0,"delta":DEEP,"finish_reason":DEEP}]}',
  ],
  [
    'content',
    '{"object":"chat.completion.chunk","id":DEEP,"choices":[{"index":0,"delta":{"content":DEEP}}]}',
  ],
  [
    'a block',
    '{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","input":DEEP}}',
  ],
  ['a call', '{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":DEEP}}]}}]}'],
  [
    'an answer',
    '{"model":"m","created_at":DEEP,"message":{"tool_calls":[{"function":{"arguments":DEEP}}]},"done":true}',
  ],
];
const schemaPlaces = [
  'DEEP',
  '{"type":DEEP}',
  '{"format":DEEP}',
  '{"enum":[DEEP]}',
  '{"const":DEEP}',
  '{"items":DEEP}',
];

describe('values nested beyond what a stack can hold', () => {
  const depth = 20_000;
  const lists = '['.repeat(depth) + ']'.repeat(depth);
  const objects = '{"items":'.repeat(depth) + '{}' + '}'.repeat(depth);

  test.each(deepPlaces)('%s', (_name, event) => {
    for (const deep of [lists, objects]) {
      const frame = `data: ${event.replaceAll('DEEP', deep)}\n\n`;
      const bytes = new TextEncoder().encode(frame + frame);
      expect(new IndexedStream(bytes, { chunks: [1 << 20] }).index.count).toBe(2);
    }
  });

  test.each(schemaPlaces)('a schema %s', (schema) => {
    const item =
      '{"type":"message","status":"completed","content":[{"type":"output_text","text":"[0]"}]}';
    for (const deep of [lists, objects]) {
      const format = `{"type":"json_schema","strict":true,"name":"n","schema":${schema}}`;
      const created = `{"type":"response.created","response":{"text":{"format":${format}}}}`;
      const done = `{"type":"response.output_item.done","output_index":0,"item":${item}}`;
      const frames = `data: ${created.replace('DEEP', deep)}\n\ndata: ${done}\n\n`;
      const bytes = new TextEncoder().encode(frames);
      expect(new IndexedStream(bytes, { chunks: [1 << 20] }).index.count).toBe(2);
    }
  });
});
