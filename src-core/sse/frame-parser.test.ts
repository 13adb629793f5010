import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { recordings } from '../testing/recordings.ts';
import { FrameParser, type Pending } from './frame-parser.ts';
import { type Deviation, type Frame, readData } from './frame.ts';

interface Parsed {
  frames: (Frame & { data: string })[];
  deviations: Deviation[];
  pending: Pending | null;
}

function parse(chunks: Iterable<Uint8Array>): Parsed {
  const frames: Parsed['frames'] = [];
  const deviations: Deviation[] = [];
  const parser = new FrameParser({
    frame(frame, bytes, base) {
      const data = frame.kind === 'empty' ? '' : readData(frame, bytes, base);
      frames.push({ ...frame, data });
    },
    deviation: (deviation) => deviations.push(deviation),
  });
  for (const chunk of chunks) parser.push(chunk);
  return { frames, deviations, pending: parser.end() };
}

/** All numbers of a parse as one text: cheap enough to be taken at every split point. */
function rangesOf(chunks: Uint8Array[]): string {
  let ranges = '';
  const parser = new FrameParser({
    frame(frame) {
      const { kind, start, end, dataStart, dataEnd, dataLines, name, lastEventId } = frame;
      ranges += `${kind} ${start} ${end} ${dataStart} ${dataEnd} ${dataLines} ${name} ${lastEventId}\n`;
    },
    deviation: ({ rule, start, end }) => (ranges += `${rule} ${start} ${end}\n`),
  });
  for (const chunk of chunks) parser.push(chunk);
  return ranges + JSON.stringify(parser.end());
}

function* bytewise(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
}

const utf8 = new TextEncoder();
const parseText = (text: string) => parse([utf8.encode(text)]);

interface WptCase {
  name: string;
  chunks?: string[];
  chunks_hex?: string[];
  expect: { event: string; data: string; id: string }[];
  retry?: number;
  fails_connection?: boolean;
}
const wpt = JSON.parse(
  readFileSync(new URL('../testing/wpt-sse.json', import.meta.url), 'utf8'),
) as WptCase[];

describe('the conformance cases of the event stream format', () => {
  test('are all 73 here', () => expect(wpt).toHaveLength(73));

  // The cases that fail the connection are about status and content type: the request decides them.
  test.each(wpt.filter((one) => !one.fails_connection).map((one) => [one.name, one] as const))(
    '%s',
    (_name, one) => {
      const chunks = one.chunks_hex
        ? one.chunks_hex.map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))
        : (one.chunks ?? []).map((text) => utf8.encode(text));
      const { frames } = parse(chunks);
      const events = frames
        .filter((frame) => frame.kind === 'event')
        .map((frame) => ({
          event: frame.name || 'message',
          data: frame.data,
          id: frame.lastEventId,
        }));
      expect(events).toEqual(one.expect);
      const retry = frames.map((frame) => frame.retry).filter((value) => value >= 0);
      if (one.retry !== undefined) expect(retry.at(-1)).toBe(one.retry);
      else expect(retry).toEqual([]);
    },
  );
});

