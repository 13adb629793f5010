import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { parseChoice } from './choice.ts';
import { FAULT_NAMES, kindOf, type Parameter } from './fault-kinds.ts';
import type { FaultName } from './fault-list.ts';
import { nearestOf } from './nearest.ts';

/** Something in a list that can't be applied: where it stands, and what is allowed there. */
export interface FaultError {
  /** Keys and indexes from the list's root. `isKey`: it is the last key itself that is wrong. */
  path: (string | number)[];
  isKey: boolean;
  message: string;
}

/** The most steps of a list. */
export const MOST_FAULTS = 200;
/** The most errors of a list that are told. */
const MOST_ERRORS = 100;
/** Characters of the name of a list. */
export const MOST_NAME = 200;
export const MOST_SEED = 2_147_483_647;
const LIST_KEYS = ['version', 'name', 'seed', 'faults'];
const STEP_KEYS = ['kind', 'chance', 'onRequests', 'off'];

/** Everything that is wrong with a value as a list of faults; [] where it is one. */
export function checkedFaults(list: JsonObject): FaultError[] {
  const errors: FaultError[] = [];
  const tell = (path: (string | number)[], message: string, isKey = false) =>
    errors.push({ path, isKey, message });
  for (const key of Object.keys(list)) {
    if (!LIST_KEYS.includes(key)) tell([key], unknownKey(key, LIST_KEYS), true);
  }
  if (list.version !== 1)
    tell(['version'], `"version" is 1: this version of the program reads no other.`);
  const { name, seed, faults } = list;
  if (typeof name !== 'string' || name.length > MOST_NAME)
    tell(['name'], `"name" is a text of at most ${MOST_NAME} characters.`);
  if (!isWhole(seed, 0, MOST_SEED))
    tell(['seed'], `"seed" is a whole number from 0 to ${MOST_SEED}.`);
  if (!Array.isArray(faults)) tell(['faults'], '"faults" is a list of steps.');
  else if (faults.length > MOST_FAULTS)
    tell(['faults'], `"faults" has ${faults.length} steps; at most ${MOST_FAULTS} are allowed.`);
  else {
    for (const [at, fault] of faults.entries()) {
      if (errors.length >= MOST_ERRORS) break;
      for (const { path, message, isKey } of checkedFault(fault))
        tell(['faults', at, ...path], message, isKey);
    }
  }
  return errors;
}

/** Everything that is wrong with one step; paths begin at it. */
export function checkedFault(fault: unknown): FaultError[] {
  const errors: FaultError[] = [];
  const tell = (path: string[], message: string, isKey = false) =>
    errors.push({ path, isKey, message });
  if (!isObject(fault)) {
    tell([], 'A step is an object with a "kind".');
    return errors;
  }
  const { kind } = fault;
  if (typeof kind !== 'string' || !isName(kind)) {
    const said = typeof kind === 'string' ? `There is no kind "${kind}"` : 'A step has a "kind"';
    const near = typeof kind === 'string' ? nearestOf(kind, FAULT_NAMES) : null;
    const hint =
      near === null ? `the kinds are ${FAULT_NAMES.join(', ')}` : `do you mean "${near}"?`;
    tell(['kind'], `${said}: ${hint}`);
    return errors;
  }
  const parameters: Readonly<Record<string, Parameter>> = kindOf(kind).parameters;
  const names = Object.keys(parameters);
  for (const key of Object.keys(fault)) {
    if (!names.includes(key) && !STEP_KEYS.includes(key))
      tell([key], unknownKey(key, [...names, ...STEP_KEYS], kind), true);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    const wrong = checkedValue(name, parameter, fault[name]);
    if (wrong !== null) tell([name], wrong);
  }
  const { chance, onRequests, off } = fault;
  if (chance !== undefined && !(typeof chance === 'number' && chance >= 0 && chance <= 1))
    tell(['chance'], '"chance" is a number from 0 to 1.');
  if (onRequests !== undefined) {
    const isChoice = typeof onRequests === 'string' || typeof onRequests === 'number';
    const terms = isChoice ? parseChoice(onRequests, false) : 'write 1, 1..2 or 3..';
    if (typeof terms === 'string') tell(['onRequests'], `"onRequests": ${terms}.`);
  }
  if (off !== undefined && typeof off !== 'boolean') tell(['off'], '"off" is true or false.');
  return errors;
}

/** What is wrong with the value of a parameter, null where nothing is. */
export function checkedValue(
  name: string,
  { type, fallback, optional }: Parameter,
  value: JsonValue | undefined,
): string | null {
  if (value === undefined) {
    const isNeeded = fallback === undefined && !optional;
    return isNeeded ? `"${name}" is missing: ${allowed(type)}.` : null;
  }
  switch (type.is) {
    case 'event':
    case 'events': {
      if (typeof value !== 'number' && typeof value !== 'string')
        return `"${name}" is ${allowed(type)}.`;
      const terms = parseChoice(value);
      return typeof terms === 'string' ? `"${name}": ${terms}.` : null;
    }
    case 'whole':
      if (value === type.word && type.word !== undefined) return null;
      return isWhole(value, type.least, type.most) ? null : `"${name}" is ${allowed(type)}.`;
    case 'choice':
      return type.of.some((one) => one === value) ? null : `"${name}" is ${allowed(type)}.`;
    case 'text': {
      const pattern = type.of === 'line' ? NO_CONTROL : HEADER_NAME;
      const fits = typeof value === 'string' && value.length <= type.most && pattern.test(value);
      return fits ? null : `"${name}" is ${allowed(type)}.`;
    }
  }
}

// eslint-disable-next-line no-control-regex -- what would end a header or a line
const NO_CONTROL = /^[^\x00-\x08\x0a-\x1f\x7f]*$/;
/** A token of RFC 9110. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What a parameter may be, in words. */
export function allowed(type: Parameter['type']): string {
  switch (type.is) {
    case 'event':
      return 'an event: 3, last, 50% or type:NAME';
    case 'events':
      return 'events: 3, 3..7, 5.., last, 50% or type:*.delta';
    case 'whole': {
      const unit = type.unit === '' ? '' : ` ${type.unit}`;
      const range = `a whole number from ${type.least} to ${type.most}${unit}`;
      return type.word === undefined ? range : `${range}, or "${type.word}"`;
    }
    case 'choice':
      return `one of ${type.of.map((one) => JSON.stringify(one)).join(', ')}`;
    case 'text':
      return type.of === 'line'
        ? `a text of at most ${type.most} characters on one line`
        : 'the name of a header';
  }
}

function unknownKey(key: string, known: readonly string[], kind?: string): string {
  const near = nearestOf(key, known);
  const what = kind === undefined ? 'A list' : `"${kind}"`;
  const hint = near === null ? `it has ${known.join(', ')}` : `do you mean "${near}"?`;
  return `${what} has no "${key}": ${hint}`;
}

export function isName(kind: string): kind is FaultName {
  return (FAULT_NAMES as string[]).includes(kind);
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
