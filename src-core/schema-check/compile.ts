import { keysOfPointer, escapeKey } from '../growing/pointer.ts';
import { isObject, type JsonObject, type JsonValue, jsonText } from '../json.ts';
import { AllowedValues } from './allowed-values.ts';
import { isKnownFormat } from './format.ts';
import { guardedPattern } from './pattern.ts';
import {
  ANY_TYPE,
  emptyPlan,
  type Group,
  NUMBER_KEYWORDS,
  type NumberKeyword,
  type Plan,
  Type,
} from './plan.ts';

/** Schemas in one schema: more are silent. */
const MOST_PLANS = 20_000;
const DEEPEST = 500;

/** Keywords that say nothing of whether a value is valid. */
const ANNOTATIONS = new Set(
  '$schema $comment $defs definitions title description default examples example deprecated readOnly writeOnly'.split(
    ' ',
  ),
);

/** Keywords with a reading of their own in `compile`; others make a plan silent. */
const KNOWN = new Set(
  'type nullable enum const minLength maxLength pattern format properties required additionalProperties minProperties maxProperties items prefixItems minItems maxItems uniqueItems $ref allOf anyOf oneOf not if then else'
    .split(' ')
    .concat(NUMBER_KEYWORDS),
);

/** Makes a plan of a schema (JSON Schema, draft 2020-12). Never throws: what can't be read is silent. */
export function planOf(schema: JsonValue): Plan {
  return new Compiler(schema).plan(schema, '#', 0);
}

class Compiler {
  readonly #root: JsonValue;
  /** Each schema once, so that references may lead back. */
  readonly #plans = new Map<JsonObject, Plan>();
  /** Before 2020-12, `$ref` had no keywords beside it. */
  readonly #isOther: boolean;

  constructor(root: JsonValue) {
    this.#root = root;
    const draft = isObject(root) ? root.$schema : undefined;
    this.#isOther =
      draft !== undefined && !(typeof draft === 'string' && draft.includes('2020-12'));
  }