describe('every split point', () => {
  const streams = recordings('.sse');

  test('has recordings to work on', () => expect(streams.length).toBeGreaterThan(60));

  test.each(streams.map((stream) => [stream.name, stream.bytes] as const))(
    '%s gives the same frames',
    (_name, bytes) => {
      const whole = parse([bytes]);
      const pieces = parse(bytewise(bytes));
      // `toEqual` takes seconds on what is equal and large.
      if (!isDeepStrictEqual(pieces, whole)) expect(pieces).toEqual(whole);
      // One byte a chunk is every split point at once; two chunks reach other paths in the parser.
      // All of them where that is quick, a spread over the longer recordings.
      const step = Math.ceil((bytes.length * bytes.length) / 50_000_000);
      const ranges = rangesOf([bytes]);
      for (let at = 1; at < bytes.length; at += step) {
        const split = rangesOf([bytes.subarray(0, at), bytes.subarray(at)]);
        if (split !== ranges) expect(split, `split at ${at}`).toEqual(ranges);
      }
    },
  );

  test('of any text of line ends, fields and odd bytes gives the same frames', () => {
    const piece = fc.constantFrom(
      ...['data', ': ', ':', ' ', '\n', '\r', '\r\n', '\n\n', 'event: a', 'event: b', 'id: 1'],
      ...['retry: 5', '\ufeff', '\u0000', 'é', '😀', 'x', '{"a":1}', ': comment', 'id'],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(fc.nat(120), { maxLength: 6 }),
        (pieces, cuts) => {
          const bytes = utf8.encode(pieces.join(''));
          const at = [0, ...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b)];
          const chunks = at.map((from, index) => bytes.subarray(from, at[index + 1]));
          expect(parse(chunks)).toEqual(parse([bytes]));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a stream cut anywhere', () => {
  const { bytes } = recordings('.sse').find((one) => one.name === 'seed-person.sse')!;
  const whole = parse([bytes]).frames;

  test('gives the frames before the cut and says what was pending', () => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { frames, pending } = parse([bytes.subarray(0, cut)]);
      // A frame is whole when the blank line after it has arrived: one LF in this recording.
      const complete = whole.filter((frame) => frame.end + 1 <= cut);
      expect(frames).toEqual(complete);
      const from = complete.length === 0 ? 0 : complete.at(-1)!.end + 1;
      if (from === cut) expect(pending).toBeNull();
      else expect(pending).toMatchObject({ start: from, end: cut });
    }
  });
});

test('a name is remembered as a copy: the memory of a chunk may be used again', () => {
  const memory = Buffer.alloc(21);
  function* chunks(): Iterable<Uint8Array> {
    for (const name of ['aaaa', 'bbbb', 'aaaa', 'cccc']) {
      memory.write(`event: ${name}\ndata: 1\n\n`);
      yield memory;
    }
  }
  expect(parse(chunks()).frames.map(({ name }) => name)).toEqual(['aaaa', 'bbbb', 'aaaa', 'cccc']);
});

test.each(['\n', '\r', '\r\n'])('a stream of lines that end with %j is searched once', (end) => {
  let searched = 0;
  class Watched extends Uint8Array {
    override indexOf(byte: number, from = 0): number {
      const found = super.indexOf(byte, from);
      searched += (found < 0 ? this.length : found) - from;
      return found;
    }
  }
  const bytes = Watched.from(utf8.encode(`data: {"a":1}${end}${end}`.repeat(5000)));
  expect(parse([bytes]).frames).toHaveLength(5000);
  // Once for each kind of line end.
  expect(searched).toBeLessThanOrEqual(2 * bytes.length);
});

test('a frame of many chunks is searched and copied in proportion to its length', () => {
  const bytes = utf8.encode(`event: long\ndata: ${'x'.repeat(100_000)}\n\n`);
  let work = 0;
  const { copyWithin, indexOf, set } = Uint8Array.prototype;
  vi.spyOn(Uint8Array.prototype, 'copyWithin').mockImplementation(function (
    this: Uint8Array,
    to,
    from,
    end,
  ) {
    work += (end ?? this.length) - from;
    return copyWithin.call(this, to, from, end);
  });
  vi.spyOn(Uint8Array.prototype, 'indexOf').mockImplementation(function (
    this: Uint8Array,
    byte,
    from = 0,
  ) {
    const found = indexOf.call(this, byte, from);
    work += (found < 0 ? this.length : found) - from;
    return found;
  });
  vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, values, at) {
    work += values.length;
    set.call(this, values, at);
  });
  const { frames } = parse(bytewise(bytes));
  vi.restoreAllMocks();
  expect(frames.map(({ data }) => data.length)).toEqual([100_000]);
  // Each byte is searched for either line end, copied once, and again as the buffer grows.
  expect(work).toBeLessThan(6 * bytes.length);
});

describe('byte ranges', () => {
  test('name the block, its data and each comment', () => {
    const text = '\ufeff: hi\nevent: a\n: in\ndata: x\ndata:y\n\ndata: z\n\n';
    const bytes = utf8.encode(text);
    const { frames } = parse([bytes]);
    const at = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
    expect(frames.map((frame) => [frame.kind, at(frame.start, frame.end), frame.data])).toEqual([
      ['comment', ': hi', ' hi'],
      ['comment', ': in', ' in'],
      ['event', 'event: a\n: in\ndata: x\ndata:y\n', 'x\ny'],
      ['event', 'data: z\n', 'z'],
    ]);
    expect(frames[3]!.dataStart).toBe(text.indexOf('z') + 2);
  });

  test('end with CRLF whether or not a chunk ends between the two', () => {
    const bytes = utf8.encode('data: a\r\n\r\ndata: b\r\n\r\n');
    const [first, second] = parse([bytes]).frames;
    expect([first!.start, first!.end, first!.dataEnd]).toEqual([0, 9, 7]);
    expect([second!.start, second!.end]).toEqual([11, 20]);
  });
});

describe('each deviation is reported once, with its bytes', () => {
  test.each([
    ['\ufeffdata: 1\n\n', 'bom', [0, 3]],
    ['data: 1\r\n\r\n', 'carriage-return', [7, 8]],
    ['data: 1\n data: 2\n\n', 'unknown-field', [8, 16]],
    ['error: {}\n\n', 'unknown-field', [0, 9]],
    ['id: a\u0000b\ndata: 1\n\n', 'id-with-nul', [0, 7]],
    ['retry: 1s\ndata: 1\n\n', 'retry-not-digits', [0, 9]],
    ['event: a\n\ndata: 1\n\n', 'no-data', [0, 9]],
    ['data: 1\n\ndata: 2\n', 'unfinished', [9, 17]],
    ['data: 1\n\nda', 'unfinished', [9, 11]],
  ] as const)('%j is %s', (text, rule, [start, end]) => {
    const found = parseText(text).deviations.filter((one) => one.rule === rule);
    expect(found).toEqual([{ rule, start, end, detail: expect.any(String) }]);
  });

  test('a plain stream has none', () => {
    expect(parseText(': c\n\nid: 1\nretry: 10\n\nevent: a\ndata: 1\n\n').deviations).toEqual([]);
  });
});
