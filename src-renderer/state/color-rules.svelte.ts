import { type EventTest, type Filter, parseFilter } from '../../src-core/filter/filter.ts';
import type { FilterError } from '../../src-core/filter/syntax.ts';
import type { ColorRule, Workspace } from '../../src-ipc/contract.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { fits, isShortEnough, newId } from './workspace.svelte.ts';

export type RuleColor = ColorRule['color'];

interface Store {
  readonly values: Pick<Workspace, 'colorRules'>;
  set(patch: Pick<Workspace, 'colorRules'>): void;
}

/** A rule with what its query says; an empty or unreadable one applies to nothing. */
interface ReadRule {
  rule: ColorRule;
  filter: Filter | null;
  error: FilterError | null;
}

/** A row can't wait until all that was written before it is searched. */
function readRule(rule: ColorRule): ReadRule {
  const parsed = parseFilter(rule.query);
  if (!parsed.ok) return { rule, filter: null, error: parsed.error };
  const { filter } = parsed;
  if (!filter?.reads.has('texts')) return { rule, filter, error: null };
  const message =
    'lane~/…/ takes too long for colours; look for a text in quotes, lane~"…", or in text~/…/';
  return {
    rule,
    filter: null,
    error: { message, start: 0, end: rule.query.length, unfinished: false },
  };
}

/**
 * The rules that colour events: the first one that is enabled and whose query an event passes gives
 * its colour. An event is tested when it is asked for, which is when it shows.
 */
export class ColorRules {
  readonly #store: Store;
  readonly #notices: Pick<Notices, 'add'>;
  readonly #tests = new WeakMap<CaptureView, { read: readonly ReadRule[]; tests: EventTest[] }>();

  constructor(store: Store, notices: Pick<Notices, 'add'>) {
    this.#store = store;
    this.#notices = notices;
  }

  get list(): readonly ColorRule[] {
    return this.#store.values.colorRules;
  }

  readonly #read: readonly ReadRule[] = $derived.by(() => this.list.map(readRule));
  readonly #active: readonly ReadRule[] = $derived(
    this.#read.filter(({ rule, filter }) => rule.enabled && filter !== null),
  );

  /** What is wrong with the query of a rule. */
  errorOf(id: string): FilterError | null {
    return this.#read.find(({ rule }) => rule.id === id)?.error ?? null;
  }

  /** The rule that colours an event. Reactive: an effect runs again when that may have changed. */
  ruleOf(view: CaptureView, seq: number): ColorRule | null {
    const active = this.#active;
    if (active.length === 0) return null;
    const tests = this.#testsOf(view, active);
    for (const [at, { rule, filter }] of active.entries()) {
      const test = tests[at]!;
      if (filter!.reads.has('problems')) void view.problems.lateCount;
      if (filter!.reads.has('schemas')) void view.judgedCount;
      if (test.undecidedFrom && seq >= test.undecidedFrom()) void view.count;
      if (test(seq)) return rule;
    }
    return null;
  }

  colorOf(view: CaptureView, seq: number): RuleColor | null {
    return this.ruleOf(view, seq)?.color ?? null;
  }

  #testsOf(view: CaptureView, active: readonly ReadRule[]): EventTest[] {
    const known = this.#tests.get(view);
    if (known?.read === active) return known.tests;
    const tests = active.map(({ filter }) => filter!.matcher(view));
    this.#tests.set(view, { read: active, tests });
    return tests;
  }

  /** Adds a rule behind the others; returns its id, null where it has no room. */
  add(query: string, color: RuleColor): string | null {
    const id = newId();
    if (!isShortEnough(this.#notices, query)) return null;
    return this.#put([...this.list, { id, query, color, enabled: true }]) ? id : null;
  }

  change(id: string, patch: Partial<Omit<ColorRule, 'id'>>): void {
    this.#put(this.list.map((rule) => (rule.id === id ? { ...rule, ...patch } : rule)));
  }

  /** Moves a rule by places; it stops at the ends. */
  move(id: string, by: number): void {
    const from = this.list.findIndex((rule) => rule.id === id);
    const to = Math.max(0, Math.min(this.list.length - 1, from + by));
    if (from < 0 || from === to) return;
    const others = this.list.filter((rule) => rule.id !== id);
    this.#put([...others.slice(0, to), this.list[from]!, ...others.slice(to)]);
  }

  /** Takes a rule away; returns what puts it back to its place. */
  remove(id: string): () => void {
    const at = this.list.findIndex((rule) => rule.id === id);
    const gone = this.list.slice(at, at + 1);
    if (at < 0) return () => {};
    this.#put(this.list.filter((rule) => rule.id !== id));
    return () => void this.#put([...this.list.slice(0, at), ...gone, ...this.list.slice(at)]);
  }

  /** @returns false if they are too many, which is told. */
  #put(colorRules: readonly ColorRule[]): boolean {
    if (!fits(this.#notices, colorRules, 'colour rules')) return false;
    this.#store.set({ colorRules: [...colorRules] });
    return true;
  }
}
