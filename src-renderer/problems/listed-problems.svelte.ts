import type { Problem, Severity } from '../../src-core/problem.ts';
import type { CaptureProblems } from './capture-problems.svelte.ts';
import { countUpToEvent, groupedRows, type ProblemRow } from './problem-rows.ts';
import { titleOf } from './rule-facts.ts';

/** As much of a capture as the list reads. */
interface Capture {
  readonly problems: CaptureProblems;
  readonly count: number;
}

/** Which problems of a capture the Problems tab lists. The keys step along the same ones. */
export class ListedProblems {
  readonly #view: Capture;
  #hidden = $state.raw<ReadonlySet<Severity>>(new Set());
  #open = $state.raw<ReadonlySet<string>>(new Set());
  /** Only problems of this rule; null for any. */
  rule = $state<string | null>(null);
  /** Only problems whose rule, title or message has all of these words. */
  text = $state('');
  /** Whether silenced ones are listed as well. */
  showsSilenced = $state(false);

  constructor(view: Capture) {
    this.#view = view;
  }

  shows(severity: Severity): boolean {
    return !this.#hidden.has(severity);
  }
  toggle(severity: Severity): void {
    this.#hidden = toggled(this.#hidden, severity);
  }
  toggleRule(rule: string): void {
    this.#open = toggled(this.#open, rule);
  }

  /** Whether anything but silencing leaves problems out. */
  get isFiltered(): boolean {
    return this.#hidden.size > 0 || this.rule !== null || this.text.trim() !== '';
  }
  showAll(): void {
    this.#hidden = new Set();
    this.rule = null;
    this.text = '';
  }

  /** Those that are told of and pass, by their events. */
  readonly passing: readonly Problem[] = $derived.by(() =>
    this.#pass(this.#view.problems.standing),
  );

  /** The same with silenced ones, where these show. */
  readonly shown: readonly Problem[] = $derived.by(() =>
    this.showsSilenced ? this.#pass(this.#view.problems.all) : this.passing,
  );

  #pass(problems: readonly Problem[]): readonly Problem[] {
    // The array of the capture changes in place, and one that is the same would not be told.
    if (!this.isFiltered) return problems.slice();
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const { rule: only } = this;
    return problems.filter(({ rule, severity, message }) => {
      if (this.#hidden.has(severity) || (only !== null && rule !== only)) return false;
      if (words.length === 0) return true;
      const text = `${rule} ${titleOf(rule)} ${message}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  /** The same as rows of rules, with the problems of those that are unfolded. */
  readonly grouped: readonly ProblemRow[] = $derived.by(() =>
    groupedRows(this.shown, this.#view.problems.rules, this.#open),
  );

  /** The nearest event after (1) or before (-1) another one that has a problem that passes. */
  beside(seq: number, direction: -1 | 1): number | null {
    const problems = this.passing;
    const last = this.#view.count - 1;
    const at =
      direction > 0 ? countUpToEvent(problems, seq) : countUpToEvent(problems, seq - 1) - 1;
    // A problem may be ahead of its event, which has not come yet.
    const found = problems[at] && Math.min(problems[at].seq, last);
    return found === undefined || found === seq ? null : found;
  }
}

function toggled<Value>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
