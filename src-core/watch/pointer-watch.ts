import type { JsonValue } from '../json.ts';
import type { Snapshots } from '../snapshot/snapshots.ts';
import { isSame } from './same-value.ts';
import { relationOf, valueAtKeys, type WatchedValue } from './watched-value.ts';

/** A place in the response, named by the keys of a JSON pointer. */
export class PointerWatch implements WatchedValue {
  readonly #snapshots: Snapshots;
  readonly #keys: readonly string[];

  constructor(snapshots: Snapshots, keys: readonly string[]) {
    this.#snapshots = snapshots;
    this.#keys = keys;
  }

  valueAt(seq: number): JsonValue | undefined {
    return valueAtKeys(this.#snapshots.at(seq) ?? undefined, this.#keys);
  }

  changesAt(seq: number): boolean {
    const places = this.#snapshots.placesExtendedAt(seq);
    for (const path of places ?? []) {
      const relation = relationOf(this.#keys, path);
      if (relation === 'at-or-above') return true;
      // Within a list that became longer there may be a value now.
      if (relation === 'below' && path[path.length - 1] === 'logprobs')
        return !isSame(this.valueAt(seq - 1), this.valueAt(seq));
    }
    return places === null && !isSame(this.valueAt(seq - 1), this.valueAt(seq));
  }
}
