import { describe, expect, test } from 'vitest';
import { parseJson } from '../json.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { recordingsIn } from '../testing/reduced.ts';
import { bytesOf } from './text-bytes.ts';
import { writingsIn } from './writings.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

describe('the bytes of what an event wrote say what it wrote, in every dialect', () => {
  const all = recordingsIn('openai-chat/', 'anthropic/', 'gemini/', 'ndjson/');

  test.each(all.map(({ name, bytes }) => [name, bytes] as const))('%s', (_name, bytes) => {
    const { index } = new IndexedStream(bytes, { chunks: [1 << 16] });
    const read = (start: number, end: number) => bytes.subarray(start, end);
    const missed: string[] = [];
    index.lanes.forEach((lane, number) => {
      let joined = '';
      for (const writing of writingsIn(index, number, 0, lane.text.length)) {
        const piece = lane.text.slice(writing.from, writing.to);
        const { start, end, precision } = bytesOf(index, read, writing);
        joined += piece;
        if (precision === 'frame') {
          missed.push(`${lane.kind} ${writing.seq} ${piece.slice(0, 60)}`);
          continue;
        }
        const raw = utf8.decode(bytes.subarray(start, end));
        if (precision === 'value') expect(JSON.stringify(parseJson(raw))).toBe(piece);
        else expect([raw, parseJson(`"${raw}"`)]).toContain(piece);
      }
      expect(joined).toBe(lane.text);
    });
    expect(missed).toEqual([]);
  });
});
