import { diffJson, type JsonDifference } from '../../src-core/diff-json.ts';
import { DocumentWatch } from '../../src-core/watch/document-watch.ts';
import { parseWatch, type WatchFault } from '../../src-core/watch/expression.ts';
import { LaneTextWatch } from '../../src-core/watch/lane-watch.ts';
import { PointerWatch } from '../../src-core/watch/pointer-watch.ts';
import { QueryWatch } from '../../src-core/watch/query-watch.ts';
import type { WatchedValue } from '../../src-core/watch/watched-value.ts';
import { escapeKey, unescapeKey } from '../../src-core/growing/pointer.ts';
import type { JsonValue } from '../../src-core/json.ts';
import type { Watch } from '../../src-ipc/contract.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import { EventSearch } from './event-search.svelte.ts';
import { RecentMap } from './recent-map.ts';
import type { SearchTurns } from './search-turns.ts';
import type { WatchList } from './watch-list.svelte.ts';

/** Places of a change that are told of one by one; the rest are counted. */
const MOST_PLACES = 3;

/** A watch as it stands to the open capture: its value, and the events that change it. */
export class WatchSearch {
  readonly expression: string;
  /** The events that change the value. */
  readonly search: EventSearch;
  #value = $state.raw<WatchedValue | null>(null);
  #error = $state.raw<WatchFault | null>(null);
  /** Of a JSONPath. */
  #query: { readonly failure: string | null; readonly isSingular: boolean } | null = null;
  #changes = new RecentMap<number, JsonDifference>(200);

  constructor(view: CaptureView, expression: string, turns?: SearchTurns) {
    this.expression = expression;
    this.search = new EventSearch(view, turns);
    const parsed = parseWatch(expression);
    if (!parsed.ok) {
      this.#error = parsed.error;
      return;
    }
    const watched = parsed.expression;
    if (watched.kind === 'query') void this.#readQuery(view, watched.query);
    else if (watched.kind === 'pointer')
      this.#begin(new PointerWatch(view.snapshots, watched.keys));
    else if (watched.keys === null) this.#begin(new LaneTextWatch(view.index, watched.place));
    else
      this.#begin(
        new DocumentWatch(
          view,
          watched.place,
          watched.keys.map((key) => `/${escapeKey(key)}`).join(''),
        ),
      );
  }

  /** The package that reads JSONPath comes when the first one is watched. */
  async #readQuery(view: CaptureView, query: string): Promise<void> {
    const { compileQuery } = await import('../watch/path-query.ts');
    const compiled = compileQuery(query, this.expression.indexOf('$'));
    if (!compiled.ok) {
      this.#error = compiled.error;
      return;
    }
    this.#query = compiled.query;
    this.#begin(new QueryWatch(view.snapshots, compiled.query), true);
  }

  #begin(value: WatchedValue, isSlow = false): void {
    this.#value = value;
    if (this.#isStopped) return;
    const test = (seq: number) => value.changesAt(seq);
    this.search.start(Object.assign(test, { isSlow }));
  }
  #isStopped = false;

  /** Why the expression can't be read. */
  get error(): WatchFault | null {
    return this.#error;
  }
  /** Whether the expression is still being read. */
  get isReading(): boolean {
    return this.#value === null && this.#error === null;
  }
  /** Why there was no value when it was last asked for, where that says more than that there is none. */
  get failure(): string | null {
    return this.#query?.failure ?? null;
  }

  valueAt(seq: number): JsonValue | undefined {
    return seq < 0 ? undefined : this.#value?.valueAt(seq);
  }

  /** What an event did to the value, place by place. */
  changesAt(seq: number): JsonDifference {
    return this.#changes.get(seq, () => {
      const [before, after] = [this.valueAt(seq - 1), this.valueAt(seq)];
      if (!this.#query || this.#query.isSingular) return diffJson(before, after, MOST_PLACES);
      // An object by pointers, which stand for the places themselves.
      const { changes, count } = diffJson(before ?? {}, after ?? {}, MOST_PLACES);
      const placed = changes.map((change) => {
        const [, key = '', ...rest] = change.pointer.split('/');
        return { ...change, pointer: [unescapeKey(key), ...rest].join('/') };
      });
      return { changes: placed, count };
    });
  }

  extend(): void {
    this.search.extend();
  }
  stop(): void {
    this.#isStopped = true;
    this.search.stop();
  }
}

/** The watches of the person on an open capture. */
export class Watches {
  readonly #view: CaptureView;
  readonly #list: WatchList;
  readonly #turns: SearchTurns | undefined;
  #entries = $state.raw<ReadonlyMap<string, WatchSearch>>(new Map());
  /** The same, without depending on it. */
  #known: ReadonlyMap<string, WatchSearch> = new Map();

  constructor(view: CaptureView, list: WatchList, turns?: SearchTurns) {
    this.#view = view;
    this.#turns = turns;
    this.#list = list;
  }

  /** Takes over the list as it is now, and searches what has come in since. For an effect to call. */
  update(): void {
    const { all } = this.#list;
    const isKnown = ({ id, expression }: Watch) => this.#known.get(id)?.expression === expression;
    if (all.length !== this.#known.size || !all.every(isKnown)) this.#takeOver(all);
    for (const watch of this.#known.values()) watch.extend();
  }

  #takeOver(all: readonly Watch[]): void {
    const before = this.#known;
    this.#known = new Map(
      all.map(({ id, expression }) => {
        const kept = before.get(id);
        return [
          id,
          kept?.expression === expression
            ? kept
            : new WatchSearch(this.#view, expression, this.#turns),
        ];
      }),
    );
    for (const [id, watch] of before) if (this.#known.get(id) !== watch) watch.stop();
    this.#entries = this.#known;
  }

  /** A watch by its id; undefined until the next update after it was added. */
  of(id: string): WatchSearch | undefined {
    return this.#entries.get(id);
  }

  /** The nearest event before (-1) or after (1) another one that changes a watched value. */
  beside(seq: number, direction: -1 | 1): number | null {
    const found = [...this.#entries.values()]
      .map(({ search }) => (direction > 0 ? search.next(seq) : search.previous(seq)))
      .filter((one) => one !== null);
    if (found.length === 0) return null;
    return direction > 0 ? Math.min(...found) : Math.max(...found);
  }

  stop(): void {
    for (const watch of this.#known.values()) watch.stop();
  }
}
