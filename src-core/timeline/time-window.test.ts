import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { panned, placed, revealing, SHORTEST_US, zoomed } from './time-window.ts';

const whole = { fromUs: 0, toUs: 1_000_000 };

describe('zooming', () => {
  test('keeps the time under the pointer where it is', () => {
    const half = zoomed(whole, 0.5, 250_000, whole);
    expect(half).toEqual({ fromUs: 125_000, toUs: 625_000 });
    expect(zoomed(half, 2, 250_000, whole)).toEqual(whole);
  });

  test('out ends at the whole, in at the shortest', () => {
    expect(zoomed({ fromUs: 10, toUs: 500_000 }, 100, 40, whole)).toEqual(whole);
    const deepest = zoomed(whole, 1e-9, 400_000, whole);
    expect(deepest.toUs - deepest.fromUs).toBeCloseTo(SHORTEST_US, 6);
    expect(deepest.fromUs).toBeLessThanOrEqual(400_000);
    expect(deepest.toUs).toBeGreaterThanOrEqual(400_000);
  });

  test('never leaves the whole, whatever is done in turn', () => {
    const action = fc.record({
      factor: fc.double({ min: 0.01, max: 50, noNaN: true }),
      at: fc.nat(1_000_000),
      share: fc.double({ min: -3, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
        let window = whole;
        for (const { factor, at, share } of actions) {
          window = panned(zoomed(window, factor, at, whole), share, whole);
          expect(window.fromUs).toBeGreaterThanOrEqual(0);
          expect(window.toUs).toBeLessThanOrEqual(whole.toUs + 1e-6);
          expect(window.toUs - window.fromUs).toBeGreaterThan(SHORTEST_US - 1e-6);
        }
      }),
    );
  });
});

test('panning moves by a share of what shows and stops at the ends', () => {
  const window = { fromUs: 200_000, toUs: 400_000 };
  expect(panned(window, 0.5, whole)).toEqual({ fromUs: 300_000, toUs: 500_000 });
  expect(panned(window, -5, whole)).toEqual({ fromUs: 0, toUs: 200_000 });
  expect(panned(window, 50, whole)).toEqual({ fromUs: 800_000, toUs: 1_000_000 });
});

test('a time out of sight is brought into it with room ahead', () => {
  const window = { fromUs: 200_000, toUs: 400_000 };
  expect(revealing(window, 300_000, whole)).toBe(window);
  expect(revealing(window, 450_000, whole)).toEqual({ fromUs: 430_000, toUs: 630_000 });
  expect(revealing(window, 190_000, whole)).toEqual({ fromUs: 10_000, toUs: 210_000 });
  expect(revealing(window, 1_000_000, whole)).toEqual({ fromUs: 800_000, toUs: 1_000_000 });
});

test('an empty capture has a window all the same', () => {
  expect(placed(5, 100, { fromUs: 0, toUs: 0 })).toEqual({ fromUs: 0, toUs: 0 });
});
