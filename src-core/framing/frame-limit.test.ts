import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Framing } from '../dialects/dialect.ts';
import { Indexer } from '../index/indexer.ts';
import type { Deviation, Frame } from '../sse/frame.ts';
import { FrameReader } from './frame-reader.ts';

const utf8 = new TextEncoder();

interface Read {
  frames: Pick<Frame, 'kind' | 'start' | 'end' | 'dataLines' | 'name'>[];
  deviations: string[];
}

/** Reads a text in pieces of so many bytes, with frames of up to `longest` bytes. */
function read(text: string, size: number, longest: number, framing?: Framing): Read {
  const found: Read = { frames: [], deviations: [] };
  const sink = {
    frame({ kind, start, end, dataLines, name }: Readonly<Frame>) {
      if (kind !== 'comment') found.frames.push({ kind, start, end, dataLines, name });
    },
    deviation: ({ rule, start, end }: Deviation) =>
      found.deviations.push(`${rule} ${start}-${end}`),
  };
  const reader = new FrameReader(sink, framing, longest);
  const bytes = utf8.encode(text);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
  reader.end();
  return found;
}

describe('a frame beyond the limit is an event with a range and no data', () => {
  const event = { kind: 'event', name: '' } as const;

  test.each(['\n', '\r\n', '\r'])('a block, with lines that end with %j', (end) => {
    const long = `event: big${end}data: ${'x'.repeat(40)}${end}`;
    const text = `${long}${end}data: 1${end}${end}`;
    for (const size of [1, 7, 1000]) {
      const { frames, deviations } = read(text, size, 20, 'sse');
      expect(frames.map(({ dataLines, name }) => [dataLines, name])).toEqual([
        [0, 'big'],
        [1, ''],
      ]);
      expect(frames[0]).toMatchObject({ start: 0, end: long.length });
      expect(deviations).toContain(`too-long 0-${long.length}`);
    }
  });

  test('a line, and an element', () => {
    const long = `{"a":"${'x'.repeat(40)}"}`;
    for (const size of [1, 7, 1000]) {
      expect(read(`${long}\n{}\n`, size, 20)).toEqual({
        frames: [
          { ...event, start: 0, end: 49, dataLines: 0 },
          { ...event, start: 49, end: 52, dataLines: 1 },
        ],
        deviations: ['too-long 0-49'],
      });
      expect(read(`[${long},{}]`, size, 20)).toEqual({
        frames: [
          { ...event, start: 1, end: 49, dataLines: 0 },
          { ...event, start: 50, end: 52, dataLines: 1 },
        ],
        deviations: ['too-long 1-49'],
      });
    }
  });

  test('and where it does not end, it is cut', () => {
    const rest = 'x'.repeat(40);
    for (const size of [1, 7, 1000]) {
      expect(read(`data: ${rest}`, size, 20).deviations).toEqual(['unfinished 0-46']);
      expect(read(`{"a":"${rest}`, size, 20).deviations).toEqual(['unfinished-line 0-46']);
      expect(read(`[{"a":"${rest}`, size, 20).deviations).toEqual(['unfinished-element 1-47']);
    }
  });
});

/** What holds of a block whose fields were not read: where it is, and where it is cut. */
function rangesIn(text: string, size: number, longest: number, framing: Framing): unknown[] {
  const { frames, deviations } = read(text, size, longest, framing);
  return [
    frames.map(({ start, end, dataLines }) => [start, end, dataLines]),
    deviations.filter((one) => /^(too-long|unfinished)/.test(one)),
  ];
}

test('ranges are the same however the bytes are cut, with any limit', () => {
  const piece = fc.constantFrom(
    ...[
      'data: x\n',
      'data: y\r',
      ': c\n',
      `: ${'c'.repeat(70)}\n`,
      'event: a\r\n',
      '\n',
      '\r\n',
      '\r',
      'id: 1\n',
      'x',
    ],
    ...['{"a":1}\n', '[{"x":"}"}', ',', '{\n', '}', '"'],
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('sse' as const, 'lines' as const, 'array' as const),
      fc.integer({ min: 8, max: 60 }),
      (pieces, size, framing, longest) => {
        const text = pieces.join('');
        const whole = rangesIn(text, 10_000, longest, framing);
        expect(rangesIn(text, size, longest, framing)).toEqual(whole);
      },
    ),
    { numRuns: 1500 },
  );
});

test('beyond 64 MiB nothing is decoded, and what follows is read', () => {
  const indexer = new Indexer();
  const filler = new Uint8Array(8 * 1024 * 1024).fill(0x78);
  indexer.push(utf8.encode('{"a":"'), 0);
  for (let at = 0; at < 9; at++) indexer.push(filler, 0);
  indexer.push(utf8.encode('"}\n{"b":1}\n'), 0);
  indexer.end();
  const { count, problems } = indexer.takeBatch();
  expect([count, indexer.framing]).toEqual([2, 'lines']);
  expect(problems.map(({ rule, seq, start, end }) => [rule, seq, start, end])).toEqual([
    ['W18', 0, 0, 9 * filler.length + 9],
  ]);
});
