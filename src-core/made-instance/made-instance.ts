import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { pickOf, seeded, wholeOf } from '../seeded.ts';
import { Heights } from './heights.ts';
import { plausible } from './plausible.ts';
import { countOf, joined, listOf, membersOf, namesOf, referred, typesOf } from './schema-node.ts';

/** Makes a value of what is no object, array, union or reference: patterns, formats, limits. */
export type MakeLeaf = (schema: JsonObject, seed: number) => JsonValue;

/** Why no instance can be made. */
export class NoInstance extends Error {}

/** How often a definition may be within itself, and values in all, before the shortest way out is taken. */
const DEEPEST = 3;
const MOST_VALUES = 400;
/** Values that even the shortest way may take. */
const LIMIT = 20_000;

/** Keywords that say of a value as a whole what no part of it tells: a generator has to see them. */
const WHOLE = [
  'not',
  'if',
  'patternProperties',
  'dependentRequired',
  'dependentSchemas',
  'contains',
];

/**
 * An instance of a schema, its keys in the schema's order (rule S27). Structure is made here, so that
 * recursion ends and references are followed; strings and numbers by `leaf`. It promises nothing: a
 * validator has to judge what was made.
 * @param seed the same one gives the same instance
 * @throws NoInstance where recursion never ends, or there can't be any
 */
export function madeInstance(root: JsonValue, seed: number, leaf: MakeLeaf): JsonValue {
  const heights = new Heights(root);
  if (heights.of(root) === Infinity)
    throw new NoInstance('Its recursion never ends: no value can be whole.');
  return new Maker(root, seed, leaf, heights).make(root, 'value', new Map(), false);
}

class Maker {
  readonly #root: JsonValue;
  readonly #random: () => number;
  readonly #leaf: MakeLeaf;
  readonly #heights: Heights;
  #values = 0;

  constructor(root: JsonValue, seed: number, leaf: MakeLeaf, heights: Heights) {
    this.#root = root;
    this.#random = seeded(seed);
    this.#leaf = leaf;
    this.#heights = heights;
  }

