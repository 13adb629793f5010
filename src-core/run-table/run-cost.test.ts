import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
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

test.each([
  ['English', 'Describe a person called Alice, who works as an engineer in Wonderland. '],
  ['JSON', '{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}'],
  ['Chinese', '请描述一位名叫爱丽丝的人，她在仙境里担任工程师，喜欢喝茶。'],
  ['Hindi', 'ऐलिस नाम के एक व्यक्ति का वर्णन करें।'],
  ['Thai', 'อธิบายบุคคลที่ชื่ออลิซ'],
  ['Amharic', 'አሊስ የምትባል ሰውን ግለጽ።'],
  ['Greek', 'Περιέγραψε ένα άτομο που λέγεται Αλίκη.'],
  ['emoji', '🧑‍🚀🦄🫠🧬🪐🏴‍☠️'],
])('%s is not taken for less than it costs', (_name, text) => {
  const many = text.repeat(50);
  expect(runCost(many, 1, 1).inputTokens).toBeGreaterThanOrEqual(countTokens(many));
});
