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
  'https://example.com/schema',
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
      expect(left.findings.filter(({ fixes }) => fixes.length > 0)).toEqual([]);
      expect(fixAll(fixed, { target })).toEqual({ edits: [], count: 0 });
    }),
    { numRuns: 400 },
  );
});

test('every quick fix takes its finding away', () => {
  fc.assert(
    fc.property(schema, layout, (value, space) => {
      const text = JSON.stringify(value, null, space);
      const { findings } = lintSchema(text, OPTIONS);
      for (const { rule, pointer, message, start, end, fixes } of findings)
        for (const fix of fixes.keys()) {
          const edits = fixOne(text, OPTIONS, { rule, start, end, fix });
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
    { numRuns: 60 },
  );
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
  expect(fixOne('{}', OPTIONS, { rule: 'S05', start: 0, end: 1, fix: 0 })).toEqual([]);
  expect(fixOne('{"', OPTIONS, { rule: 'S05', start: 0, end: 1, fix: 0 })).toEqual([]);
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
