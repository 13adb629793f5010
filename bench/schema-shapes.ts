import type { JsonValue } from '../src-core/json.ts';

/** A schema and a text of about 1 MB that together are hard on whoever compares values. */
export interface Shape {
  name: string;
  schema: JsonValue;
  text: string;
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `category number ${at}`);

function enumOfMany(): Shape {
  const list = names(250);
  const items = Array.from({ length: 28_000 }, (_, at) => ({ kind: list[at % list.length]! }));
  return {
    name: '28,000 strings, each one of 250',
    schema: { items: { properties: { kind: { enum: list } } } },
    text: JSON.stringify(items),
  };
}

function oneLongString(): Shape {
  return {
    name: 'a string of 1 MB, not one of 1,000',
    schema: { enum: names(1000) },
    text: JSON.stringify(`category ${'x'.repeat(1_000_000)}`),
  };
}

function enumOfObjects(): Shape {
  const list = names(50).map((name) => ({ name, tags: names(400) }));
  return {
    name: 'objects of 8 KB, each one of 50',
    schema: { items: { enum: list } },
    text: JSON.stringify(Array.from({ length: 120 }, (_, at) => list[at % list.length]!)),
  };
}

/** Each level asks for unique elements, and each closes over all that is below it. */
function nestedUnique(): Shape {
  const depth = 400;
  let text = JSON.stringify(names(40_000));
  for (let level = 0; level < depth; level++) text = `[${level},${text}]`;
  return {
    name: `unique elements, ${depth} arrays deep`,
    schema: { uniqueItems: true, items: { $ref: '#' } },
    text,
  };
}

export const SHAPES: readonly (() => Shape)[] = [
  enumOfMany,
  oneLongString,
  enumOfObjects,
  nestedUnique,
];
