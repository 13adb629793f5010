import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { withEdits } from '../strict-schema/tree-text.ts';
import { addDefinition, extractDefinition } from './definition-edits.ts';
import { setDescription, setFacet, setValues } from './keyword-edits.ts';
import { renameSchema } from './name-edits.ts';
import { moveSchema } from './order-edits.ts';
import {
  addBranch,
  addProperty,
  duplicateSchema,
  removeSchema,
  setRequired,
} from './property-edits.ts';
import type { Edited } from './schema-spot.ts';
import { changeType, setNullable } from './type-edits.ts';

const STRICT = { isStrict: true };

/** Does an edit to the schema of the property `x`, and gives what that is then. */
function edited(schema: JsonValue, edit: (text: string) => Edited): JsonValue {
  const whole = { type: 'object', properties: { x: schema }, required: ['x'] };
  const text = JSON.stringify(whole, null, 2);
  const made = edit(text);
  if ('refusal' in made) throw new Error(made.refusal);
  const after = JSON.parse(withEdits(text, made.edits)) as JsonObject;
  new Ajv({ strict: false, validateFormats: false }).compile(after);
  return (after.properties as JsonObject).x!;
}
const retyped = (schema: JsonValue, type: Parameters<typeof changeType>[2], options = STRICT) =>
  edited(schema, (text) => changeType(text, '/properties/x', type, options));

test('a type is changed in its place, and what fits is kept', () => {
  expect(retyped({ type: 'integer', description: 'D', minimum: 0 }, 'number')).toEqual({
    type: 'number',
    description: 'D',
    minimum: 0,
  });
  expect(
    retyped({ description: 'D', type: ['integer', 'null'], minimum: 0, title: 'T' }, 'string'),
  ).toEqual({ description: 'D', type: ['string', 'null'], title: 'T' });
  expect(retyped({ type: 'string', default: 'a', format: 'date' }, 'boolean')).toEqual({
    type: 'boolean',
  });
  expect(retyped({ description: 'D' }, 'string')).toEqual({ type: 'string', description: 'D' });
  expect(retyped(true, 'string')).toEqual({ type: 'string' });
  expect(retyped({ type: 'string', minLength: 1 }, 'any')).toEqual({});
});

test('an object gets what strict mode asks of it', () => {
  expect(retyped({ type: 'string', description: 'D' }, 'object')).toEqual({
    type: 'object',
    description: 'D',
    properties: {},
    required: [],
    additionalProperties: false,
  });
  expect(retyped({ type: 'string' }, 'object', { isStrict: false })).toEqual({
    type: 'object',
    properties: {},
  });
});

test('a schema goes into an array, and comes out of it', () => {
  const object = { type: 'object', properties: { a: { type: 'string' } } };
  const list = { description: 'D', type: 'array', items: object };
  expect(retyped({ ...object, description: 'D' }, 'array')).toEqual(list);
  expect(retyped({ ...list, minItems: 1 }, 'object')).toEqual({ ...object, description: 'D' });
  expect(retyped(list, 'string')).toEqual({ description: 'D', type: 'string' });
  expect(retyped({ type: ['string', 'null'], format: 'date' }, 'array')).toEqual({
    type: ['array', 'null'],
    items: { type: 'string', format: 'date' },
  });
});

test('enum and const become one another; a plain type lets their values go', () => {
  expect(retyped({ type: 'string', enum: ['a', 'b'] }, 'const')).toEqual({
    type: 'string',
    const: 'a',
  });
  expect(retyped({ const: 'a' }, 'enum')).toEqual({ enum: ['a'] });
  expect(retyped({ type: ['string', 'null'], enum: ['a', null] }, 'string')).toEqual({
    type: ['string', 'null'],
  });
  expect(retyped({ type: 'integer', description: 'D' }, 'enum')).toEqual({
    type: 'integer',
    enum: [1],
    description: 'D',
  });
});

test('unions take what was there as a branch, and give a branch back', () => {
  expect(retyped({ type: 'number', minimum: 1, description: 'D' }, 'union')).toEqual({
    description: 'D',
    anyOf: [{ type: 'number', minimum: 1 }, { type: 'string' }],
  });
  expect(retyped({ type: ['string', 'integer'], minLength: 1, minimum: 2 }, 'union')).toEqual({
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'integer', minimum: 2 },
    ],
  });
  expect(
    retyped({ anyOf: [{ type: 'number', minimum: 1 }, { type: 'string' }] }, 'number'),
  ).toEqual({ type: 'number', minimum: 1 });
});

