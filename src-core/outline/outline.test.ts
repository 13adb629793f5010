import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlineOf } from './outline.ts';
import type { Outline, OutlineRow } from './row.ts';

function outline(schema: unknown): Outline {
  const made = outlineOf(JSON.stringify(schema, null, 2));
  if (!made.outline) throw new Error(made.fault.message);
  return made.outline;
}
/** Rows as lines: what a person reads, indented by depth. */
const lines = ({ rows }: Outline) =>
  rows.slice(1).map((row) => {
    const marks = [
      row.label,
      row.isNullable ? 'or null' : '',
      row.isRequired === null ? '' : row.isRequired ? 'required' : 'optional',
      row.facts.join(', '),
      row.values ? JSON.stringify(row.values) : '',
      row.reference?.isRecursive ? 'recursive' : '',
      row.description,
    ];
    return `${'  '.repeat(row.depth)}${row.name}: ${marks.filter(Boolean).join(' · ')}`;
  });

test('properties in order, with type, null, required, bounds, values and description', () => {
  const made = outline({
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Full name' },
      age: { type: ['integer', 'null'], minimum: 0, maximum: 150 },
      at: { type: 'string', format: 'date-time' },
      mood: { type: ['string', 'null'], enum: ['good', 'bad', null] },
      kind: { const: 'person' },
      size: { type: ['string', 'integer'] },
      tags: { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' }, minItems: 1 },
      anything: {},
    },
    required: ['name', 'age'],
  });
  expect(lines(made)).toEqual([
    'name: string · required · Full name',
    'age: integer · or null · required · 0–150',
    'at: string · optional · date-time',
    'mood: enum · or null · optional · ["good","bad"]',
    'kind: const · optional · ["person"]',
    'size: string | integer · optional',
    'tags: array of string · optional · ≥ 1 items',
    '  each item: string · /^[a-z]+$/',
    'anything: any · optional',
  ]);
});

test('definitions have rows of their own, and a circle of references says so', () => {
  const made = outline({
    $defs: {
      Node: {
        type: 'object',
        properties: {
          value: { $ref: '#/$defs/Leaf' },
          next: { anyOf: [{ $ref: '#/$defs/Node' }, { type: 'null' }] },
          twin: { $ref: '#/$defs/Twin' },
        },
      },
      Twin: { type: 'object', properties: { node: { $ref: '#/$defs/Node' } } },
      Leaf: { type: 'string' },
    },
    type: 'object',
    properties: {
      list: { $ref: '#/$defs/Node' },
      whole: { type: 'array', items: { $ref: '#' } },
      lost: { $ref: '#/$defs/Nothing' },
    },
  });
  expect(lines(made)).toEqual([
    'list: Node · optional',
    'whole: array of the root · optional',
    '  each item: the root · recursive',
    'lost: Nothing · optional',
    'Definitions: ',
    '  Node: object',
    '    value: Leaf · optional',
    '    next: Node · or null · optional · recursive',
    '    twin: Twin · optional · recursive',
    '  Twin: object',
    '    node: Node · optional · recursive',
    '  Leaf: string',
  ]);
  expect(made.at('/properties/list')!.reference!.target).toBe('/$defs/Node');
  expect(made.at('/properties/lost')!.reference!.target).toBeNull();
  // By its own pointer, and by that of the branch that is not null.
  expect(made.at('/$defs/Node/properties/next/anyOf/0')).toBe(
    made.at('/$defs/Node/properties/next'),
  );
});

test('unions, tuples and maps; what has no rows is named', () => {
  const made = outline({
    anyOf: [
      { type: 'object', properties: { kind: { const: 'circle' }, radius: { type: 'number' } } },
      { title: 'A square', type: 'object' },
      { type: 'array', prefixItems: [{ type: 'string' }, true] },
      { type: 'object', additionalProperties: { type: 'integer' }, patternProperties: {} },
    ],
  });
  expect(lines(made)).toEqual([
    'kind: circle: object',
    '  kind: const · optional · ["circle"]',
    '  radius: number · optional',
    'A square: object',
    '3: array',
    '  item 1: string',
    '  item 2: any',
    '4: object',
    '  other keys: integer',
  ]);
  expect(made.at('/anyOf/3')!.hidden).toEqual(['patternProperties']);
  expect(made.rows[0]).toMatchObject({ kind: 'root', type: 'union', depth: -1 });
});

test('of equal keys the last counts', () => {
  const text = '{"properties":{"a":{"type":"string"},"b":{},"a":{"type":"integer"}}}';
  expect(lines(outlineOf(text).outline!)).toEqual(['b: any · optional', 'a: integer · optional']);
});

test('a row is found by any offset within it', () => {
  const schema = {
    $defs: { D: { type: 'string' } },
    type: 'object',
    properties: { a: { type: 'object', properties: { b: { $ref: '#/$defs/D' } } }, c: {} },
    required: ['a'],
  };
  fc.assert(
    fc.property(fc.constantFrom(0, 2), (space) => {
      const text = JSON.stringify(schema, null, space);
      const made = outlineOf(text).outline!;
      for (let offset = 0; offset <= text.length; offset++) {
        // Of all that have it within them, the shortest.
        const around = made.rows.filter(({ start, end }) => start <= offset && offset <= end);
        const least = Math.min(...around.map(({ start, end }) => end - start));
        const found = made.rowAt(offset);
        if (around.length > 0) expect(found.end - found.start, `${offset}`).toBe(least);
        else expect(found.kind).toBe('root');
      }
    }),
  );
});

test('what is no schema has rows as far as it looks like one', () => {
  for (const schema of [null, 5, 'x', [], true, { properties: [] }, { items: [{}] }, { enum: 5 }])
    expect(lines(outline(schema))).toEqual([]);
  expect(lines(outline({ properties: { a: 5, b: false } }))).toEqual([
    'a: any · optional',
    'b: nothing · optional',
  ]);
  expect(outlineOf('{"a":').fault).toMatchObject({ line: 1, column: 6 });
});

test('nesting as deep as JSON is read does not overflow', () => {
  const text = '{"type":"array","items":'.repeat(900) + '{}' + '}'.repeat(900);
  expect(outlineOf(text).outline!.rows).toHaveLength(901);
});

test('rows know what is in them', () => {
  const made = outline({ properties: { a: { properties: { b: {}, c: {} } }, d: {} } });
  const names = (rows: number[]) => rows.map((at) => made.rows[at]!.name);
  const root = made.rows[0] as OutlineRow;
  expect(names(made.childrenOf(root))).toEqual(['a', 'd']);
  expect(names(made.childrenOf(made.rows[1]!))).toEqual(['b', 'c']);
  expect(made.at('/properties/d')).toMatchObject({ place: 1, siblings: 2 });
});
