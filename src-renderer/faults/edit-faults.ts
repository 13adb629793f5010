import { checkedFault } from '../../src-core/faults/checked-faults.ts';
import { kindOf, type Parameter } from '../../src-core/faults/fault-kinds.ts';
import type { Fault, FaultName } from '../../src-core/faults/fault-list.ts';

/** A new step of a kind: every parameter that needs a value has one. */
export function newFault(kind: FaultName): Fault {
  const values = Object.entries<Parameter>(kindOf(kind).parameters).flatMap(
    ([name, { initial, fallback }]) => {
      const value = initial ?? fallback;
      return value === undefined ? [] : [[name, value]];
    },
  );
  return { kind, ...Object.fromEntries(values) } as Fault;
}

/** A step with another value; undefined leaves it out. */
export function withValue(fault: Fault, name: string, value: unknown): Fault {
  const rest: Record<string, unknown> = { ...fault };
  if (value === undefined) delete rest[name];
  else rest[name] = value;
  return rest as unknown as Fault;
}

/**
 * What was typed as the value of a parameter: numbers become numbers, and nothing is left out.
 * @returns the fault with it, or what is wrong with it
 */
export function withTyped(
  fault: Fault,
  name: string,
  parameter: Pick<Parameter, 'type'> | null,
  typed: string,
): { fault: Fault } | { wrong: string } {
  const text = parameter?.type.is === 'text' ? typed : typed.trim();
  const isNumber = parameter?.type.is !== 'text' && /^-?\d+(\.\d+)?$/.test(text);
  const value = text === '' ? undefined : isNumber ? Number(text) : text;
  const changed = withValue(fault, name, value);
  const error = checkedFault(changed).find(({ path }) => path[0] === name);
  return error ? { wrong: error.message } : { fault: changed };
}

/** The list with a step in another place. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), list[from]!, ...rest.slice(to)];
}

/** A step in a few words after its title: "3..4, 2000 ms". */
export function valuesOf(fault: Fault): string {
  const { parameters } = kindOf(fault.kind);
  const given = fault as unknown as Record<string, unknown>;
  return Object.entries<Parameter>(parameters)
    .flatMap(([name, { type, fallback }]) => {
      const value = given[name];
      if (value === undefined || (value === fallback && type.is !== 'event')) return [];
      if (type.is === 'whole')
        return [value === type.word ? type.word : `${String(value)} ${type.unit}`];
      return [String(value)];
    })
    .map((one) => one.trim())
    .join(', ');
}

/** When a step happens, in words; empty for always. */
export function whenOf({ chance, onRequests, off }: Fault): string {
  if (off) return 'off';
  const parts = [
    chance === undefined ? '' : `${Math.round(chance * 100)}%`,
    onRequests === undefined ? '' : `request ${onRequests}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** The list with another step in a place. */
export function replaced<Item>(list: readonly Item[], at: number, item: Item): Item[] {
  return list.map((one, index) => (index === at ? item : one));
}

/** Words of the catalogue as they are shown: there code stands between backticks. */
export function shownWords(words: string): string {
  return words.replaceAll('`', '');
}