test('a reference stands alone in strict mode, and takes null beside it', () => {
  const text = JSON.stringify({
    properties: { x: { type: ['object', 'null'], description: 'D' } },
    $defs: { A: { type: 'object' } },
  });
  for (const [isStrict, inner] of [
    [true, { $ref: '#/$defs/A' }],
    [false, { $ref: '#/$defs/A' }],
  ] as const) {
    const made = changeType(text, '/properties/x', { ref: '#/$defs/A' }, { isStrict });
    if ('refusal' in made) throw new Error(made.refusal);
    const { x } = (JSON.parse(withEdits(text, made.edits)) as { properties: { x: unknown } })
      .properties;
    expect(x).toEqual({
      ...(isStrict ? {} : { description: 'D' }),
      anyOf: [inner, { type: 'null' }],
    });
  }
  expect(retyped({ $ref: '#/properties/x' }, 'string')).toEqual({ type: 'string' });
});

test('what refers into a schema follows it into an array', () => {
  const text = JSON.stringify({
    properties: {
      x: { type: 'object', properties: { a: {} } },
      y: { $ref: '#/properties/x/properties/a' },
      z: { $ref: '#/properties/x' },
    },
  });
  const made = changeType(text, '/properties/x', 'array', STRICT);
  const after = JSON.parse(withEdits(text, 'edits' in made ? made.edits : [])) as unknown;
  expect(after).toMatchObject({
    properties: {
      y: { $ref: '#/properties/x/items/properties/a' },
      z: { $ref: '#/properties/x' },
    },
  });
});

const valued = (schema: JsonValue, values: JsonValue[]) =>
  edited(schema, (text) => setValues(text, '/properties/x', values));

test('values are set, and the type is that of the values', () => {
  expect(valued({ type: 'string', enum: ['a', 'b'] }, ['b', 'c'])).toEqual({
    type: 'string',
    enum: ['b', 'c'],
  });
  expect(valued({ type: ['string', 'null'], enum: ['a', null] }, ['b'])).toEqual({
    type: ['string', 'null'],
    enum: ['b', null],
  });
  expect(valued({ type: 'string' }, [1, 2])).toEqual({ type: 'integer', enum: [1, 2] });
  expect(valued({ type: 'string' }, [1, 2.5])).toEqual({ type: 'number', enum: [1, 2.5] });
  expect(valued({ const: 'a' }, ['b'])).toEqual({ const: 'b' });
  expect(valued({ type: 'string', const: 'a' }, ['b', 'c'])).toEqual({
    type: 'string',
    enum: ['b', 'c'],
  });
  expect(() => valued({ type: 'string' }, [])).toThrow('at least one value');
  expect(() => valued({ type: 'string' }, ['a', 'a'])).toThrow('"a" is there twice');
});

const faceted = (schema: JsonValue, ...[facet, value]: [Parameters<typeof setFacet>[2], string]) =>
  edited(schema, (text) => setFacet(text, '/properties/x', facet, value));

test('format and bounds are set and taken away; nonsense is refused with a word', () => {
  expect(faceted({ type: 'integer' }, 'minimum', '-3')).toEqual({ type: 'integer', minimum: -3 });
  expect(faceted({ type: 'integer', minimum: 1 }, 'minimum', ' ')).toEqual({ type: 'integer' });
  const nullable = { anyOf: [{ type: 'string' }, { type: 'null' }] };
  expect(faceted(nullable, 'format', 'date')).toEqual({
    anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }],
  });
  expect(() => faceted({}, 'minItems', '1.5')).toThrow('whole number');
  expect(() => faceted({}, 'maximum', 'x')).toThrow('"x" is no number');
  expect(() => faceted({}, 'multipleOf', '0')).toThrow('greater than 0');
  expect(() => faceted({}, 'pattern', '(')).toThrow('pattern:');
});

const REFUSED: readonly [string, (text: string) => Edited, string][] = [
  ['a name that is taken', (text) => renameSchema(text, '/properties/a', 'b'), '"b" already'],
  ['no name', (text) => renameSchema(text, '/properties/a', ''), 'needs a name'],
  ['the root', (text) => removeSchema(text, '', STRICT), 'root can’t be removed'],
  ['a property in a string', (text) => addProperty(text, '/properties/a', {}, STRICT), 'an object'],
  ['a name twice', (text) => addProperty(text, '', { name: 'a' }, STRICT), '"a" already'],
  ['a described $ref', (text) => setDescription(text, '/properties/r', 'D', STRICT), 'alone'],
  ['the root as a definition', (text) => extractDefinition(text, '', 'x'), 'of itself'],
  ['a reference', (text) => extractDefinition(text, '/properties/r', 'x'), 'only refers'],
  ['what is gone', (text) => removeSchema(text, '/properties/none', STRICT), 'no longer there'],
  ['broken text', (text) => removeSchema(text.slice(1), '/properties/a', STRICT), 'no longer'],
  ['the only branch', (text) => removeSchema(text, '/properties/u/anyOf/0', STRICT), 'one branch'],
];
test.each(REFUSED)('%s is refused', (_name, edit, message) => {
  const text = JSON.stringify({
    type: 'object',
    properties: {
      a: { type: 'string' },
      b: {},
      r: { $ref: '#' },
      u: { anyOf: [{ type: 'string' }] },
    },
  });
  expect(edit(text)).toEqual({ refusal: expect.stringContaining(message) as string });
});

