import type { JsonValue } from '../json.ts';
import { areEqual, sizeOf } from './equality.ts';
import { hasFormat } from './format.ts';
import { charactersOf } from './open-string.ts';
import { ANY_TYPE, type NumberKeyword, type Plan, Type } from './plan.ts';

/** What is wrong with a value by one keyword, in words that follow its pointer. */
export interface Fault {
  keyword: string;
  message: string;
}

/** Null: it can't be told. */
export type Judged = Fault | 'fine' | null;

const NAMES = Object.keys(Type) as (keyof typeof Type)[];

/** Types in words: `string or null`. */
export function typeNames(types: number, integers: boolean): string {
  return NAMES.filter((name) => types & Type[name])
    .map((name) => (name === 'number' && integers ? 'integer' : name))
    .join(' or ');
}

/** Whether a value can be valid by its type alone, which its first character tells. */
export function judgeType({ types, integers, values }: Plan, type: number): Fault | null {
  if (types !== ANY_TYPE && !(types & type))
    return {
      keyword: 'type',
      message: `must be ${typeNames(types, integers)}, is ${typeNames(type, false)}`,
    };
  for (const { keyword, list } of values)
    if (!list.some((value) => sameType(value, type))) return valueFault(keyword, list);
  return null;
}

function sameType(value: JsonValue, type: number): boolean {
  if (value === null) return type === Type.null;
  if (Array.isArray(value)) return type === Type.array;
  return type === Type[typeof value as 'boolean' | 'number' | 'string' | 'object'];
}

const SHOWN = 5;
export function valueFault(keyword: 'enum' | 'const', list: readonly JsonValue[]): Fault {
  const shown = list.slice(0, SHOWN).map((value) => cut(JSON.stringify(value)));
  if (list.length > SHOWN) shown.push(`${list.length - SHOWN} others`);
  if (keyword === 'const') return { keyword, message: `must be ${shown[0]}` };
  return { keyword, message: `must be one of ${shown.join(', ')}` };
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/**
 * Whether a value is among those that are allowed.
 * @param valueOf makes the value, which is done only where it may be one of them
 * @param size of a container, -1 of a scalar
 */
export function judgeValues({ values }: Plan, size: number, valueOf: () => JsonValue): Judged {
  for (const { keyword, list } of values) {
    let isSure = true;
    const isAmong = list.some((allowed) => {
      if (sizeOf(allowed) !== size) return false;
      const same = areEqual(allowed, valueOf());
      if (same === null) isSure = false;
      return same === true;
    });
    if (!isAmong) return isSure ? valueFault(keyword, list) : null;
  }
  return 'fine';
}

/** What is wrong with a number, in the arithmetic of doubles. */
export function judgeNumber({ integers, numbers }: Plan, value: number): Judged[] {
  const judged: Judged[] = numbers.map(([keyword, limit]) => judgeLimit(keyword, limit, value));
  if (integers && value % 1 !== 0 && Number.isFinite(value))
    judged.push({ keyword: 'type', message: 'must be integer, is number' });
  // What is beyond a double would be a number without an end.
  if (!Number.isFinite(value)) judged.push(null);
  return judged;
}

function judgeLimit(keyword: NumberKeyword, limit: number, value: number): Judged {
  const fault = (words: string): Judged => ({ keyword, message: `must be ${words} ${limit}` });
  switch (keyword) {
    case 'minimum':
      return value >= limit ? 'fine' : fault('at least');
    case 'maximum':
      return value <= limit ? 'fine' : fault('at most');
    case 'exclusiveMinimum':
      return value > limit ? 'fine' : fault('more than');
    case 'exclusiveMaximum':
      return value < limit ? 'fine' : fault('less than');
    case 'multipleOf': {
      const times = value / limit;
      // Larger quotients are whole for want of digits, and validators disagree about them.
      if (Math.abs(times) >= 1e15) return null;
      return Number.isInteger(times) ? 'fine' : fault('a multiple of');
    }
  }
}

/** What is wrong with a string that is whole. */
export function judgeString(
  { minLength, maxLength, pattern, format }: Plan,
  value: string,
): Judged[] {
  const judged: Judged[] = [];
  if (minLength > 0 || maxLength < Infinity) {
    const length = charactersOf(value);
    if (length < minLength)
      judged.push({
        keyword: 'minLength',
        message: `must have at least ${minLength} characters, has ${length}`,
      });
    if (length > maxLength) judged.push({ keyword: 'maxLength', message: tooLong(maxLength) });
  }
  if (pattern)
    judged.push(verdict(pattern.test(value), 'pattern', `must match ${cut(pattern.source)}`));
  if (format) judged.push(verdict(hasFormat(format, value), 'format', `must be a ${format}`));
  return judged;
}

function verdict(holds: boolean | null, keyword: string, message: string): Judged {
  return holds === null ? null : holds ? 'fine' : { keyword, message };
}

export function tooLong(maxLength: number): string {
  return `must have at most ${maxLength} characters`;
}
