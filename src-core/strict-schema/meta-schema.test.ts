import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { lintSchema } from './lint.ts';
import { metaSchema } from './meta-schema.ts';
import { TARGETS } from './targets.ts';
import { KEYWORDS } from './vocabulary.ts';

const judge = (target: (typeof TARGETS)[number]) =>
  new Ajv({ strict: false, validateFormats: false }).compile(metaSchema(target));
const definition = (target: (typeof TARGETS)[number]) =>
  (metaSchema(target).definitions as JsonObject).schema as {
    properties: Record<string, { doNotSuggest?: boolean; markdownDescription: string }>;
    allOf: { if: JsonObject; then: { properties: JsonObject } }[];
  };

/** What completion offers for a schema of a type, by an independent judge of the conditions. */
function offered(target: (typeof TARGETS)[number], schema: JsonValue): string[] {
  const { properties, allOf } = definition(target);
  const ajv = new Ajv({ strict: false });
  const always = Object.keys(properties).filter((key) => !properties[key]!.doNotSuggest);
  const typed = allOf
    .filter((one) => ajv.validate(one.if, schema))
    .flatMap(({ then }) => Object.keys(then.properties));
  return [...new Set([...always, ...typed])];
}

test('what it validates is the kind of the values of keywords', () => {
  for (const target of TARGETS) {
    const isValid = judge(target);
    for (const [schema, expected] of [
      [{ type: 'string' }, true],
      [{ type: ['string', 'null'] }, true],
      [{ type: 'strng' }, false],
      [{ type: ['string', 'nul'] }, false],
      [{ type: [] }, false],
      [{ type: 'object', properties: [] }, false],
      [{ type: 'object', properties: { a: { type: 'array', items: { type: 'x' } } } }, false],
      [{ required: 'a' }, false],
      [{ required: ['a', 'a'] }, false],
      [{ minimum: '0' }, false],
      [{ minItems: -1 }, false],
      [{ enum: [] }, false],
      [{ $defs: { a: { type: 'integer', minimum: 0 } } }, true],
      [{ additionalProperties: false }, true],
      [5, false],
    ] as const)
      expect(isValid(schema), JSON.stringify(schema)).toBe(expected);
  }
});

test('what strict mode refuses is left to the lint', () => {
  const isValid = judge('openai');
  const schema = {
    type: 'object',
    title: 'T',
    properties: {
      a: { oneOf: [{ type: 'string', format: 'uri', minLength: 1 }, { type: 'null' }] },
      b: { type: 'array', uniqueItems: true, prefixItems: [{ type: 'string' }] },
      c: { 'x-own': 1 },
    },
    patternProperties: { x: {} },
  };
  expect(lintSchema(JSON.stringify(schema), { target: 'openai' }).findings.length).toBeGreaterThan(
    8,
  );
  expect(isValid(schema), JSON.stringify(isValid.errors)).toBe(true);
});

test('keywords are offered that the target takes, for the type that is written', () => {
  expect(offered('openai', { type: 'string' })).toEqual([
    ...['type', 'description', 'anyOf', 'enum', 'const', '$ref', '$defs', 'pattern', 'format'],
  ]);
  expect(offered('openai', { type: ['integer', 'null'] })).toContain('minimum');
  expect(offered('openai', { type: 'integer' })).not.toContain('pattern');
  expect(offered('azure', { type: 'integer' })).not.toContain('minimum');
  expect(offered('openai', { type: 'object' })).toContain('additionalProperties');
  expect(offered('openai', {})).not.toContain('oneOf');
  expect(offered('json-schema', { type: 'string' })).toEqual(
    expect.arrayContaining(['oneOf', 'minLength', 'title', '$schema']),
  );
});

test('a keyword that is offered is none that the lint speaks against', () => {
  for (const target of TARGETS.filter((one) => one !== 'json-schema'))
    for (const type of ['string', 'integer', 'array', 'object'])
      for (const key of offered(target, { type })) {
        const value = key === 'format' ? 'date' : key === 'pattern' ? 'x' : 1;
        const schema = { type: 'object', properties: { a: { type, [key]: value } } };
        const against = lintSchema(JSON.stringify(schema), { target }).findings.filter(({ rule }) =>
          ['S08', 'S09', 'S10', 'S11', 'S12', 'S14', 'S24', 'S30'].includes(rule),
        );
        expect(against, `${target} ${type} ${key}`).toEqual([]);
      }
});

test('every keyword that the lint speaks against says so when it is pointed at', () => {
  const { properties } = definition('openai');
  for (const [key, { rule }] of Object.entries(KEYWORDS)) {
    const words = properties[key]!.markdownDescription;
    expect(words.includes('refuse'), key).toBe(rule !== null);
    if (rule) expect(words).toContain(rule);
    expect(definition('json-schema').properties[key]!.markdownDescription).not.toContain('Strict');
  }
  expect(definition('azure').properties.pattern!.markdownDescription).toContain('S14');
});
