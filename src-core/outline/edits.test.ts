import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { type TextEdit, withEdits } from '../strict-schema/tree-text.ts';
import { extractDefinition } from './definition-edits.ts';
import { setDescription } from './keyword-edits.ts';
import { renameSchema } from './name-edits.ts';
import { moveSchema } from './order-edits.ts';
import { outlineOf } from './outline.ts';
import { addProperty, removeSchema } from './property-edits.ts';
import type { OutlineRow } from './row.ts';
import type { Edited } from './schema-spot.ts';
import * as plain from './testing/plain-edits.ts';
import { setNullable } from './type-edits.ts';

const STRICT = { isStrict: true };

const name = fc.constantFrom('a', 'b', 'name', 'x/y~z', 'ü "q"', 'type', 'properties', 'required');
const reference = fc.constantFrom(
  '#',
  '#/$defs/a',
  '#/$defs/b',
  '#/properties/a',
  '#/properties/a/items',
);
const words = fc.constantFrom('', 'Said', 'x "y" {', 'ü\n');

/** Schemas in which all that the edits meet is there, in any mixture. */
const { schema } = fc.letrec<{ schema: unknown; object: unknown }>((tie) => ({
  object: fc
    .tuple(
      fc.uniqueArray(fc.tuple(name, tie('schema')), { maxLength: 4, selector: ([key]) => key }),
      fc.array(fc.nat(9), { maxLength: 4 }),
      fc.boolean(),
    )
    .map(([entries, picks, isInOrder]) => {
      const keys = entries.map(([key]) => key);
      const picked = [...new Set(picks.flatMap((at) => keys[at] ?? []))];
      return {
        type: 'object',
        properties: Object.fromEntries(entries),
        required: isInOrder ? keys.filter((key) => picked.includes(key)) : picked,
        additionalProperties: false,
      };
    }),
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record(
      { type: fc.constantFrom('string', 'integer', 'boolean'), description: words },
      { requiredKeys: ['type'] },
    ),
    fc.constant({ type: 'string', enum: ['x', 'y'] }),
    fc.record({ $ref: reference }),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    tie('object'),
  ),
}));
const root = fc
  .tuple(
    fc.uniqueArray(fc.tuple(name, schema), { maxLength: 4, selector: ([key]) => key }),
    fc.uniqueArray(fc.tuple(name, schema), { maxLength: 3, selector: ([key]) => key }),
  )
  .map(([properties, definitions]): JsonObject => {
    const own = {
      type: 'object',
      properties: Object.fromEntries(properties) as JsonObject,
      required: properties.map(([key]) => key),
      additionalProperties: false,
    };
    return definitions.length > 0
      ? { ...own, $defs: Object.fromEntries(definitions) as JsonObject }
      : own;
  });

/** JSON laid out as nobody would: white space from a list, round and round, and escapes in strings. */
function print(value: JsonValue, spaces: readonly string[]): string {
  let at = 0;
  const space = () => spaces[at++ % spaces.length]!;
  const string = (text: string) => JSON.stringify(text).replaceAll('a', '\\u0061');
  const write = (part: JsonValue): string => {
    if (typeof part === 'string') return string(part);
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const [open, close] = Array.isArray(part) ? '[]' : '{}';
    const parts = Array.isArray(part)
      ? part.map((item) => space() + write(item))
      : Object.entries(part).map(
          ([key, member]) => `${space()}${string(key)}${space()}:${space()}${write(member!)}`,
        );
    return open + parts.join(`${space()},`) + space() + close;
  };
  return space() + write(value) + space();
}
const spaces = fc.array(fc.constantFrom('', ' ', '\n', '\n    ', '\t'), {
  minLength: 1,
  maxLength: 7,
});
const text = fc.tuple(
  root,
  fc.oneof(
    spaces.map((list) => (value: JsonValue) => print(value, list)),
    fc
      .constantFrom(0, 2, '\t')
      .map((space) => (value: JsonValue) => JSON.stringify(value, null, space)),
  ),
);

function editsIn(edited: Edited): TextEdit[] {
  if ('refusal' in edited) throw new Error(edited.refusal);
  return edited.edits;
}
function rowsOf(source: string): readonly OutlineRow[] {
  const { outline, fault } = outlineOf(source);
  if (!outline) throw new Error(fault.message);
  return outline.rows;
}
const isWithin = (pointer: string, around: string) =>
  pointer === around || pointer.startsWith(`${around}/`);

