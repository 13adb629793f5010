import type { JsonValue } from '../json.ts';
import { hasFormat } from './format.ts';
import type { Identities } from './identity.ts';
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
  for (const allowed of values) if (!(allowed.types & type)) return allowed.fault;
  return null;
}

/** The beginning of a text that is too long for a message. */
export function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Whether a value that is no container is among those that are allowed. */
export function judgeScalar({ values }: Plan, value: JsonValue): Judged {
  return values.find((allowed) => !allowed.hasScalar(value))?.fault ?? 'fine';
}

/** Whether a container is: its number is what the identities have for it. */
export function judgeContainer({ values }: Plan, identities: Identities, number: number): Judged {
  for (const allowed of values) {
    const isAmong = allowed.hasContainer(identities, number);
    if (!isAmong) return isAmong === null ? null : allowed.fault;
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
