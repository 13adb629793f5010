import { expect, test } from 'vitest';
import { badgesOf, type Verdict } from './verdicts.ts';

const complete = (lane: number): Verdict => ({
  key: `${lane}c`,
  tone: 'good',
  text: `function arguments ${lane}: complete JSON`,
});
const open = (lane: number): Verdict => ({
  key: `${lane}o`,
  tone: 'warn',
  text: `function arguments ${lane}: open /city`,
});
const broken = (lane: number): Verdict => ({
  key: `${lane}b`,
  tone: 'bad',
  text: `function arguments ${lane}: no JSON from character 7 on`,
});
const wordsOf = (verdicts: Verdict[]) => badgesOf(verdicts).map(({ text }) => text);

test('a few verdicts stand as they are', () => {
  expect(wordsOf([complete(0), open(1)])).toEqual([
    'function arguments 0: complete JSON',
    'function arguments 1: open /city',
  ]);
});

test('thirty complete lanes are one badge that names them in its title', () => {
  const badges = badgesOf(Array.from({ length: 30 }, (_, lane) => complete(lane)));
  expect(badges.map(({ text, tone }) => [text, tone])).toEqual([['30 complete JSON', 'good']]);
  expect(badges[0]!.title.split('\n')).toHaveLength(30);
});

test('of many lanes the broken and open ones are named first, the rest counted', () => {
  const many = Array.from({ length: 20 }, (_, lane) => (lane < 15 ? open(lane) : complete(lane)));
  const badges = badgesOf([...many, broken(20)]);
  expect(badges.map(({ text }) => text)).toEqual([
    'function arguments 20: no JSON from character 7 on',
    'function arguments 0: open /city',
    'function arguments 1: open /city',
    '+13 more',
    '5 complete JSON',
  ]);
  expect(badges[3]!.title.split('\n')[0]).toBe('function arguments 2: open /city');
});