/** Every schema that an edit is not about has the very characters that it had. */
function expectUntouched(before: string, after: string, touched: string, other?: string): void {
  const then = new Map(rowsOf(after).map((row) => [row.pointer, row]));
  for (const row of rowsOf(before)) {
    const { pointer } = row;
    if (isWithin(touched, pointer) || isWithin(pointer, touched) || pointer === '/$defs') continue;
    const own = before.slice(row.valueStart, row.end);
    const now = then.get(pointer);
    expect(now, pointer).toBeDefined();
    if (other !== undefined && own.includes(other)) continue;
    expect(after.slice(now!.valueStart, now!.end)).toBe(own);
  }
}

/** A property that holds for any schema, any layout and any of the rows that an edit is for. */
function forRows(
  isMeant: (row: OutlineRow) => boolean,
  check: (source: string, value: JsonValue, row: OutlineRow, number: number) => void,
): void {
  fc.assert(
    fc.property(text, fc.nat(1000), fc.nat(5), ([value, layout], pick, number) => {
      const source = layout(value);
      const rows = rowsOf(source).filter(isMeant);
      if (rows.length === 0) return;
      check(source, JSON.parse(source) as JsonValue, rows[pick % rows.length]!, number);
    }),
    { numRuns: 300 },
  );
}
/** As text, so that the order of keys counts. */
function expectSame(after: string, expected: JsonValue): void {
  expect(JSON.stringify(JSON.parse(after))).toBe(JSON.stringify(expected));
}
const isNamed = ({ kind }: OutlineRow) => kind === 'property' || kind === 'definition';

test('a property is added', () => {
  forRows(
    ({ type }) => type === 'object',
    (source, value, { pointer }, at) => {
      const edits = editsIn(addProperty(source, pointer, { name: 'new', at }, STRICT));
      const after = withEdits(source, edits);
      expectSame(after, plain.add(value, pointer, 'new', at));
      expectUntouched(source, after, `${pointer}/properties/new`);
    },
  );
});

test('a property or definition is removed', () => {
  forRows(isNamed, (source, value, { pointer }) => {
    const after = withEdits(source, editsIn(removeSchema(source, pointer, STRICT)));
    expectSame(after, plain.remove(value, pointer));
    expectUntouched(source, after, pointer);
  });
});

test('a property or definition is renamed, and all that refers to it follows', () => {
  forRows(isNamed, (source, value, { pointer }) => {
    const after = withEdits(source, editsIn(renameSchema(source, pointer, 'new')));
    expectSame(after, plain.rename(value, pointer, 'new'));
    expectUntouched(source, after, pointer, '$ref');
  });
});

test('a property or definition is moved, and required goes with it', () => {
  forRows(isNamed, (source, value, { pointer }, to) => {
    const after = withEdits(source, editsIn(moveSchema(source, pointer, to)));
    expectSame(after, plain.move(value, pointer, to));
    expectUntouched(source, after, pointer);
  });
});

test('a description is written', () => {
  forRows(
    ({ kind, type }) => kind !== 'definitions' && type !== 'reference',
    (source, value, { pointer }) => {
      const after = withEdits(
        source,
        editsIn(setDescription(source, pointer, 'New "one".', STRICT)),
      );
      expectSame(after, plain.describe(value, pointer, 'New "one".'));
      expectUntouched(source, after, pointer);
    },
  );
});

test('null is allowed, and no longer', () => {
  forRows(
    ({ kind }) => kind !== 'definitions' && kind !== 'root',
    (source, value, { pointer }) => {
      const after = withEdits(source, editsIn(setNullable(source, pointer, true)));
      expectSame(after, plain.makeNullable(value, pointer));
      expectUntouched(source, after, pointer);
      const row = rowsOf(after).find((one) => one.pointer === pointer)!;
      expect(row.isNullable).toBe(true);
      expectSame(withEdits(after, editsIn(setNullable(after, pointer, false))), value);
    },
  );
});

test('a schema becomes a definition', () => {
  forRows(
    ({ kind, type }) => (kind === 'property' || kind === 'items') && type !== 'reference',
    (source, value, { pointer }) => {
      const after = withEdits(source, editsIn(extractDefinition(source, pointer, 'new')));
      expectSame(after, plain.extract(value, pointer, 'new'));
      expectUntouched(source, after, pointer, '$ref');
    },
  );
});
