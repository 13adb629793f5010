import { expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { CASES, inA, object, text } from '../testing/schema-cases.ts';
import { fixOne } from './fixing.ts';
import { lintSchema } from './lint.ts';
import { OBSERVED_ANSWERS } from './observed-answers.ts';
import { jsonModeFinding, nameFinding } from './request-checks.ts';
import { type RuleId, RULES } from './rules.ts';
import type { Target } from './targets.ts';
import { withEdits } from './tree-text.ts';

const findingsOf = (schema: JsonValue, rule: RuleId, target: Target = 'openai') =>
  lintSchema(JSON.stringify(schema), { target }).findings.filter((one) => one.rule === rule);

for (const { rule, good, bad, target = 'openai' } of CASES) {
  test(`${rule}: ${RULES[rule].title} (${target})`, () => {
    for (const schema of good) expect(findingsOf(schema, rule, target)).toEqual([]);
    for (const [schema, fixed] of bad) {
      const source = JSON.stringify(schema);
      const [finding, ...more] = findingsOf(schema, rule, target);
      expect(finding, source).toMatchObject({ severity: RULES[rule].severity });
      expect(more).toEqual([]);
      expect(source.slice(finding!.start, finding!.end)).not.toBe('');
      const isNote = RULES[rule].severity === 'note';
      // Without a fix, or with a choice of several, it says what to do.
      if (fixed === null)
        expect([
          finding!.fixes.length === 0 || finding!.isChoice,
          finding!.byHand === null,
        ]).toEqual([true, isNote]);
      else {
        const { pointer, start, end } = finding!;
        const edits = fixOne(source, { target }, { rule, pointer, start, end, fix: 0 });
        const after = JSON.parse(withEdits(source, edits)) as JsonValue;
        expect(after).toEqual(fixed);
        expect(findingsOf(after, rule, target)).toEqual([]);
      }
    }
  });
}

test('S13 and S22: what is supported is no finding', () => {
  const schema = object({
    a: { type: 'string', pattern: '^x' },
    b: {
      type: 'number',
      multipleOf: 2,
      minimum: 1,
      maximum: 9,
      exclusiveMinimum: 0,
      exclusiveMaximum: 10,
    },
    c: { type: 'array', items: { $ref: '#/$defs/n' }, minItems: 1, maxItems: 2 },
  });
  const whole = {
    ...schema,
    $defs: { n: object({ z: { anyOf: [{ $ref: '#' }, { $ref: '#/$defs/n' }] } }) },
  };
  const { findings } = lintSchema(JSON.stringify(whole), { target: 'openai' });
  expect(findings.map(({ rule }) => rule)).toEqual(['S28', 'S27']);
});

test('S26: names', () => {
  for (const name of ['a', 'A_b-9', 'x'.repeat(64)]) expect(nameFinding(name)).toBeNull();
  expect(nameFinding('my schema!')).toMatchObject({ rule: 'S26', fixed: 'my_schema_' });
  expect(nameFinding('x'.repeat(65))).toMatchObject({ fixed: 'x'.repeat(64) });
  expect(nameFinding('')).toMatchObject({ fixed: null, server: null });
  expect(nameFinding('x'.repeat(65))!.server).toBe(
    "Invalid 'text.format.name': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.",
  );
  // Functions of the Responses API may have longer ones.
  expect(nameFinding('x'.repeat(128), 'tool')).toBeNull();
  expect(nameFinding('x'.repeat(129), 'tool')).toMatchObject({ fixed: 'x'.repeat(128) });
});

test('S29: JSON mode without the word', () => {
  const text = { format: { type: 'json_object' } };
  expect(jsonModeFinding({ text, input: 'Give me a person' })).toMatchObject({ rule: 'S29' });
  expect(jsonModeFinding({ text, input: [{ role: 'user', content: 'As JSON' }] })).toBeNull();
  expect(jsonModeFinding({ text: { format: { type: 'text' } }, input: 'x' })).toBeNull();
});

test('plain JSON Schema only has references that lead somewhere', () => {
  const schema = { anyOf: [{ title: 'x' }, { $ref: '#/anyOf/0' }, { $ref: '#/nowhere' }] };
  const { findings, meters } = lintSchema(JSON.stringify(schema), { target: 'json-schema' });
  expect(findings.map(({ rule, pointer }) => [rule, pointer])).toEqual([['S20', '/anyOf/2']]);
  expect(meters).toEqual([]);
});

test('a finding says where, by name, and what the server would say', () => {
  const schema = inA({ type: 'array', items: { type: 'object', properties: { b: text } } });
  const source = JSON.stringify(schema);
  const [missing, open] = lintSchema(source, { target: 'openai', name: 'order' })
    .findings.reverse()
    .filter(({ severity }) => severity === 'error')
    .sort((one, other) => one.rule.localeCompare(other.rule));
  expect(missing).toMatchObject({
    rule: 'S03',
    pointer: '/properties/a/items',
    message: '`a[].b` is not required; strict mode needs every property.',
    server:
      "Invalid schema for response_format 'order': In context=('properties', 'a', 'items'), 'required' is required to be supplied and to be an array including every key in properties. Missing 'b'.",
  });
  expect(source.slice(missing!.start, missing!.end)).toBe('"b"');
  expect(open).toMatchObject({ rule: 'S05', message: expect.stringContaining('`a[]`') });
  expect(source.slice(open!.start, open!.end)).toBe('"items"');
});

test('meters count properties, depth, characters and enum values', () => {
  const schema = object({ ab: { enum: ['x', 'yz'] }, c: inA(text) });
  const { meters } = lintSchema(JSON.stringify(schema), { target: 'openai' });
  expect(meters).toEqual([
    { measure: 'properties', used: 3, limit: 5000 },
    { measure: 'depth', used: 2, limit: 10 },
    { measure: 'characters', used: 7, limit: 120_000 },
    { measure: 'enumValues', used: 2, limit: 1000 },
  ]);
});

test('a text that is no JSON has a fault and no findings', () => {
  expect(lintSchema('{"a": ', { target: 'openai' })).toMatchObject({
    findings: [],
    fault: { line: 1 },
  });
});

test('nothing is shown as an answer of the server that was not read somewhere', () => {
  const pattern = (words: string) =>
    new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\$', '.+')}$`, 's');
  let count = 0;
  for (const { bad, target = 'openai' } of CASES)
    for (const [schema] of bad)
      for (const use of ['response_format', 'function'] as const)
        for (const { rule, server } of lintSchema(JSON.stringify(schema), { target, use })
          .findings) {
          if (server === null) continue;
          count++;
          const said = server.replace(
            /^Invalid schema for (?:response_format|function) 'output': (?:In context=\(.*?\), )?/s,
            '',
          );
          const seen = (OBSERVED_ANSWERS[rule] ?? []).some(({ words }) =>
            pattern(words).test(said),
          );
          expect(seen, `${rule}: ${said}`).toBe(true);
        }
  expect(count).toBeGreaterThan(50);
});