test('a union with null stays one when its branch becomes a definition', () => {
  const nullable = {
    description: 'D',
    anyOf: [{ type: 'object', properties: {} }, { type: 'null' }],
  };
  const extracted = edited(nullable, (text) => extractDefinition(text, '/properties/x', 'x y'));
  expect(extracted).toEqual({ anyOf: [{ $ref: '#/$defs/x_y' }, { type: 'null' }] });
});

test('branches keep what refers to them when they move or go', () => {
  const text = JSON.stringify({
    anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
    properties: { a: { $ref: '#/anyOf/0' }, b: { $ref: '#/anyOf/2' } },
  });
  const after = (edit: Edited) =>
    JSON.parse(withEdits(text, 'edits' in edit ? edit.edits : [])) as unknown;
  expect(after(moveSchema(text, '/anyOf/0', 2))).toEqual({
    anyOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'string' }],
    properties: { a: { $ref: '#/anyOf/2' }, b: { $ref: '#/anyOf/1' } },
  });
  expect(after(removeSchema(text, '/anyOf/1', STRICT))).toEqual({
    anyOf: [{ type: 'string' }, { type: 'boolean' }],
    properties: { a: { $ref: '#/anyOf/0' }, b: { $ref: '#/anyOf/1' } },
  });
});

test('copies, requirements and definitions', () => {
  const text = JSON.stringify({
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'integer' } },
    required: ['a', 'b'],
  });
  const after = (edit: Edited) =>
    JSON.stringify(JSON.parse(withEdits(text, 'edits' in edit ? edit.edits : [])));
  expect(after(duplicateSchema(text, '/properties/a', STRICT))).toBe(
    '{"type":"object","properties":{"a":{"type":"string"},"a2":{"type":"string"},"b":{"type":"integer"}},"required":["a","a2","b"]}',
  );
  expect(after(setRequired(text, '/properties/a', false))).toBe(
    '{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["b"]}',
  );
  expect(after(addDefinition(text, { name: 'A' }, STRICT))).toBe(
    '{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a","b"],"$defs":{"A":{"type":"object","properties":{},"required":[],"additionalProperties":false}}}',
  );
  expect(after(setNullable(text, '/properties/a', false))).toBe(text);
});

test('a property is added to the objects of an array, and laid out as the text is', () => {
  const text = `{
  "type": "object",
  "properties": {
    "rows": {
      "type": "array",
      "items": { "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"] }
    }
  },
  "required": ["rows"],
  "additionalProperties": false
}
`;
  const made = addProperty(text, '/properties/rows', { name: 'b', type: 'integer' }, STRICT);
  if ('refusal' in made) throw new Error(made.refusal);
  expect(made.pointer).toBe('/properties/rows/items/properties/b');
  expect(withEdits(text, made.edits)).toBe(
    text
      .replace('{ "type": "string" } }', '{ "type": "string" }, "b": { "type": "integer" } }')
      .replace('["a"]', '["a", "b"]'),
  );
});

test('a union gets a branch of a type that it has none of, and it is selected', () => {
  const branched = (schema: JsonValue) => {
    let pointer = '';
    const after = edited(schema, (text) => {
      const made = addBranch(text, '/properties/x');
      if ('pointer' in made) ({ pointer } = made);
      return made;
    });
    return { after, pointer: pointer.replace('/properties/x', '') };
  };
  expect(branched({ anyOf: [{ type: 'string' }, { type: 'boolean' }], description: 'D' })).toEqual({
    after: {
      anyOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'number' }],
      description: 'D',
    },
    pointer: '/anyOf/2',
  });
  expect(branched({ oneOf: [{ $ref: '#' }] })).toEqual({
    after: { oneOf: [{ $ref: '#' }, { type: 'string' }] },
    pointer: '/oneOf/1',
  });
  // Where all plain types are there, a text again.
  const all = [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }];
  expect(branched({ anyOf: all }).after).toEqual({ anyOf: [...all, { type: 'string' }] });
  // Of a union or null the union gets it, not what stands around.
  expect(
    branched({ anyOf: [{ type: 'null' }, { oneOf: [{ type: 'string' }, { type: 'object' }] }] }),
  ).toEqual({
    after: {
      anyOf: [
        { type: 'null' },
        { oneOf: [{ type: 'string' }, { type: 'object' }, { type: 'number' }] },
      ],
    },
    pointer: '/anyOf/1/oneOf/2',
  });
});

test('only a union that is there gets a branch', () => {
  const text = '{ "properties": { "x": { "type": "string" } } }';
  expect(addBranch(text, '/properties/x')).toEqual({ refusal: 'Only a union has branches.' });
  expect(addBranch(text, '/properties/y')).toHaveProperty('refusal');
  expect(addBranch('{', '')).toHaveProperty('refusal');
});
