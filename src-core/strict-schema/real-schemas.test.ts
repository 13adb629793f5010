import { describe, expect, test } from 'vitest';
import { GrowingDocument } from '../growing/growing-document.ts';
import type { JsonObject } from '../json.ts';
import { planOf } from '../schema-check/compile.ts';
import { SchemaCheck } from '../schema-check/schema-check.ts';
import { instancesOf, judgeOf } from '../testing/instances.ts';
import { cutText } from '../testing/json-texts.ts';
import { indexedFiles, realSchemas } from '../testing/real-schemas.ts';
import { valueFor } from '../testing/schemas.ts';
import { fixAll } from './fixing.ts';
import { lintSchema } from './lint.ts';
import { withEdits } from './tree-text.ts';

const OPTIONS = { target: 'openai' } as const;
const SCHEMAS = realSchemas();

/** The outcome of a text that comes in deltas. */
function streamed(schema: JsonObject, text: string): string {
  const check = new SchemaCheck(planOf(schema), new GrowingDocument());
  for (const delta of cutText(text, [3, 1, 7, 2, 12])) {
    check.document.append(delta);
    check.advance();
  }
  return check.at(Infinity).outcome;
}

test('there are at least forty, and each has its source', () => {
  expect(SCHEMAS.length).toBeGreaterThanOrEqual(40);
  expect(indexedFiles().sort()).toEqual(SCHEMAS.map(({ file }) => file));
});

describe.each(SCHEMAS)('$file', ({ text, schema }) => {
  const fixed = withEdits(text, fixAll(text, OPTIONS).edits);
  const strict = JSON.parse(fixed) as JsonObject;

  test('is fixed once and for all', () => {
    const { findings, fault } = lintSchema(fixed, OPTIONS);
    expect(fault).toBeNull();
    expect(findings.filter(({ fixes, isChoice }) => fixes.length > 0 && !isChoice)).toEqual([]);
    expect(fixAll(fixed, OPTIONS).edits).toEqual([]);
  });

  test('what fits it is valid while it streams, and what does not is not', async () => {
    for (const one of [schema, strict]) {
      const validate = judgeOf(one);
      const instances = await instancesOf(one, 6);
      expect(instances.length).toBeGreaterThan(0);
      for (const value of instances)
        expect(['passed', 'unknown']).toContain(streamed(one, JSON.stringify(value, null, 2)));
      for (let seed = 0; seed < 20; seed++) {
        const value = valueFor(one, seed);
        const outcome = streamed(one, JSON.stringify(value));
        if (outcome !== 'unknown') expect(outcome).toBe(validate(value) ? 'passed' : 'failed');
      }
    }
  });

  test('the check speaks of what strict mode allows', async () => {
    const errors = lintSchema(fixed, OPTIONS).findings.filter(
      ({ severity }) => severity === 'error',
    );
    if (errors.length > 0) return;
    for (const value of await instancesOf(strict, 4))
      expect(streamed(strict, JSON.stringify(value))).toBe('passed');
  });
});

test('conditions, negations and objects that may hold anything are left to a person, and nothing else', () => {
  const left = SCHEMAS.flatMap(({ file, text }) => {
    const fixed = withEdits(text, fixAll(text, OPTIONS).edits);
    const errors = lintSchema(fixed, OPTIONS).findings.filter(
      ({ severity }) => severity === 'error',
    );
    return errors.map(({ rule, byHand, start, end }) => {
      const key = fixed.slice(start, end).match(/^"(\w+)"/)?.[1];
      return [file, rule, key, byHand !== null];
    });
  });
  expect(left).toEqual([
    ['recorded/fetch-pydantic-ai-documentation-tool.json', 'S05', undefined, true],
    ['written/geojson-feature.json', 'S05', 'additionalProperties', true],
    ...['if', 'then', 'else', 'dependentRequired'].map((key) => [
      'written/order-conditional.json',
      'S08',
      key,
      true,
    ]),
    ['written/survey-not.json', 'S08', 'not', true],
  ]);
});