  plan(schema: JsonValue | undefined, path: string, depth: number): Plan {
    if (typeof schema === 'boolean') return { ...emptyPlan(path), always: schema, never: !schema };
    if (!isObject(schema)) return silent(path, 'This is no schema.');
    const known = this.#plans.get(schema);
    if (known) return known;
    if (this.#plans.size >= MOST_PLANS || depth > DEEPEST)
      return silent(path, 'The schema is too large or too deep.');
    const plan = emptyPlan(path);
    this.#plans.set(schema, plan);
    this.#fill(plan, schema, path, depth + 1);
    return plan;
  }

  #fill(plan: Plan, schema: JsonObject, path: string, depth: number): void {
    const fail = (reason: string) => (plan.silence ||= reason);
    const keys = Object.keys(schema);
    for (const key of keys)
      if (
        !KNOWN.has(key) &&
        !ANNOTATIONS.has(key) &&
        !key.startsWith('x-') &&
        !(key === '$id' && depth === 1)
      )
        fail(`The keyword ${key} is not checked while it streams.`);
    if (this.#isOther && '$ref' in schema && keys.length > 1)
      fail('Keywords beside $ref have another meaning in this draft.');
    const list = (key: string): Plan[] => {
      const value = schema[key];
      if (value === undefined) return [];
      if (!Array.isArray(value)) {
        fail(`${key} is no list.`);
        return [];
      }
      return value.map((one, at) => this.plan(one, `${path}/${key}/${at}`, depth));
    };
    const one = (key: string): Plan | null => {
      const value = schema[key];
      return value === undefined ? null : this.plan(value, `${path}/${key}`, depth);
    };
    const limit = (key: string, none: number): number => {
      const value = schema[key];
      if (value === undefined) return none;
      if (typeof value === 'number' && value >= 0 && Number.isInteger(value)) return value;
      fail(`${key} is no whole number.`);
      return none;
    };

    readTypes(plan, schema, fail);
    const values: AllowedValues[] = [];
    if (Array.isArray(schema.enum)) values.push(new AllowedValues('enum', schema.enum));
    else if (schema.enum !== undefined) fail('enum is no list.');
    if (schema.const !== undefined) values.push(new AllowedValues('const', [schema.const]));
    plan.values = values;

    const numbers: [NumberKeyword, number][] = [];
    for (const keyword of NUMBER_KEYWORDS) {
      const value = schema[keyword];
      if (typeof value === 'number' && (keyword !== 'multipleOf' || value > 0))
        numbers.push([keyword, value]);
      else if (value !== undefined) fail(`${keyword} is no number that can be used.`);
    }
    plan.numbers = numbers;
    plan.minLength = limit('minLength', 0);
    plan.maxLength = limit('maxLength', Infinity);
    if (typeof schema.pattern === 'string') plan.pattern = guardedPattern(schema.pattern);
    if (schema.pattern !== undefined && !plan.pattern) fail('pattern is no regular expression.');
    if (typeof schema.format === 'string' && isKnownFormat(schema.format))
      plan.format = schema.format;
    else if (schema.format !== undefined)
      fail(`The format ${shown(schema.format)} is not checked while it streams.`);

    if (isObject(schema.properties)) {
      const members = Object.entries(schema.properties);
      plan.properties = new Map(
        members.map(([key, value]) => [
          key,
          this.plan(value, `${path}/properties/${escapeKey(key)}`, depth),
        ]),
      );
    } else if (schema.properties !== undefined) fail('properties is no object.');
    // With patterns of keys, which are additional is not known.
    if (schema.patternProperties === undefined) plan.additional = one('additionalProperties');
    if (Array.isArray(schema.required))
      plan.required = schema.required.filter((key) => typeof key === 'string');
    else if (schema.required !== undefined) fail('required is no list.');
    plan.minProperties = limit('minProperties', 0);
    plan.maxProperties = limit('maxProperties', Infinity);

    plan.prefix = list('prefixItems');
    if (Array.isArray(schema.items)) fail('items is a list, as in earlier drafts.');
    else plan.items = one('items');
    plan.minItems = limit('minItems', 0);
    plan.maxItems = limit('maxItems', Infinity);
    plan.unique = schema.uniqueItems === true;

    const all = list('allOf');
    if (schema.$ref !== undefined) all.unshift(this.#referred(schema.$ref, path, depth));
    plan.all = all;
    const groups: Group[] = [];
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const plans = list(keyword);
      if (plans.length > 0) groups.push({ keyword, path: `${path}/${keyword}`, plans });
    }
    const negated = one('not');
    if (negated) groups.push({ keyword: 'not', path: `${path}/not`, plans: [negated] });
    const condition = one('if');
    if (condition) {
      const always = (key: string) => one(key) ?? this.plan(true, `${path}/${key}`, depth);
      groups.push({
        keyword: 'if',
        path: `${path}/if`,
        plans: [condition, always('then'), always('else')],
      });
    }
    plan.groups = groups;
  }

  /** The schema that a reference within the document names. Others are never fetched. */
  #referred(reference: JsonValue, path: string, depth: number): Plan {
    const own = `${path}/$ref`;
    if (typeof reference !== 'string' || !reference.startsWith('#'))
      return silent(own, 'Only references within the schema are followed.');
    let pointer: string;
    try {
      pointer = decodeURIComponent(reference.slice(1));
    } catch {
      return silent(own, `The reference ${reference} leads nowhere.`);
    }
    let at: JsonValue | undefined = this.#root;
    for (const key of keysOfPointer(pointer) ?? ['']) {
      if (isObject(at) && at !== this.#root && at.$id !== undefined)
        return silent(own, 'The reference leads into a schema with an $id.');
      const holder: JsonObject | JsonValue[] | null = isObject(at) || Array.isArray(at) ? at : null;
      at = holder && Object.hasOwn(holder, key) ? (holder as JsonObject)[key] : undefined;
    }
    if (at === undefined) return silent(own, `The reference ${reference} leads nowhere.`);
    return this.plan(at, `#${pointer}`, depth);
  }
}

function silent(path: string, reason: string): Plan {
  return { ...emptyPlan(path), silence: reason };
}

function shown(value: JsonValue): string {
  return jsonText(value) ?? 'A value that is nested too deeply';
}

function readTypes(plan: Plan, schema: JsonObject, fail: (reason: string) => void): void {
  if (schema.type === undefined) {
    if (schema.nullable !== undefined) fail('nullable needs a type beside it.');
    return;
  }
  const names = Array.isArray(schema.type) ? schema.type : [schema.type];
  let types = 0;
  for (const name of names) {
    if (name === 'integer') types |= Type.number;
    else if (typeof name === 'string' && Object.hasOwn(Type, name))
      types |= Type[name as keyof typeof Type];
    else {
      fail(`${shown(name)} is no type.`);
      types = ANY_TYPE;
    }
  }
  // Of OpenAPI, and widely used: the validator of the whole document knows it as well.
  if (schema.nullable === true) types |= Type.null;
  plan.types = types;
  plan.integers = names.includes('integer') && !names.includes('number');
}
