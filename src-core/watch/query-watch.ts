import { escapeKey } from '../growing/pointer.ts';
import type { JsonValue } from '../json.ts';
import type { Snapshots } from '../snapshot/snapshots.ts';
import { isSame } from './same-value.ts';
import { relationOf, type WatchedValue } from './watched-value.ts';

/** A value that a query selected, and where it stands. */
export interface Selected {
  path: readonly (string | number)[];
  value: JsonValue;
}

/** A compiled JSONPath query. What reads the language is a package, so it is handed in. */
export interface PathQuery {
  /** In the order that the query defines. */
  select(root: JsonValue): readonly Selected[];
  /** Whether it can select one value at most, whatever the document. */
  isSingular: boolean;
  /** Whether what it selects depends on values (a filter selector), not on the structure alone. */
  readsValues: boolean;
}

/**
 * What a JSONPath query selects in the response. The value of a singular query is the value itself,
 * else an object of the values by their JSON pointers. A query that reads no values selects the same
 * places until the structure changes; one that does has to be asked at every event.
 */
export class QueryWatch implements WatchedValue {
  readonly #snapshots: Snapshots;
  readonly #query: PathQuery;
  #last: { seq: number; selected: readonly Selected[] } | null = null;

  constructor(snapshots: Snapshots, query: PathQuery) {
    this.#snapshots = snapshots;
    this.#query = query;
  }

  valueAt(seq: number): JsonValue | undefined {
    const selected = this.#selectedAt(seq);
    if (this.#query.isSingular) return selected[0]?.value;
    if (selected.length === 0) return undefined;
    return Object.fromEntries(selected.map(({ path, value }) => [pointerOf(path), value]));
  }

  changesAt(seq: number): boolean {
    const places = this.#snapshots.placesExtendedAt(seq);
    if (places?.length === 0) return false;
    const before = this.#last?.seq === seq - 1 ? this.#last.selected : this.#selectedAt(seq - 1);
    if (places && !this.#query.readsValues && !places.some(isList)) {
      // The same places, so what was selected before is still where this event may have written.
      this.#last = { seq, selected: before };
      return before.some(({ path }) =>
        places.some((place) => relationOf(path, place) === 'at-or-above'),
      );
    }
    const selected = this.#selectedAt(seq);
    this.#last = { seq, selected };
    // What was kept from an earlier event has its texts as they were then.
    const fresh = this.#query.readsValues ? before : this.#selectedAt(seq - 1);
    return !areSame(fresh, selected);
  }

  #selectedAt(seq: number): readonly Selected[] {
    const root = this.#snapshots.at(seq);
    return root ? this.#query.select(root) : [];
  }
}

/** Not a text but a list of log probabilities: there are more places in it now. */
function isList(path: readonly (string | number)[]): boolean {
  return path[path.length - 1] === 'logprobs';
}

function areSame(before: readonly Selected[], after: readonly Selected[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ path, value }, at) => {
      const other = after[at]!;
      const samePlace =
        path.length === other.path.length && relationOf(path, other.path) !== 'apart';
      return samePlace && isSame(value, other.value);
    })
  );
}

function pointerOf(path: readonly (string | number)[]): string {
  return path.map((key) => `/${escapeKey(String(key))}`).join('');
}
