import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fixAll, fixOne } from './fixing.ts';
import { lintSchema } from './lint.ts';
import { TARGETS } from './targets.ts';
import { withEdits } from './tree-text.ts';

const OPTIONS = { target: 'openai' } as const;

const key = fc.constantFrom('a', 'b', 'kind', 'x/y~z');
const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'object', 'array', 'null');
const reference = fc.constantFrom(
  '#',
  '#/$defs/a',
  '#/$defs/b',
  '#/definitions/a',
  '#/properties/a',
  '#/properties/a/properties/b',
  '#/properties/a/$defs/a',
  '#/$defs/a/properties/kind',
  '#/anyOf/0',
  '#/properties',
  '#/properties/a/items',
  '#nowhere',
  '#here',
  'https://example.com/schema',
  'https://example.com/own#/$defs/a',
);

/** Schemas with all that strict mode refuses, in any mixture; also what is no schema at all. */
const { schema } = fc.letrec<{ schema: unknown; map: unknown; list: unknown; part: unknown }>(
  (tie) => ({
    map: fc.dictionary(key, tie('schema'), { maxKeys: 3 }),
    list: fc.array(tie('schema'), { maxLength: 3 }),
    part: fc.record(
      {
        type: fc.oneof(type, fc.array(type, { maxLength: 3 })),
        properties: tie('map'),
        required: fc.array(key, { maxLength: 3 }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        items: fc.oneof(tie('schema'), tie('list')),
        anyOf: tie('list'),
        oneOf: tie('list'),
        allOf: tie('list'),
        not: tie('schema'),
        prefixItems: tie('list'),
        $defs: tie('map'),
        definitions: tie('map'),
        $ref: reference,
        enum: fc.array(fc.constantFrom('x', 1, null), { maxLength: 2 }),
        const: fc.constantFrom('x', 1, null),
        description: fc.constantFrom('', 'Said', 'Said.'),
        title: fc.constant('T'),
        default: fc.constantFrom(1, 'x', null),
        format: fc.constantFrom('uri', 'date'),
        minLength: fc.nat(9),
        minimum: fc.nat(9),
        uniqueItems: fc.boolean(),
        patternProperties: tie('map'),
        propertyNames: tie('schema'),
        $schema: fc.constant('s'),
        if: tie('schema'),
        then: tie('schema'),
        else: tie('schema'),
        dependentRequired: fc.constant({ a: ['b'] }),
        dependentSchemas: tie('map'),
        unevaluatedProperties: fc.oneof(fc.boolean(), tie('schema')),
        unevaluatedItems: fc.boolean(),
        contains: tie('schema'),
        minContains: fc.nat(2),
        maxProperties: fc.nat(2),
        pattern: fc.constantFrom('a', 'b'),
        maximum: fc.nat(9),
        exclusiveMinimum: fc.nat(9),
        multipleOf: fc.constantFrom(1, 2),
        maxLength: fc.nat(9),
        minItems: fc.nat(2),
        examples: fc.array(fc.constantFrom(1, 'x', null, [1], {}), { maxLength: 2 }),
        readOnly: fc.boolean(),
        'x-own': fc.constant({ $ref: '#/$defs/a' }),
        $id: fc.constantFrom('https://example.com/own', 'own#'),
        $anchor: fc.constantFrom('here', 'there'),
        $dynamicAnchor: fc.constantFrom('here', 'there'),
        $dynamicRef: fc.constantFrom('#here', '#there', '#none'),
        $recursiveRef: fc.constant('#'),
      },
      { requiredKeys: [] },
    ),
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ type }),
      tie('part'),
      fc.record({ type: fc.constant('object'), properties: tie('map') }),
      fc.record({ $ref: reference }),
      fc.constantFrom(true, false, null, 5),
    ),
  }),
);

const layout = fc.constantFrom(0, 2, '\t');

test('Fix all ends, is idempotent and leaves nothing that a quick fix mends', () => {
  fc.assert(
    fc.property(schema, layout, fc.constantFrom(...TARGETS), (value, space, target) => {
      const text = JSON.stringify(value, null, space);
      const fixed = withEdits(text, fixAll(text, { target }).edits);
      const left = lintSchema(fixed, { target });
      expect(left.fault).toBeNull();
      expect(left.findings.filter(({ fixes, isChoice }) => fixes.length > 0 && !isChoice)).toEqual(
        [],
      );
      expect(fixAll(fixed, { target })).toEqual({ edits: [], count: 0 });
    }),
    { numRuns: 200 },
  );
});

