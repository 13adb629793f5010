import { describe, expect, test } from 'vitest';
import { isObject, type JsonValue, parseJson } from '../json.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { bytesOf } from './text-bytes.ts';
import { factsOfRange, rangeOfEvents, writingAt, writingsBy, writingsIn } from './writings.ts';

const all = responsesRecordings();
const person = new IndexedStream(all.find(({ name }) => name === 'seed-person.sse')!.bytes);
const utf8 = new TextDecoder('utf-8', { fatal: true });
const reader = (bytes: Uint8Array) => (start: number, end: number) => bytes.subarray(start, end);

/** All strings in a value. */
function* stringsIn(value: JsonValue | undefined): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const one of value) yield* stringsIn(one);
  else if (isObject(value)) for (const one of Object.values(value)) yield* stringsIn(one);
}

describe('person.sse, read by hand', () => {
  const text = '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}';
  const { index } = person;

  test('the text that its deltas join to', () => expect(index.lanes[0]!.text).toBe(text));

  test.each([
    ['{"', 4],
    ['name', 5],
    ['":"', 6],
    ['Alice', 7],
    [' Johnson', 8],
    ['30', 12],
    [' Engineer', 17],
    ['"}', 18],
  ])('%s was written by event %i', (piece, seq) => {
    const from = text.indexOf(piece);
    const to = from + piece.length;
    for (let at = from; at < to; at++)
      expect(writingAt(index, 0, at)).toEqual({ lane: 0, seq, from, to });
    expect(writingsBy(index, seq)).toEqual([{ lane: 0, seq, from, to }]);
  });

  test('the bytes of " Johnson" are those between the quotes of its delta', () => {
    const writing = writingAt(index, 0, text.indexOf('Johnson'))!;
    const body = Buffer.from(person.bytes);
    const start = body.indexOf('"delta":" Johnson"') + '"delta":"'.length;
    expect(bytesOf(index, reader(person.bytes), writing)).toEqual({
      start,
      end: start + 8,
      precision: 'text',
    });
  });

  test('a quote is the two bytes of its escape', () => {
    // Event 9 wrote `","` as `\",\"`.
    const writing = writingAt(index, 0, text.indexOf('","age'))!;
    const { start, end } = bytesOf(index, reader(person.bytes), writing, writing.from, 23);
    expect(utf8.decode(person.bytes.subarray(start, end))).toBe('\\"');
  });

  test('a range has its first and last event', () => {
    const from = text.indexOf('Johnson');
    expect(factsOfRange(index, 0, from, text.indexOf('30') + 1)).toMatchObject({
      first: { seq: 8 },
      last: { seq: 12 },
      events: 5,
    });
    expect([...writingsIn(index, 0, from, from + 8)]).toEqual([
      { lane: 0, seq: 8, from, to: from + 7 },
      { lane: 0, seq: 9, from: from + 7, to: from + 8 },
    ]);
    expect(rangeOfEvents(index, 0, 7, 8)).toEqual({ from: 9, to: 22 });
  });

  test('what no event wrote has no provenance', () => {
    expect(writingAt(index, 0, text.length)).toBeNull();
    expect(writingAt(index, 0, -1)).toBeNull();
    expect(writingAt(index, 7, 0)).toBeNull();
    expect(writingsBy(index, 3)).toEqual([]);
    // The final text says again what the deltas said.
    expect(writingsBy(index, 19)).toEqual([]);
    expect(factsOfRange(index, 0, 5, 5)).toBeNull();
    expect(rangeOfEvents(index, 0, 19, 22)).toBeNull();
    expect([...writingsIn(index, 0, 70, 80)]).toEqual([]);
    expect([...writingsIn(index, 0, 5, 5)]).toEqual([]);
  });
});

