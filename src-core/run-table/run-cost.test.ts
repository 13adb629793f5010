import { expect, test } from 'vitest';
import { needsConsent, runCost } from './run-cost.ts';

const LIMIT = { requests: 10, tokens: 50_000 };

test('a cost is the requests times what one may take', () => {
  expect(runCost('x'.repeat(300), 10, 900)).toEqual({
    requests: 10,
    inputTokens: 100,
    outputTokens: 900,
    tokens: 10_000,
  });
  expect(runCost('x', 3, null).tokens).toBeNull();
});

test.each([
  [10, 900, false],
  [11, 1, true],
  [10, 4900, false],
  [10, 4901, true],
  [1, null, false],
  [2, null, true],
])('%d requests of at most %s tokens: asks %s', (requests, output, asks) => {
  expect(needsConsent(runCost('x'.repeat(300), requests, output), LIMIT)).toBe(asks);
});
