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
  /** Null where neither is better, or it can't be said: see `differenceOf`. */
  isBetter: boolean | null;
}

/** Below this many percent, times and rates differ from run to run: neither is better. */
const NOISE_PERCENT = 1;

/** A row for each fact that at least one capture has. */
export function tableOf(captures: readonly CaptureFacts[]): FactRow[] {
  const rows: FactRow[] = [];
  for (const fact of Object.keys(FACTS) as FactName[]) {
    const values = captures.map((capture) => capture.values[fact]);
    if (values.every((value) => value === null)) continue;
    const { group, label, unit, better } = FACTS[fact];
    const [first = null, ...others] = values;
    const differences = others.map((value, at) => {
      const judged = areComparable(captures[0]!, captures[at + 1]!) ? better : null;
      return differenceOf(first, value, unit, judged);
    });
    rows.push({ fact, group, label, unit, values, differences });
  }
  return rows;
}

/** Whether one can be better than the other: what was cut or failed is done early, which is no merit. */
export function areComparable(a: CaptureFacts, b: CaptureFacts): boolean {
  return a.values.status === 'completed' && b.values.status === 'completed';
}

/** @param better which way is better, null where nothing is to be said of it */
function differenceOf(
  first: FactValue,
  value: FactValue,
  unit: FactUnit,
  better: 'less' | 'more' | null,
): FactDifference | null {
  if (first === null || value === null || first === value) return null;
  if (typeof first !== 'number' || typeof value !== 'number')
    return { delta: null, percent: null, isBetter: null };
  const delta = value - first;
  const percent = first === 0 ? null : (delta * 100) / first;
  const isNoise =
    (unit === 'us' || unit === 'rate') && percent !== null && Math.abs(percent) < NOISE_PERCENT;
  const isBetter = better === null || isNoise ? null : delta < 0 === (better === 'less');
  return { delta, percent, isBetter };
}