test('every quick fix takes its finding away', () => {
  fc.assert(
    fc.property(schema, layout, fc.nat(), (value, space, offset) => {
      const text = JSON.stringify(value, null, space);
      const { findings } = lintSchema(text, OPTIONS);
      // Each fix is linted anew: of a schema with hundreds of findings 20, of which any may be one.
      const step = Math.max(1, Math.ceil(findings.length / 20));
      const some = findings.filter((_, at) => (at + offset) % step === 0);
      for (const { rule, pointer, message, start, end, fixes } of some)
        for (const fix of fixes.keys()) {
          const edits = fixOne(text, OPTIONS, { rule, pointer, start, end, fix });
          const fixed = withEdits(text, edits);
          const left = lintSchema(fixed, OPTIONS);
          expect(left.fault).toBeNull();
          expect(fixed).not.toBe(text);
          // What allOf lists may itself be an allOf.
          if (rule !== 'S08')
            expect(left.findings).not.toContainEqual(
              expect.objectContaining({ rule, pointer, message }),
            );
        }
    }),
    { numRuns: 40 },
  );
});

test('a fix is that of its own object where two have the same finding in one place', () => {
  const text = '{"type":"object","properties":{},"additionalProperties":{"type":"object"}}';
  const inner = lintSchema(text, OPTIONS).findings.find(
    ({ rule, pointer }) => rule === 'S05' && pointer === '/additionalProperties',
  )!;
  const fix = inner.fixes.indexOf('Make it a string with JSON text');
  expect(JSON.parse(withEdits(text, fixOne(text, OPTIONS, { ...inner, fix })))).toMatchObject({
    type: 'object',
    additionalProperties: { type: 'string' },
  });
});

test('anchors become places, and places definitions', () => {
  const source = {
    type: 'object',
    properties: {
      a: { type: 'object', $anchor: 'node', properties: { b: { $ref: '#node' } } },
      c: { $dynamicRef: '#leaf' },
    },
    $defs: { leaf: { $dynamicAnchor: 'leaf', type: 'string' } },
  };
  const text = JSON.stringify(source);
  expect(JSON.parse(withEdits(text, fixAll(text, OPTIONS).edits))).toEqual({
    type: 'object',
    properties: {
      a: { anyOf: [{ $ref: '#/$defs/a' }, { type: 'null' }] },
      c: { anyOf: [{ $ref: '#/$defs/leaf' }, { type: 'null' }] },
    },
    required: ['a', 'c'],
    additionalProperties: false,
    $defs: {
      leaf: { type: 'string' },
      a: {
        type: 'object',
        properties: { b: { anyOf: [{ $ref: '#/$defs/a' }, { type: 'null' }] } },
        required: ['b'],
        additionalProperties: false,
      },
    },
  });
});

test('an anchor that is there twice is left alone', () => {
  const text = JSON.stringify({ $defs: { a: { $anchor: 'x' }, b: { $anchor: 'x' } }, $ref: '#x' });
  const { findings } = lintSchema(text, OPTIONS);
  expect(findings.filter(({ rule }) => rule === 'S23').map(({ fixes }) => fixes)).toEqual([
    [],
    [],
    [],
  ]);
});

test('what has several meanings is left to a person', () => {
  const text =
    '{"type":"object","properties":{"is_open":{}, "b": {"type":"string","not":{"const":"x"}}}}';
  const { findings } = lintSchema(text, OPTIONS);
  const [type, not] = ['S06', 'S08'].map((rule) => findings.find((one) => one.rule === rule)!);
  expect(type).toMatchObject({ isChoice: true, byHand: expect.any(String) });
  // What the name says is offered first.
  expect(type!.fixes[0]).toBe('Add "type": "boolean"');
  expect(not!.fixes).toEqual(['Say not in the description instead']);
  const edits = fixOne(text, OPTIONS, { ...not!, fix: 0 });
  expect(JSON.parse(withEdits(text, edits))).toMatchObject({
    properties: { b: { type: 'string', description: 'Does not fit the schema {"const":"x"}.' } },
  });
});

