import { describe, expect, test } from 'vitest';
import { knownTypes } from './responses/event-types.ts';
import { gapUs } from './rhythm.ts';

describe('the rhythm of a recording without times', () => {
  const types = [...knownTypes(), 'message', '', 'chat.completion.chunk'];

  test('starts at once and then always moves on, by whole microseconds', () => {
    for (const type of types) {
      expect(gapUs(type, 0)).toBe(0);
      const gaps = Array.from({ length: 2000 }, (_, at) => gapUs(type, at + 1));
      expect(gaps.every((gap) => Number.isInteger(gap) && gap > 0 && gap < 1_000_000)).toBe(true);
    }
  });

  test('repeats itself', () => {
    for (const type of types) expect(gapUs(type, 77)).toBe(gapUs(type, 77));
  });

  test('is not the same for every event', () => {
    const gaps = Array.from({ length: 100 }, (_, at) =>
      gapUs('response.output_text.delta', at + 1),
    );
    expect(new Set(gaps).size).toBeGreaterThan(90);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(mean).toBeGreaterThan(10_000);
    expect(mean).toBeLessThan(20_000);
  });
});
