import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DIALECTS } from '../dialects/dialect.ts';
import { RULES, ruleOfId } from './rules.ts';
import { rulesDocument } from './rules-document.ts';

test('docs/rules.md is what the rules say: run `npm run rules-doc`', () => {
  const file = new URL('../../docs/rules.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(rulesDocument());
});

test('every rule has an id of its own, and all that people need to know', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const rule of RULES) {
    expect(rule.id).toMatch(/^[A-Z]\d{1,2}$/);
    expect(ruleOfId(rule.id)).toBe(rule);
    for (const text of [rule.title, rule.basis, rule.clients, rule.explanation])
      expect(text.trim().length, rule.id).toBeGreaterThan(5);
    expect(rule.dialects.length).toBeGreaterThan(0);
    expect(rule.dialects.every((dialect) => DIALECTS.includes(dialect))).toBe(true);
    expect(rulesDocument()).toContain(`### ${rule.id}: ${rule.title}\n`);
  }
});

test('every rule of the protocol notes, section 2, is there', () => {
  const numbers = (letter: string, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => `${letter}${from + at}`);
  const wanted = [
    ...[...numbers('F', 1, 5), ...numbers('L', 1, 11), ...numbers('I', 1, 8)],
    // X4 is not to be tested: aliases of models resolve to dated names.
    ...[...numbers('P', 1, 6), 'T1', 'X1', 'X2', 'X3', 'X5'],
  ];
  expect(wanted.filter((id) => !ruleOfId(id))).toEqual([]);
  expect(ruleOfId('X4')).toBeUndefined();
});