test('objects that may hold anything are a choice, of which none is taken unasked', () => {
  const source = {
    type: 'object',
    properties: { meta: { type: ['object', 'null'], additionalProperties: true } },
    required: ['meta'],
    additionalProperties: false,
  };
  const text = JSON.stringify(source);
  expect(fixAll(text, OPTIONS)).toEqual({ edits: [], count: 0 });
  const finding = lintSchema(text, OPTIONS).findings.find(({ rule }) => rule === 'S05')!;
  expect(finding.isChoice).toBe(true);
  const made = finding.fixes.map((_, fix) => {
    const fixed = withEdits(text, fixOne(text, OPTIONS, { ...finding, fix }));
    return (JSON.parse(fixed) as { properties: { meta: object } }).properties.meta;
  });
  expect(made).toEqual([
    {
      type: ['array', 'null'],
      items: {
        type: 'object',
        properties: {
          key: { type: 'string' },
          value: { type: 'string', description: 'The value, as JSON text.' },
        },
        required: ['key', 'value'],
        additionalProperties: false,
      },
    },
    { type: ['string', 'null'], description: 'An object, as JSON text.' },
    { type: ['object', 'null'], additionalProperties: false },
  ]);
});

test('a function without parameters takes none', () => {
  const { edits } = fixAll('{"type":"object"}', { ...OPTIONS, use: 'function' });
  expect(JSON.parse(withEdits('{"type":"object"}', edits))).toEqual({
    type: 'object',
    additionalProperties: false,
  });
});

test('a map by patterns becomes pairs, and null stays null', () => {
  const inA = (a: object) => ({
    type: 'object',
    properties: { a },
    required: ['a'],
    additionalProperties: false,
  });
  const fixed = (a: object) => {
    const text = JSON.stringify(inA(a));
    return JSON.parse(withEdits(text, fixAll(text, OPTIONS).edits)) as unknown;
  };
  const number = { type: 'number' };
  expect(
    fixed({ type: 'object', patternProperties: { '^x': number }, additionalProperties: false }),
  ).toEqual(
    inA({
      type: 'array',
      items: {
        type: 'object',
        properties: { key: { type: 'string', pattern: '^x' }, value: number },
        required: ['key', 'value'],
        additionalProperties: false,
      },
    }),
  );
  expect(fixed({ type: 'string', nullable: true })).toEqual(inA({ type: ['string', 'null'] }));
  expect(fixed({ anyOf: [{ type: 'string' }, number], nullable: true })).toEqual(
    inA({ anyOf: [{ type: 'string' }, number, { type: 'null' }] }),
  );
  expect(fixed({ const: 'x', nullable: true })).toEqual(
    inA({ anyOf: [{ const: 'x' }, { type: 'null' }] }),
  );
  expect(fixed({ type: 'string', nullable: false })).toEqual(inA({ type: 'string' }));
});

test('too many enum values: the largest are named, and may be given up', () => {
  const list = (count: number) => Array.from({ length: count }, (_, at) => `v${at}`);
  const text = JSON.stringify({
    type: 'object',
    properties: { a: { enum: list(400) }, b: { type: 'string', enum: list(700) } },
    required: ['a', 'b'],
    additionalProperties: false,
  });
  const finding = lintSchema(text, OPTIONS).findings.find(({ rule }) => rule === 'S18')!;
  expect(finding).toMatchObject({
    message: expect.stringContaining('Most are in `b` (700), `a` (400).'),
    server:
      "Invalid schema for response_format 'output': Expected at most 1000 enum values in total within a single schema when using structured outputs, but received 1100. Consider reducing the number of enums, or use 'strict: false' to opt out of structured outputs.",
    fixes: ['Let b be any string', 'Let a be any string'],
  });
  const fixed = withEdits(text, fixOne(text, OPTIONS, { ...finding, fix: 1 }));
  expect(JSON.parse(fixed)).toMatchObject({
    properties: { a: { type: 'string', description: expect.stringContaining('One of ["v0",') } },
  });
  expect(lintSchema(fixed, OPTIONS).findings.map(({ rule }) => rule)).not.toContain('S18');
});

