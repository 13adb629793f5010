import type { JsonValue } from '../json.ts';
import type { AllowedValues } from './allowed-values.ts';
import type { GuardedPattern } from './pattern.ts';

/** Types of values as bits, so that "one of these" is a number. */
export const Type = { null: 1, boolean: 2, number: 4, string: 8, array: 16, object: 32 } as const;
export const ANY_TYPE = 63;

/** Subschemas of which some have to hold, and the keyword that says so. */
export interface Group {
  keyword: 'anyOf' | 'oneOf' | 'not' | 'if';
  path: string;
  /** Of `if`: the condition, `then`, `else`. */
  plans: readonly Plan[];
}

/** A schema made ready for checking: each keyword where it is needed. Plans of recursion are cyclic. */
export interface Plan {
  /** Where it stands in the schema: `#/properties/age`. */
  path: string;
  /** The schema `false`, and `true` or what says as little. */
  never: boolean;
  always: boolean;
  /** Why nothing that it allows can be called valid; '' where all of its keywords are known. */
  silence: string;
  /** The types that `type` allows. */
  types: number;
  /** Of the numbers only whole ones. */
  integers: boolean;
  /** `enum` and `const`. */
  values: readonly AllowedValues[];
  /** Keywords of numbers that it has, with their limits. */
  numbers: readonly [keyword: NumberKeyword, limit: number][];
  minLength: number;
  maxLength: number;
  pattern: GuardedPattern | null;
  format: string;
  properties: ReadonlyMap<string, Plan>;
  /** What holds for other members; null where nothing does, or nothing is known. */
  additional: Plan | null;
  required: readonly string[];
  minProperties: number;
  maxProperties: number;
  /** What holds for the first elements, each its own, and for those after them. */
  prefix: readonly Plan[];
  items: Plan | null;
  minItems: number;
  maxItems: number;
  unique: boolean;
  /** Schemas that hold for the same value: `$ref` and `allOf`. */
  all: readonly Plan[];
  groups: readonly Group[];
}

export const NUMBER_KEYWORDS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const;
export type NumberKeyword = (typeof NUMBER_KEYWORDS)[number];

/** A plan that allows everything. */
export function emptyPlan(path: string): Plan {
  return {
    path,
    never: false,
    always: false,
    silence: '',
    types: ANY_TYPE,
    integers: false,
    values: [],
    numbers: [],
    minLength: 0,
    maxLength: Infinity,
    pattern: null,
    format: '',
    properties: new Map(),
    additional: null,
    required: [],
    minProperties: 0,
    maxProperties: Infinity,
    prefix: [],
    items: null,
    minItems: 0,
    maxItems: Infinity,
    unique: false,
    all: [],
    groups: [],
  };
}

export function typeOf(value: JsonValue): number {
  if (value === null) return Type.null;
  if (Array.isArray(value)) return Type.array;
  return Type[typeof value as 'boolean' | 'number' | 'string' | 'object'];
}
