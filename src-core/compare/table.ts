import { type CaptureFacts, type FactName, FACTS, type FactUnit, type FactValue } from './facts.ts';

/** One fact of several captures, the first being what the others are compared with. */
export interface FactRow {
  fact: FactName;
  group: string;
  label: string;
  unit: FactUnit;
  values: FactValue[];
  /** How each of the others differs from the first: null where it does not, or one of them is not known. */
  differences: (FactDifference | null)[];
}

export interface FactDifference {
  /** Null where the values are words. */
  delta: number | null;
  /** Of the first value; null where that is 0. */
  percent: number | null;
  /** Null where neither is better. */
  isBetter: boolean | null;
}

/** A row for each fact that at least one capture has. */
export function tableOf(captures: readonly CaptureFacts[]): FactRow[] {
  const rows: FactRow[] = [];
  for (const fact of Object.keys(FACTS) as FactName[]) {
    const values = captures.map((capture) => capture.values[fact]);
    if (values.every((value) => value === null)) continue;
    const { group, label, unit, better } = FACTS[fact];
    const [first = null, ...others] = values;
    const differences = others.map((value) => differenceOf(first, value, better));
    rows.push({ fact, group, label, unit, values, differences });
  }
  return rows;
}

function differenceOf(
  first: FactValue,
  value: FactValue,
  better: 'less' | 'more' | null,
): FactDifference | null {
  if (first === null || value === null || first === value) return null;
  if (typeof first !== 'number' || typeof value !== 'number')
    return { delta: null, percent: null, isBetter: null };
  const delta = value - first;
  const percent = first === 0 ? null : (delta * 100) / first;
  return { delta, percent, isBetter: better === null ? null : delta < 0 === (better === 'less') };
}