describe('joining what the bytes of each character say gives the text of every lane', () => {
  test.each(all.map(({ name, bytes }) => [name, bytes] as const))('%s', (_name, bytes) => {
    const { index } = new IndexedStream(bytes, { chunks: [700] });
    const events = eventsOf(bytes);
    index.lanes.forEach((lane, number) => {
      let joined = '';
      const step = lane.text.length > 6000 ? 97 : 1;
      for (const writing of writingsIn(index, number, 0, lane.text.length)) {
        const { seq, from, to } = writing;
        expect(from).toBe(joined.length);
        const piece = lane.text.slice(from, to);
        const whole = bytesOf(index, reader(bytes), writing);
        if (whole.precision === 'frame') {
          expect([...stringsIn(parseJson(events[seq]!.data))].some((s) => s.endsWith(piece))).toBe(
            true,
          );
          expect(index.typeOf(seq)).not.toMatch(/\.delta$/);
          joined += piece;
          continue;
        }
        // By characters: half of a pair has the bytes of both.
        let at = from;
        for (const character of step === 1 ? piece : [piece]) {
          const end = at + character.length;
          const range = bytesOf(index, reader(bytes), writing, at, end);
          joined += JSON.parse(
            `"${utf8.decode(bytes.subarray(range.start, range.end))}"`,
          ) as string;
          at = end;
        }
      }
      expect(joined).toBe(lane.text);
    });
  });
});

describe('escapes', () => {
  const streamOf = (deltas: readonly string[]) =>
    new IndexedStream(
      new TextEncoder().encode(
        deltas
          .map(
            (delta) =>
              `data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"${delta}"}\n\n`,
          )
          .join(''),
      ),
    );
  /** The bytes of each unit of the text, as they stand in the body. */
  const unitsOf = (stream: IndexedStream) =>
    Array.from({ length: stream.index.lanes[0]!.text.length }, (_, at) => {
      const writing = writingAt(stream.index, 0, at)!;
      const { start, end } = bytesOf(stream.index, reader(stream.bytes), writing, at, at + 1);
      return new TextDecoder().decode(stream.bytes.subarray(start, end));
    });

  test('one of a letter, one of four digits, and a pair of them are units of their own', () => {
    const stream = streamOf(['a\\nb', '\\u00e9\\ud83d\\ude00', 'é😀z']);
    expect(stream.index.lanes[0]!.text).toBe('a\nbé😀é😀z');
    expect(unitsOf(stream)).toEqual([
      ...['a', '\\n', 'b', '\\u00e9', '\\ud83d', '\\ude00'],
      ...['é', '😀', '😀', 'z'],
    ]);
  });

  test('a pair may be split between two deltas', () => {
    const stream = streamOf(['x\\ud83d', '\\ude00y']);
    expect(stream.index.lanes[0]!.text).toBe('x😀y');
    expect(unitsOf(stream)).toEqual(['x', '\\ud83d', '\\ude00', 'y']);
    expect(writingAt(stream.index, 0, 1)!.seq).toBe(0);
    expect(writingAt(stream.index, 0, 2)!.seq).toBe(1);
  });

  test('bytes that are no UTF-8, and data on several lines, have the frame', () => {
    const head = '{"type":"response.output_text.delta","output_index":0,"content_index":0,';
    const body = Buffer.concat([
      Buffer.from(`data: ${head}"delta":"a`),
      Buffer.from([0xff]),
      Buffer.from(`b"}\n\ndata: ${head}\ndata: "delta":"c"}\n\n`),
    ]);
    const stream = new IndexedStream(new Uint8Array(body));
    expect(stream.index.lanes[0]!.text).toBe('a\ufffdbc');
    const frames = eventsOf(stream.bytes).map(({ frame }) => [frame.start, frame.end]);
    for (const [at, seq] of [
      [0, 0],
      [3, 1],
    ] as const) {
      const writing = writingAt(stream.index, 0, at)!;
      const { start, end, precision } = bytesOf(stream.index, reader(stream.bytes), writing);
      expect([[start, end], precision]).toEqual([frames[seq], 'frame']);
    }
  });
});