  /**
   * @param name of the property that it is for
   * @param within how often each referred schema is around it
   * @param isLean the shortest way out is wanted
   */
  make(
    schema: JsonValue | undefined,
    name: string,
    within: ReadonlyMap<JsonValue, number>,
    isLean: boolean,
  ): JsonValue {
    if (++this.#values > LIMIT) throw new NoInstance(`It takes more than ${LIMIT} values.`);
    if (schema === false) throw new NoInstance('It has to have a value that nothing fits.');
    if (!isObject(schema)) return this.#any(name);
    let lean = isLean || this.#values > MOST_VALUES;
    if (schema.const !== undefined) return schema.const;
    if (Array.isArray(schema.enum)) return this.#oneOf(schema);
    if (schema.$ref !== undefined) {
      const { $ref, ...beside } = schema;
      const target = referred(this.#root, $ref);
      if (target === undefined) throw new NoInstance(`${JSON.stringify($ref)} leads nowhere.`);
      const depth = (within.get(target) ?? 0) + 1;
      lean ||= depth >= DEEPEST;
      const plain = Object.keys(beside).every((key) => key === 'description' || key === 'title');
      const next = plain || !isObject(target) ? target : joined(target, beside);
      return this.make(next, name, new Map(within).set(target, depth), lean);
    }
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      if (!Array.isArray(schema[keyword])) continue;
      const { [keyword]: branches, ...beside } = schema;
      return this.#branch(beside, branches as JsonValue[], name, within, lean);
    }
    if (Array.isArray(schema.allOf)) {
      const { allOf, ...beside } = schema;
      const parts = allOf.map((one) => this.#resolved(one)).filter(isObject);
      return this.make([...parts, beside].reduce(joined), name, within, lean);
    }
    if (WHOLE.some((keyword) => schema[keyword] !== undefined)) return this.#byGenerator(schema);
    return this.#ofType(schema, name, within, lean);
  }

  #ofType(
    schema: JsonObject,
    name: string,
    within: ReadonlyMap<JsonValue, number>,
    isLean: boolean,
  ): JsonValue {
    const types = typesOf(schema);
    const flat = types.filter((type) => type !== 'object' && type !== 'array');
    // A value that may be null mostly is not: nulls show little.
    const solid = types.filter((type) => type !== 'null');
    const isNull = solid.length < types.length && (solid.length === 0 || this.#random() < 0.2);
    const from = isLean && flat.length > 0 ? flat : solid;
    const type = isNull || (isLean && types.includes('null')) ? 'null' : pickOf(this.#random, from);
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return this.#random() < 0.5;
      case 'object':
        return this.#object(schema, within, isLean);
      case 'array':
        return this.#array(schema, name, within, isLean);
    }
    const own = { ...schema, type };
    return plausible(own, type, name, this.#random) ?? this.#leaf(own, this.#seed());
  }

  #object(schema: JsonObject, within: ReadonlyMap<JsonValue, number>, isLean: boolean): JsonValue {
    const required = new Set(namesOf(schema.required));
    const made: [string, JsonValue][] = [];
    for (const [key, own] of membersOf(schema.properties)) {
      const isWanted = required.delete(key);
      const isPossible = this.#heights.of(own) < Infinity;
      if (!isWanted && (isLean || !isPossible || this.#random() < 0.3)) continue;
      made.push([key, this.make(own, key, within, isLean)]);
    }
    const more = schema.additionalProperties;
    for (const key of required) made.push([key, this.make(more, key, within, isLean)]);
    if (isObject(more) && !isLean)
      for (const key of ['first', 'second'])
        if (!made.some(([one]) => one === key))
          made.push([key, this.make(more, key, within, true)]);
    return Object.fromEntries(made);
  }

  #array(
    schema: JsonObject,
    name: string,
    within: ReadonlyMap<JsonValue, number>,
    isLean: boolean,
  ): JsonValue {
    const prefix = listOf(schema.prefixItems);
    const least = countOf(schema.minItems, 0);
    const most = Math.floor(typeof schema.maxItems === 'number' ? schema.maxItems : Infinity);
    const isPossible = this.#heights.of(schema.items) < Infinity;
    const wanted = isLean || !isPossible ? least : Math.max(least, wholeOf(this.#random, 1, 3));
    const count = Math.min(most, schema.items === false ? prefix.length : wanted);
    // `tags` holds a tag.
    const single = name.replace(/ies$/, 'y').replace(/s$/, '');
    const made: JsonValue[] = [];
    const seen = new Set<string>();
    // Values that must differ may come out equal by chance.
    for (let turn = 0; made.length < count && turn < count * 4 + 16; turn++) {
      const value = this.make(prefix[made.length] ?? schema.items, single, within, isLean);
      const text = JSON.stringify(value);
      if (schema.uniqueItems === true && seen.has(text)) continue;
      seen.add(text);
      made.push(value);
    }
    return made;
  }

  /** A branch of a union: any that comes to an end, the flattest where that is wanted. */
  #branch(
    beside: JsonObject,
    branches: readonly JsonValue[],
    name: string,
    within: ReadonlyMap<JsonValue, number>,
    isLean: boolean,
  ): JsonValue {
    const heights = branches.map((one) => this.#heights.of(one));
    const lowest = Math.min(...heights);
    if (lowest === Infinity) throw new NoInstance('None of its alternatives comes to an end.');
    const most = isLean ? lowest : Number.MAX_VALUE;
    let open = branches.filter((_, at) => heights[at]! <= most);
    const solid = open.filter((one) => !isObject(one) || one.type !== 'null');
    if (!isLean && solid.length > 0 && this.#random() < 0.8) open = solid;
    const branch = pickOf(this.#random, open);
    const { description: _, title: __, ...rest } = beside;
    if (Object.keys(rest).length === 0) return this.make(branch, name, within, isLean);
    const own = this.#resolved(branch);
    return this.make(isObject(own) ? joined(rest, own) : rest, name, within, isLean);
  }

  #oneOf(schema: JsonObject): JsonValue {
    const list = listOf(schema.enum);
    if (list.length === 0) throw new NoInstance('It has to be one of no values.');
    const types = schema.type === undefined ? null : typesOf(schema);
    const fitting = list.filter((value) => types === null || types.includes(typeName(value)));
    return pickOf(this.#random, fitting.length > 0 ? fitting : list);
  }

  #any(name: string): JsonValue {
    return plausible({}, 'string', name, this.#random)!;
  }

  #byGenerator(schema: JsonObject): JsonValue {
    const root = isObject(this.#root) ? this.#root : {};
    const { $defs = {}, definitions = {} } = root;
    return this.#leaf({ ...schema, $defs, definitions }, this.#seed());
  }

  #resolved(schema: JsonValue): JsonValue {
    for (let at = schema, left = 50; left > 0; left--) {
      if (!isObject(at) || at.$ref === undefined) return at;
      at = referred(this.#root, at.$ref) ?? {};
    }
    return {};
  }

  #seed(): number {
    return Math.floor(this.#random() * 0x7fff_ffff);
  }
}

function typeName(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}
