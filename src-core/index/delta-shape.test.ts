import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { viewOf } from '../bytes.ts';
import { isObject, parseJson } from '../json.ts';
import { damaged, damages } from '../testing/damage.ts';
import { created, itemAdded, message, partAdded, text } from '../testing/events.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { recordings, responsesRecordings } from '../testing/recordings.ts';
import { isWellFormedUtf8 } from '../text.ts';
import { captures, frameOf, streamOf } from '../testing/streams.ts';
import { shapeOf } from './delta-shape.ts';
import { DeltaShapes } from './delta-shapes.ts';
import { Indexer } from './indexer.ts';
import { LaneTexts } from './lane-texts.ts';

const utf8 = new TextEncoder();
const someText = new LaneTexts({ lane: () => 0, grow: () => {} }).of('output_text', 0, 0);

const fragment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom('', '"', '\\', '\n', '{"a":"', 'é', '😀', '\ufffd', '\ud83d', '/', '\u0001'),
);

const needed = ['type', 'output_index', 'delta'];

/** A delta event as JSON text, with its keys in any order and white space anywhere. */
const deltaText = fc
  .record({
    order: fc
      .shuffledSubarray(['sequence_number', 'obfuscation', 'logprobs', 'x\\u0079'], {
        maxLength: 3,
      })
      .chain((more) => fc.shuffledSubarray([...needed, ...more], { minLength: 3 + more.length })),
    space: fc.constantFrom('', ' ', '\n '),
    sequence: fc.oneof(fc.nat(), fc.constantFrom<unknown[]>(-1, 1.5, 1e21, null, '7')),
    delta: fc.oneof(
      { arbitrary: fragment, weight: 6 },
      fc.constantFrom<unknown[]>(null, 3, ['a'], { stdout: 'o' }),
    ),
    padding: fc.oneof(fc.constantFrom('abc', ''), fragment),
    escapesAll: fc.boolean(),
  })
  .map(({ order, space, sequence, delta, padding, escapesAll }) => {
    const values: Record<string, unknown> = {
      type: 'response.output_text.delta',
      sequence_number: sequence,
      output_index: 0,
      delta,
      obfuscation: padding,
      logprobs: [],
      'x\\u0079': 'delta',
    };
    const fields = order.map((key) => `"${key}"${space}:${space}${JSON.stringify(values[key])}`);
    const json = `{${space}${fields.join(`${space},${space}`)}${space}}`;
    // As servers do that write ASCII only.
    const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return escapesAll ? json.replace(/[\u0080-\uffff]/g, escape) : json;
  });

/** Some bytes of a text changed, dropped or doubled. */
const edits = fc.array(
  fc.record({
    at: fc.nat(300),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(...[...'"\\{}[]:,0u'].map((c) => c.charCodeAt(0)))),
    kind: fc.constantFrom('set', 'insert', 'remove'),
  }),
  { maxLength: 3 },
);

function edited(bytes: Uint8Array, list: { at: number; byte: number; kind: string }[]): Uint8Array {
  const result = [...bytes];
  for (const { at, byte, kind } of list) {
    const place = at % Math.max(1, result.length);
    result.splice(place, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [byte]));
  }
  return Uint8Array.from(result);
}

