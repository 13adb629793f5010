import { expect, test } from 'vitest';
import { timeColumn, timeText } from './time-column.ts';

/** Arrivals in microseconds since a request made at 09:30:00.500, in whatever zone this is. */
const TIMES = [0, 318_000, 318_400, 12_402_000];
const createdAt = new Date(2026, 10, 22, 9, 30, 0, 500).toISOString();
const view = (isTimed = true) => ({
  isTimed,
  meta: { createdAt },
  timeUs: (seq: number) => TIMES[seq]!,
});

function column(kind: Parameters<typeof timeColumn>[0], mark: number | null, isTimed = true) {
  const times = timeColumn(kind, view(isTimed), mark);
  return TIMES.map((us, seq) => timeText(times, us, seq === 0 ? 0 : us - TIMES[seq - 1]!));
}

test('since the request', () => {
  expect(column('request', 1)).toEqual(['0', '318', '318', '12,402']);
});

test('since the event before', () => {
  expect(column('previous', null)).toEqual(['0', '318', '0.4', '12,084']);
});

test('since the mark, with what came before it below zero', () => {
  expect(column('mark', 1)).toEqual(['−318', '0', '+0.4', '+12,084']);
});

test('by the clock', () => {
  expect(column('clock', null)).toEqual([
    '09:30:00.500',
    '09:30:00.818',
    '09:30:00.818',
    '09:30:12.902',
  ]);
});

test('what a capture can not tell is not made up', () => {
  const plain = ['0', '318', '318', '12,402'];
  expect(column('mark', null)).toEqual(plain);
  expect(column('clock', null, false)).toEqual(plain);
  expect(timeColumn('clock', view(false), null).title).toBe('Milliseconds since the request');
});
