import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Framing } from '../dialects/dialect.ts';
import { type Deviation, readData } from '../sse/frame.ts';
import { recordings } from '../testing/recordings.ts';
import { FrameReader } from './frame-reader.ts';

const utf8 = new TextEncoder();

interface Read {
  framing: Framing;
  data: string[];
  ranges: [number, number][];
  deviations: [rule: string, start: number, end: number][];
}

function read(chunks: Iterable<Uint8Array>, framing?: Framing): Read {
  const data: string[] = [];
  const ranges: [number, number][] = [];
  const deviations: Read['deviations'] = [];
  const reader = new FrameReader(
    {
      frame(frame, bytes, base) {
        if (frame.kind !== 'event') return;
        data.push(readData(frame, bytes, base));
        ranges.push([frame.start, frame.end]);
      },
      deviation: ({ rule, start, end }: Deviation) => deviations.push([rule, start, end]),
    },
    framing,
  );
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { framing: reader.framing, data, ranges, deviations };
}

const readText = (text: string, framing?: Framing) => read([utf8.encode(text)], framing);

describe('lines', () => {
  test('are values that end with LF; blank ones are skipped, a CR is no part of the data', () => {
    expect(readText('{"a":1}\n\r\n\n{"b":"é"}\r\n{"c":3}')).toEqual({
      framing: 'lines',
      data: ['{"a":1}', '{"b":"é"}', '{"c":3}'],
      ranges: [
        [0, 8],
        [11, 23],
        [23, 30],
      ],
      deviations: [],
    });
  });

  test('that are no JSON are frames all the same, but for an unfinished last one', () => {
    const { data, deviations } = readText('{"a":1}\n{"b"\n{"c":');
    expect(data).toEqual(['{"a":1}', '{"b"']);
    expect(deviations).toEqual([['unfinished-line', 13, 18]]);
  });

  test('do not end at a line separator or a CR alone', () => {
    expect(readText('{"a":"\u2028\\r"}\n{}\r{}\n').data).toEqual(['{"a":"\u2028\\r"}', '{}\r{}']);
  });
});

describe('an array', () => {
  test('gives its objects, however it is printed', () => {
    const text = '[{\n  "a": "]}\\"{",\n  "b": [[1]]\n}\n,\r\n{"c": {}}]\n';
    const { framing, data, ranges, deviations } = readText(text);
    expect(framing).toBe('array');
    expect(data.map((one) => JSON.parse(one) as unknown)).toEqual([
      { a: ']}"{', b: [[1]] },
      { c: {} },
    ]);
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(data);
    expect(deviations).toEqual([]);
  });

  test('may be left out around objects that are printed on several lines', () => {
    const { framing, data } = readText('{\n "a": 1\n}\n{\n "a": 2\n}\n');
    expect(framing).toBe('array');
    expect(data).toEqual(['{\n "a": 1\n}', '{\n "a": 2\n}']);
  });

  test('says what does not belong between its objects, and what is cut', () => {
    const { data, deviations } = readText('[{"a":1}, 7 x,{"b":2},{"c":');
    expect(data).toEqual(['{"a":1}', '{"b":2}']);
    expect(deviations).toEqual([
      ['between-elements', 10, 14],
      ['unfinished-element', 22, 27],
    ]);
    expect(readText('[{"a":1},').deviations).toEqual([['unclosed-array', 0, 1]]);
  });
});

describe('the framing is told from the first bytes', () => {
  test.each([
    ['data: {}\n\n', 'sse'],
    ['\n\n: hi\n', 'sse'],
    ['', 'sse'],
    ['[10:02] started\n', 'sse'],
    ['{not json}\n', 'sse'],
    ['\ufeff {"a":1}\n', 'lines'],
    ['{"a":1}', 'lines'],
    ['{"a":\n', 'lines'],
    ['{"a": [\n1]}', 'array'],
    ['{\n"a": 1}', 'array'],
    ['\r\n[ {"a":1}]', 'array'],
    ['[]', 'array'],
  ] as const)('%j is %s', (text, framing) => {
    expect(readText(text).framing).toBe(framing);
    const bytes = utf8.encode(text);
    expect(read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(readText(text));
  });
});

test('any text gives the same frames however it is cut, with ranges inside it', () => {
  const piece = fc.constantFrom(
    ...['{', '}', '[', ']', '"', '\\', ',', ':', '\n', '\r\n', ' ', 'é', '1', 'data: x', '\ufeff'],
    ...['{"a":1}', '{"a":{"b":[]}}\n', '[{"x":"}"}', '{\n'],
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.nat(90), { maxLength: 5 }),
      fc.constantFrom(undefined, 'lines' as const, 'array' as const),
      (pieces, cuts, framing) => {
        const bytes = utf8.encode(pieces.join(''));
        const at = [0, ...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b)];
        const whole = read([bytes], framing);
        expect(
          read(
            at.map((from, index) => bytes.slice(from, at[index + 1])),
            framing,
          ),
        ).toEqual(whole);
        let last = 0;
        for (const [start, end] of whole.ranges) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(bytes.length);
      },
    ),
    { numRuns: 2000 },
  );
});

test('every recording of lines is what its lines are', () => {
  const streams = recordings('.jsonl');
  expect(streams.length).toBeGreaterThan(5);
  for (const { name, bytes } of streams) {
    const lines = new TextDecoder().decode(bytes).split('\n');
    const { framing, data } = read([bytes]);
    expect([name, framing, data]).toEqual([name, 'lines', lines.filter((line) => line !== '')]);
  }
});

test('a line of many chunks is searched once', () => {
  let searched = 0;
  class Watched extends Uint8Array {
    override indexOf(byte: number, from = 0): number {
      const found = super.indexOf(byte, from);
      searched += (found < 0 ? this.length : found) - from;
      return found;
    }
  }
  const bytes = Watched.from(utf8.encode(`{"a":"${'x'.repeat(50_000)}"}\n`));
  const chunks = Array.from({ length: 500 }, (_, at) => bytes.slice(at * 101, at * 101 + 101));
  expect(read(chunks).data).toHaveLength(1);
  expect(searched).toBeLessThan(3 * bytes.length);
});
