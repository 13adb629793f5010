import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Frame, readData } from './frame.ts';
import { FrameParser } from './frame-parser.ts';

const utf8 = new TextEncoder();

/** The data of each event, read from the bytes of the whole body. */
function dataOf(body: string, dataLines?: number): string[] {
  const bytes = utf8.encode(body);
  const frames: Frame[] = [];
  const parser = new FrameParser({
    frame: (frame) => frames.push({ ...frame }),
    deviation: () => {},
  });
  parser.push(bytes);
  return frames
    .filter(({ kind }) => kind === 'event')
    .map((frame) => readData({ ...frame, dataLines: dataLines ?? frame.dataLines }, bytes));
}

describe('the data of a frame', () => {
  test.each([
    ['data: a\n\n', 'a'],
    ['data:a\n\n', 'a'],
    ['data:  a\n\n', ' a'],
    ['data\n\n', ''],
    ['data:\n\n', ''],
    ['data: a\ndata\ndata:\ndata: b\n\n', 'a\n\n\nb'],
    ['data: a\nevent: x\n: data: c\ndatax: y\ndata: b\n\n', 'a\nb'],
    ['data: a\r\ndata: b\rdata: c\n\n', 'a\nb\nc'],
    ['id: 1\ndata: a\nid: 2\n\n', 'a'],
  ])('of %j is %j', (body, data) => {
    expect(dataOf(body)).toEqual([data]);
    // Who only knows that there are several lines may name a number that is too large.
    if (data.includes('\n')) expect(dataOf(body, 1_000)).toEqual([data]);
  });

  test('is what was written, for any lines', () => {
    const line = fc.string().map((text) => text.replace(/[\r\n]/g, ''));
    const end = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), end, (lines, lineEnd) => {
        const body = lines.map((text) => `data: ${text}${lineEnd}`).join('') + lineEnd;
        expect(dataOf(body)).toEqual([lines.join('\n')]);
      }),
    );
  });

  test('may lie in a part of the body', () => {
    const bytes = utf8.encode('x: hello');
    expect(readData({ dataStart: 1003, dataEnd: 1008, dataLines: 1 }, bytes, 1000)).toBe('hello');
  });
});
