import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { fixOne } from './fixing.ts';
import { LIMITS } from './limits.ts';
import { lintSchema } from './lint.ts';
import { OBSERVED_ANSWERS } from './observed-answers.ts';
import { type RuleId, RULES } from './rules.ts';
import type { Target } from './targets.ts';
import { withEdits } from './tree-text.ts';

const text = readFileSync(new URL('../../docs/strict-schemas.md', import.meta.url), 'utf8');
const sections = new Map(
  text
    .split(/^## (?=S\d\d )/m)
    .slice(1)
    .map((section) => [section.slice(0, 3) as RuleId, section]),
);

test('every rule is documented, with its severity and what was answered', () => {
  expect([...sections.keys()]).toEqual(Object.keys(RULES));
  for (const [id, section] of sections) {
    const [title, severity] = section.split('\n\n');
    expect(title).toBe(`${id} ${RULES[id].title}`);
    expect(severity, id).toContain(`*${RULES[id].severity}* · `);
    const answers = [...section.matchAll(/^Answer, .*?: `(.*)`$/gm)].map(([, words]) => words);
    expect(answers).toEqual((OBSERVED_ANSWERS[id] ?? []).map(({ words }) => words));
  }
});

test('the limits are those that are checked', () => {
  for (const limits of Object.values(LIMITS))
    for (const value of Object.values(limits ?? {}))
      if (typeof value === 'number') expect(text).toContain(`${value.toLocaleString('en')} `);
});

test('the examples of quick fixes are what quick fixes do', () => {
  const pattern = /```json before ?(\S*)\n(.*?)```\n\n```json after\n(.*?)```/gs;
  let count = 0;
  for (const [id, section] of sections)
    for (const [, target, before, after] of section.matchAll(pattern)) {
      const options = { target: (target || 'openai') as Target };
      const findings = lintSchema(before!, options).findings.filter(({ rule }) => rule === id);
      expect(findings.length, id).toBeGreaterThan(0);
      const fixed = withEdits(before!, fixOne(before!, options, { ...findings[0]!, fix: 0 }));
      expect(JSON.parse(fixed) as JsonValue, id).toEqual(JSON.parse(after!));
      expect(findings[0]!.isChoice, id).toBe(false);
      count++;
    }
  expect(count).toBeGreaterThanOrEqual(16);
});
