import type { JsonObject, JsonValue } from '../json.ts';
import { FORMATS } from './keyword-checks.ts';
import type { RuleId } from './rules.ts';

/** What a keyword is for, as an editor says it. */
export interface Keyword {
  /** A sentence or two of Markdown. */
  says: string;
  /** Types that it says something of; every schema where there are none. */
  of?: readonly string[];
  /** What its value has to be, as a JSON Schema; `SCHEMA` stands for a schema. */
  value: JsonValue;
  /** The rule of strict mode that is about it being there; null where it is supported. */
  rule: RuleId | null;
  /** What strict mode makes of it where it is supported. */
  strict?: string;
  /** What completion writes for its value. */
  snippet?: JsonValue;
}

/** Stands for the schema of a schema within `value`. */
export const SCHEMA = { $ref: '#/definitions/schema' } as const;

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const schemas = { type: 'array', minItems: 1, items: SCHEMA };
const map = { type: 'object', additionalProperties: SCHEMA };
const count = { type: 'integer', minimum: 0 };
const number = { type: 'number' };
const text = { type: 'string' };
const NUMBERS = ['number', 'integer'];

/**
 * The keywords of JSON Schema 2020-12 (and of drafts before that are still written), and what strict mode
 * does with each. Which of them it supports is rule S13's list and those that other rules need.
 */
