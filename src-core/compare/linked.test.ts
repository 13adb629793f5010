import { expect, it } from 'vitest';
import {
  alignedBytes,
  bytesOf,
  chatOf,
  framesOf,
  joined,
  readStream,
  streamOf,
} from '../testing/compared-bytes.ts';
import { rowOfSeq, seqByText, seqByTime, seqUpToRow } from './linked.ts';
import { textPairs } from './output.ts';

const one = streamOf(chatOf(['Hel', 'lo wor', 'ld']));
const other = streamOf(chatOf(['Hello', ' ', 'world', ' and more']));
const a = readStream(one).index;
const b = readStream(other).index;

it('goes by the row, to the event before where there is none', () => {
  const aligned = alignedBytes(streamOf(chatOf(['x', 'y', 'z'])), streamOf(chatOf(['x', 'z'])));
  expect(seqUpToRow(aligned, 'b', rowOfSeq(aligned, 'a', 2))).toBe(1);
  expect(seqUpToRow(aligned, 'b', rowOfSeq(aligned, 'a', 3))).toBe(2);
  expect(seqUpToRow(aligned, 'a', rowOfSeq(aligned, 'b', 2))).toBe(3);
});

it('goes by the text, to the first event with which it was as long', () => {
  const pairs = textPairs(a, b);
  // "Hel" is reached within "Hello"; "Hello wor" within "world".
  expect(seqByText(pairs, 'a', a, 1, b)).toBe(1);
  expect(seqByText(pairs, 'a', a, 2, b)).toBe(3);
  expect(seqByText(pairs, 'b', b, 1, a)).toBe(2);
  // Longer than the other one ever is: its end.
  expect(seqByText(pairs, 'b', b, 4, a)).toBe(3);
  expect(seqByText(pairs, 'a', a, 0, b)).toBeNull();
});

it('goes by the text where an event was lost on the way, and the end sets it anew', () => {
  const bytes = bytesOf('seed-person.sse');
  const lost = readStream(joined(framesOf(bytes).filter((_, at) => at !== 8))).index;
  const whole = readStream(bytes).index;
  const pairs = textPairs(whole, lost);
  // {"name":"Alice Johnson is 22 characters; {"name":"Alice","age": as many, with the event after `age`.
  expect(seqByText(pairs, 'a', whole, 8, lost)).toBe(10);
  // {"name":"Alice is there with the same event.
  expect(seqByText(pairs, 'b', lost, 7, whole)).toBe(7);
});

it('goes by the time, to the last event that had arrived', () => {
  // All of one chunk of 4096 bytes has one time: the last event was there with the first.
  expect(seqByTime(a, 0, b)).toBe(b.count - 1);
  const late = readStream(new Uint8Array([...new Uint8Array(8192).fill(10), ...one])).index;
  expect(late.columns.timeUs[0]).toBeGreaterThan(0);
  expect(seqByTime(a, 0, late)).toBe(0);
});