describe('the shape of a delta', () => {
  const learned = (json: string) => {
    const bytes = utf8.encode(json);
    return shapeOf(bytes, 0, bytes.length, 3, someText);
  };
  const matches = (shape: ReturnType<typeof shapeOf>, bytes: Uint8Array) =>
    shape !== null && shape.matches(bytes, viewOf(bytes), 0, bytes.length);

  test('fits events that differ in number, fragment and padding only', () => {
    const shape = learned('{"delta":"a","sequence_number":5,"obfuscation":"x"}')!;
    expect(matches(shape, utf8.encode('{"delta":"","sequence_number":60,"obfuscation":""}'))).toBe(
      true,
    );
    expect(shape.sequence).toBe(60);
    for (const other of [
      '{"delta":"a","sequence_number":5,"obfuscation":"x","more":1}',
      '{"delta":"a","sequence_number":05,"obfuscation":"x"}',
      '{"delta":"a","sequence_number":5.5,"obfuscation":"x"}',
      '{"delta":"a","sequence_number":-5,"obfuscation":"x"}',
      '{"delta":"a","sequence_number":,"obfuscation":"x"}',
      '{"delta":"a","sequence_number":1234567890123456,"obfuscation":"x"}',
      '{"delta":"a\n","sequence_number":5,"obfuscation":"x"}',
      '{"delta":"a","sequence_number":5,"obfuscation":"\\"}',
      '{"delta":"a","sequence_number":5,"obfuscation":"x"} ',
      '{"delta":"a","sequence_number":5,"obfuscation":"x"',
      '{"delta":null,"sequence_number":5,"obfuscation":"x"}',
    ]) {
      expect(matches(shape, utf8.encode(other)), other).toBe(false);
    }
  });

  test.each([
    '{"delta":"a","delta":"b"}',
    '{"del\\u0074a":"a","delta":"b"}',
    '{"delta":5}',
    '{"sequence_number":5}',
    '{"delta":"a","sequence_number":-5}',
    '{"delta":"a","sequence_number":1e5}',
    '{"nested":{"delta":"a"}}',
    '[{"delta":"a"}]',
  ])('is not learned from %s', (json) => expect(learned(json)).toBeNull());

  test('fits fragments that are well-formed UTF-8 only', () => {
    const shape = learned('{"delta":"a"}')!;
    const byte = fc.oneof(
      fc.integer({ min: 0x80, max: 0xff }),
      fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xf0, 0xf4),
    );
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1, maxLength: 5 }), (fragment) => {
        const bytes = Uint8Array.from(fragment);
        const event = Uint8Array.from([...utf8.encode('{"delta":"'), ...bytes, 0x22, 0x7d]);
        expect(matches(shape, event)).toBe(isWellFormedUtf8(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  test('says nothing but what parsing the event says', () => {
    fc.assert(
      fc.property(deltaText, deltaText, edits, fc.boolean(), (one, other, list, same) => {
        const shape = learned(one);
        const bytes = edited(utf8.encode(same ? one : other), list);
        if (!matches(shape, bytes)) return;
        const { sequence, deltaStart, deltaEnd } = shape!;
        const decode = (from: number, to: number) =>
          new TextDecoder().decode(bytes.subarray(from, to));
        const value = parseJson(decode(0, bytes.length));
        const delta = parseJson(decode(deltaStart - 1, deltaEnd + 1));
        // A fragment with rare escapes is parsed by itself: if that fails, the shape is not used.
        if (delta === undefined) return;
        if (!isObject(value)) throw new Error('matched what is no JSON object');
        expect(value.delta).toBe(delta);
        const number = value.sequence_number;
        expect(sequence).toBe(typeof number === 'number' ? number : NaN);
        const rest = { ...(parseJson(one) as object), delta, sequence_number: number };
        expect({ ...value, obfuscation: '' }).toEqual({ ...rest, obfuscation: '' });
      }),
      { numRuns: 5000 },
    );
  });
});

describe('an index made with shapes is the one made without', () => {
  afterEach(() => vi.restoreAllMocks());

  /** All that two indexes could differ in. */
  function contentsOf(bytes: Uint8Array, cuts: object): unknown {
    const { index, indexer } = new IndexedStream(bytes, cuts);
    const columns = Object.entries(index.columns).map(([name, column]) => [
      name,
      [...(column as Uint32Array).subarray(0, index.count)],
    ]);
    const lanes = index.lanes.map((lane) => ({
      ...lane,
      seqs: numbersOf(lane.seqs),
      ends: numbersOf(lane.ends),
      withLogprobs: numbersOf(lane.withLogprobs),
    }));
    const { types, problems } = index;
    const { streamStatus, model, dialect } = indexer;
    return { columns, lanes, types, problems, streamStatus, model, dialect };
  }

  const numbersOf = (list: { length: number; at(index: number): number }) =>
    Array.from({ length: list.length }, (_, at) => list.at(at));

  function expectSame(bytes: Uint8Array, cuts: object): void {
    const withShapes = contentsOf(bytes, cuts);
    vi.spyOn(DeltaShapes.prototype, 'find').mockReturnValue(null);
    const without = contentsOf(bytes, cuts);
    vi.restoreAllMocks();
    expect(withShapes).toEqual(without);
  }

  const streams = [...recordings('.sse'), ...responsesRecordings()];

  test.each(streams.map(({ name, bytes }) => [name, bytes] as const))('of %s', (_name, bytes) => {
    expectSame(bytes, { chunks: [3000, 10, 777], batches: [3] });
  });

  const cuts = fc.record({
    chunks: fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 3 }),
    batches: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  });

  test('of random streams, damaged or not', () => {
    fc.assert(
      fc.property(captures, damages, fc.boolean(), cuts, (events, list, whole, cut) =>
        expectSame(whole ? streamOf(events) : damaged(events, list), cut),
      ),
      { numRuns: 800 },
    );
  });

  test('of a text whose end lacks the text', () => {
    const done = { type: 'response.output_text.done', output_index: 0, content_index: 0 };
    const list = [itemAdded(0, message()), partAdded(0, 0), text('a'), text('b'), text('c')];
    expectSame(streamOf([created, ...list, done, text('d'), text('e')]), {});
  });

  test('of runs of deltas with odd bytes in them', () => {
    const run = fc
      .array(deltaText, { minLength: 1, maxLength: 3 })
      .chain((texts) => fc.array(fc.tuple(fc.constantFrom(...texts), edits), { maxLength: 20 }));
    fc.assert(
      fc.property(run, cuts, (list, cut) => {
        const frames = list.map(([json, change]) =>
          edited(utf8.encode(`data: ${json}\n\n`), change),
        );
        expectSame(Uint8Array.from(frames.flatMap((frame) => [...frame])), cut);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('deltas of a known shape', () => {
  afterEach(() => vi.restoreAllMocks());

  const beginning = [created, itemAdded(0, message()), partAdded(0, 0)];
  const deltas = (count: number, extra: (at: number) => object) =>
    Array.from({ length: count }, (_, at) => ({ ...text(`t${at}"\n`), ...extra(at) }));

  test('are not parsed', () => {
    const events = [...beginning, ...deltas(1000, (at) => ({ sequence_number: at }))];
    const parse = vi.spyOn(JSON, 'parse');
    const { index } = new IndexedStream(streamOf(events));
    expect(parse.mock.calls.length).toBeLessThan(10);
    expect(index.lanes[0]!.text).toContain('t998"\nt999"\n');
  });

  test('are not parsed where five items are open at once', () => {
    const events = Array.from({ length: 1000 }, (_, at) => text('t', at % 5));
    const parse = vi.spyOn(JSON, 'parse');
    const { index } = new IndexedStream(streamOf([created, ...events]));
    expect(parse.mock.calls.length).toBeLessThan(20);
    expect(index.lanes.map((lane) => lane.text.length)).toEqual([200, 200, 200, 200, 200]);
  });

  test('go to the item of the moment where they name none', () => {
    const delta = { type: 'response.output_text.delta', delta: 'x' };
    const item = { type: 'response.output_item.added', item: { type: 'message' } };
    const run = [item, delta, delta, delta];
    const { index } = new IndexedStream(streamOf([created, ...run, ...run]));
    expect(index.lanes.map((lane) => [lane.outputIndex, lane.text])).toEqual([
      [0, 'xxx'],
      [1, 'xxx'],
    ]);
  });

  test('do not wear out where every event has another id', () => {
    const events = [...beginning, ...deltas(3000, (at) => ({ item_id: `rotating-${at}` }))];
    const { index } = new IndexedStream(streamOf([...events, ...deltas(300, () => ({}))]));
    expect(index.columns.laneEnd[index.count - 1]).toBe(index.lanes[0]!.text.length);
  });
});

test('what is remembered of a chunk is a copy: its memory may be used again', () => {
  const frames = [text('a', 0), text('b', 1), text('c', 0), text('d', 1)].map((one) =>
    frameOf(one),
  );
  const memory = Buffer.alloc(frames[0]!.length);
  const indexer = new Indexer();
  for (const frame of frames) {
    memory.write(frame);
    indexer.push(memory, 0);
  }
  expect(indexer.takeBatch().texts).toEqual(
    ['a', 'b', 'c', 'd'].map((delta, at) => ({ lane: at % 2, text: delta })),
  );
});