export const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: {
    says: 'What kind of value it is: one type, or a list of them.',
    value: {
      anyOf: [
        { enum: TYPES },
        { type: 'array', items: { enum: TYPES }, minItems: 1, uniqueItems: true },
      ],
    },
    rule: null,
    strict: 'A list with `"null"` makes a value that may be left out: `["string", "null"]`.',
  },
  description: {
    says: 'What the value means. **The model reads it**: say units, examples and what to do in doubt.',
    value: text,
    rule: null,
    snippet: '$1',
  },
  properties: {
    says: 'The keys of an object and the schema of each.',
    of: ['object'],
    value: map,
    rule: null,
    strict: 'The output has its keys in this order, and each has to be in `required`.',
  },
  required: {
    says: 'The keys that have to be there.',
    of: ['object'],
    value: { type: 'array', items: text, uniqueItems: true },
    rule: null,
    strict: 'Names every property. What may be missing is made nullable instead.',
  },
  additionalProperties: {
    says: 'Whether an object may have other keys, or the schema of their values.',
    of: ['object'],
    value: { anyOf: [{ type: 'boolean' }, SCHEMA], default: false },
    rule: null,
    strict: 'Has to be `false` on every object.',
  },
  items: {
    says: 'The schema of each item of an array.',
    of: ['array'],
    value: SCHEMA,
    rule: null,
    strict: 'Every array needs it.',
  },
  anyOf: {
    says: 'The value is one of these.',
    value: schemas,
    rule: null,
    strict:
      'Not at the root. Let each branch begin with a property whose `const` tells it from the others.',
  },
  enum: {
    says: 'All the values that there are.',
    value: { type: 'array', minItems: 1 },
    rule: null,
    strict: 'At most 1,000 values in the whole schema.',
  },
  const: { says: 'The one value that there is.', value: true, rule: null },
  $ref: {
    says: 'The schema that is at another place of this one: `#/$defs/name`, or `#` for the root.',
    value: text,
    rule: null,
    strict: 'Stands alone, and leads to a definition at the root or to the root; recursion works.',
  },
  $defs: {
    says: 'Schemas by name, for `$ref`.',
    value: map,
    rule: null,
    strict: 'At the root.',
  },
  pattern: {
    says: 'A regular expression that the text matches somewhere; `^` and `$` anchor it.',
    of: ['string'],
    value: text,
    rule: null,
  },
  format: {
    says: `What the text looks like: ${[...FORMATS].join(', ')}.`,
    of: ['string'],
    value: text,
    rule: null,
    strict: 'No other formats.',
  },
  minimum: { says: 'The least number.', of: NUMBERS, value: number, rule: null },
  maximum: { says: 'The greatest number.', of: NUMBERS, value: number, rule: null },
  exclusiveMinimum: { says: 'Less than all numbers.', of: NUMBERS, value: number, rule: null },
  exclusiveMaximum: { says: 'Greater than all numbers.', of: NUMBERS, value: number, rule: null },
  multipleOf: {
    says: 'What all numbers are multiples of.',
    of: NUMBERS,
    value: { type: 'number', exclusiveMinimum: 0 },
    rule: null,
  },
  minItems: { says: 'How many items there are at least.', of: ['array'], value: count, rule: null },
  maxItems: { says: 'How many items there are at most.', of: ['array'], value: count, rule: null },

  minLength: {
    says: 'How many characters there are at least.',
    of: ['string'],
    value: count,
    rule: 'S11',
  },
  maxLength: {
    says: 'How many characters there are at most.',
    of: ['string'],
    value: count,
    rule: 'S11',
  },
  title: { says: 'A name for people.', value: text, rule: 'S30' },
  default: { says: 'What holds where nothing is said.', value: true, rule: 'S24' },
  examples: { says: 'Values that it may have.', value: { type: 'array' }, rule: 'S30' },
  oneOf: { says: 'The value is exactly one of these.', value: schemas, rule: 'S09' },
  allOf: { says: 'The value is all of these.', value: schemas, rule: 'S08' },
  not: { says: 'The value is none of this.', value: SCHEMA, rule: 'S08' },
  if: { says: 'Where the value is this, `then` holds, else `else`.', value: SCHEMA, rule: 'S08' },
  then: { says: 'What holds where `if` does.', value: SCHEMA, rule: 'S08' },
  else: { says: 'What holds where `if` does not.', value: SCHEMA, rule: 'S08' },
  dependentRequired: {
    says: 'Keys that have to be there where another one is.',
    of: ['object'],
    value: { type: 'object', additionalProperties: { type: 'array', items: text } },
    rule: 'S08',
  },
  dependentSchemas: {
    says: 'What an object is where a key is there.',
    of: ['object'],
    value: map,
    rule: 'S08',
  },
  patternProperties: {
    says: 'The schemas of keys that match a regular expression.',
    of: ['object'],
    value: map,
    rule: 'S10',
  },
  propertyNames: { says: 'The schema of every key.', of: ['object'], value: SCHEMA, rule: 'S10' },
  minProperties: {
    says: 'How many keys there are at least.',
    of: ['object'],
    value: count,
    rule: 'S10',
  },
  maxProperties: {
    says: 'How many keys there are at most.',
    of: ['object'],
    value: count,
    rule: 'S10',
  },
  unevaluatedProperties: {
    says: 'The schema of keys that nothing else spoke of.',
    of: ['object'],
    value: SCHEMA,
    rule: 'S10',
  },
  prefixItems: {
    says: 'The schemas of the first items, one by one.',
    of: ['array'],
    value: schemas,
    rule: 'S10',
  },
  unevaluatedItems: {
    says: 'The schema of items that nothing else spoke of.',
    of: ['array'],
    value: SCHEMA,
    rule: 'S10',
  },
  contains: { says: 'What at least one item is.', of: ['array'], value: SCHEMA, rule: 'S10' },
  minContains: {
    says: 'How many items are as `contains` says at least.',
    of: ['array'],
    value: count,
    rule: 'S10',
  },
  maxContains: {
    says: 'How many items are as `contains` says at most.',
    of: ['array'],
    value: count,
    rule: 'S10',
  },
  uniqueItems: {
    says: 'Whether no two items are equal.',
    of: ['array'],
    value: { type: 'boolean' },
    rule: 'S10',
  },
  definitions: {
    says: 'What `$defs` was called in drafts before 2019-09.',
    value: map,
    rule: null,
  },
  $schema: {
    says: 'The draft that it is written in; nothing is fetched.',
    value: text,
    rule: 'S30',
  },
  $id: { says: 'The address that references are relative to.', value: text, rule: 'S23' },
  $anchor: { says: 'A name for `$ref`.', value: text, rule: 'S23' },
  $comment: { says: 'A note for who reads the schema.', value: text, rule: 'S30' },
  deprecated: { says: 'Whether it should not be used.', value: { type: 'boolean' }, rule: 'S30' },
  readOnly: { says: 'Whether it can’t be set.', value: { type: 'boolean' }, rule: 'S30' },
  writeOnly: { says: 'Whether it can’t be read.', value: { type: 'boolean' }, rule: 'S30' },
};

/** What completion offers as a whole schema. */
export const SCHEMA_SNIPPETS: readonly { label: string; description: string; body: JsonObject }[] =
  [
    { label: 'string', description: 'A text', body: { type: 'string' } },
    {
      label: 'nullable string',
      description: 'A text, or null where there is none',
      body: { type: ['string', 'null'] },
    },
    { label: 'number', description: 'A number', body: { type: 'number' } },
    { label: 'integer', description: 'A whole number', body: { type: 'integer' } },
    { label: 'boolean', description: 'true or false', body: { type: 'boolean' } },
    {
      label: 'enum',
      description: 'One of several texts',
      body: { type: 'string', enum: ['${1:one}', '${2:two}'] },
    },
    {
      label: 'array',
      description: 'A list',
      body: { type: 'array', items: { type: '${1:string}' } },
    },
    {
      label: 'object',
      description: 'An object as strict mode wants it',
      body: {
        type: 'object',
        properties: { '${1:name}': { type: '${2:string}' } },
        required: ['${1:name}'],
        additionalProperties: false,
      },
    },
    { label: '$ref', description: 'A definition', body: { $ref: '#/\\$defs/${1:name}' } },
  ];
