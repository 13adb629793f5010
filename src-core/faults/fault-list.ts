/** What is broken on purpose in a recording, as steps that are applied one after the other: `docs/faults.md`. */
export interface FaultList {
  version: 1;
  name: string;
  /** Of everything in it that is left to chance. */
  seed: number;
  faults: readonly Fault[];
}

/** One step. What else it has is said by its kind. */
export interface Fault {
  kind: string;
  /** From 0 to 1, in how many requests it happens; left out: in all. */
  chance?: number;
}

/** The most steps of a list. */
export const MOST_FAULTS = 200;

/** Whether a value that came from outside is a list that can be applied. */
export function isFaultList(value: unknown): value is FaultList {
  if (typeof value !== 'object' || value === null) return false;
  const { version, name, seed, faults } = value as Record<string, unknown>;
  return (
    version === 1 &&
    typeof name === 'string' &&
    typeof seed === 'number' &&
    Array.isArray(faults) &&
    faults.length <= MOST_FAULTS
  );
}
