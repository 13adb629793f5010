import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from './pace.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('a steady stream of requests is served in its pace, not put off to its end', () => {
  let runs = 0;
  const pace = new Pace(100, () => runs++);
  for (let ms = 0; ms < 1000; ms += 20) {
    pace.request();
    vi.advanceTimersByTime(20);
  }
  expect(runs).toBeGreaterThanOrEqual(9);
  expect(runs).toBeLessThanOrEqual(11);
});

test('the last request is served, and none after stop', () => {
  let runs = 0;
  const pace = new Pace(100, () => runs++);
  pace.request();
  vi.advanceTimersByTime(1);
  expect(runs).toBe(1);
  pace.request();
  pace.request();
  vi.advanceTimersByTime(100);
  expect(runs).toBe(2);
  pace.request();
  pace.stop();
  vi.advanceTimersByTime(1000);
  expect(runs).toBe(2);
});