test('what is nested too deep may become a definition', () => {
  let schema: object = { type: 'string' };
  for (let depth = 11; depth > 0; depth--)
    schema = {
      type: 'object',
      properties: { [`p${depth}`]: schema },
      required: [`p${depth}`],
      additionalProperties: false,
    };
  const text = JSON.stringify(schema);
  const finding = lintSchema(text, OPTIONS).findings.find(({ rule }) => rule === 'S16')!;
  expect(finding.server).toContain('11 levels of nesting exceeds limit of 10.');
  const fixed = withEdits(text, fixOne(text, OPTIONS, { ...finding, fix: 0 }));
  const { findings } = lintSchema(fixed, OPTIONS);
  expect(findings.map(({ severity }) => severity)).not.toContain('error');
  expect((JSON.parse(fixed) as { $defs: object }).$defs).toMatchObject({ p10: { type: 'object' } });
});

test('edits touch nothing but what they change', () => {
  const text = `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
      "big": {"type":"number", "minimum": 12345678901234567890 },
    "list": { "type": "array", "items": { "type": "object", "properties": {} } }
  },
  "required": ["name"]
}
`;
  expect(withEdits(text, fixAll(text, OPTIONS).edits)).toBe(
    `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
      "big": {"type":["number", "null"], "minimum": 12345678901234567890 },
    "list": { "type": ["array", "null"], "items": { "type": "object", "properties": {}, "additionalProperties": false } }
  },
  "required": ["name", "big", "list"],
  "additionalProperties": false
}
`,
  );
});

test('what moves keeps its layout at its new margin', () => {
  const text = '{\n  "type": "array",\n  "items": {\n    "type": "string"\n  }\n}\n';
  expect(withEdits(text, fixAll(text, OPTIONS).edits)).toBe(`{
  "type": "object",
  "properties": {
    "result": {
      "type": "array",
      "items": {
        "type": "string"
      }
    }
  },
  "required": [
    "result"
  ],
  "additionalProperties": false
}
`);
});

test('a compact text stays compact', () => {
  const text = '{"type":"object","properties":{"a":{"type":"string","title":"A"}}}';
  expect(withEdits(text, fixAll(text, OPTIONS).edits)).toBe(
    '{"type":"object","properties":{"a":{"type":["string","null"]}},"required":["a"],"additionalProperties":false}',
  );
});

test('a quick fix for what is no longer there does nothing', () => {
  expect(fixOne('{}', OPTIONS, { rule: 'S05', pointer: '', start: 0, end: 1, fix: 0 })).toEqual([]);
  expect(fixOne('{"', OPTIONS, { rule: 'S05', pointer: '', start: 0, end: 1, fix: 0 })).toEqual([]);
});

/** Schemas that a server answered in a recording as strict: text formats and function tools. */
function acceptedSchemas(): Map<string, string> {
  const folder = new URL('../testing/recordings/', import.meta.url);
  const found = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:sse|jsonl)$/.test(name)) continue;
    for (const line of readFileSync(new URL(name, folder), 'utf8').split('\n')) {
      if (!line.includes('"strict"')) continue;
      try {
        JSON.parse(line.replace(/^data: ?/, ''), (_key, value: Record<string, unknown> | null) => {
          const strict = value?.strict === true ? (value.schema ?? value.parameters) : null;
          if (strict) found.set(JSON.stringify(strict), name);
          return value;
        });
      } catch {
        // Recordings of damage are no JSON.
      }
    }
  }
  return found;
}

test('schemas that servers took as strict have no errors', () => {
  const schemas = acceptedSchemas();
  expect(schemas.size).toBeGreaterThanOrEqual(7);
  for (const [text, name] of schemas) {
    const errors = lintSchema(text, OPTIONS).findings.filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors, name).toEqual([]);
  }
});

test('a schema nested as deep as JSON is read does not overflow', () => {
  const text = '{"items":'.repeat(900) + '{}' + '}'.repeat(900);
  expect(lintSchema(text, OPTIONS).findings.length).toBeGreaterThan(900);
});
