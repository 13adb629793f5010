import type { EventIndex } from '../../src-core/index/event-index.ts';
import { judged, judgedTally, type Profile } from '../../src-core/conformance/profile.ts';
import { profileOf } from '../../src-core/conformance/profiles.ts';
import {
  type Problem,
  type ProblemTally,
  SEVERITIES,
  type Severity,
} from '../../src-core/problem.ts';
import { type Counted, countTally, NO_STREAM } from './counts.ts';

/** The rules that are not told of: in this capture, and in any. */
export interface Silenced {
  readonly here: ReadonlySet<string>;
  readonly everywhere: ReadonlySet<string>;
}

/** A rule that problems were found by. */
export interface FoundRule {
  rule: string;
  /** The worst that was found. */
  severity: Severity;
  /** Those included that are too many to be listed. */
  count: number;
}

const NONE: readonly Problem[] = [];
const NOBODY: Silenced = { here: new Set(), everywhere: new Set() };

/**
 * The problems of a capture as they stand: judged by the profile of its server, and without those whose
 * rules are silenced. They are taken from the index as they come in, and gone through anew only when the
 * profile or what is silenced changes.
 */
export class CaptureProblems {
  readonly #index: EventIndex;
  #silenced: Silenced = NOBODY;
  /** An answer that is no event stream has one fault, which its end tells; its lines have none. */
  #isStream = true;
  #ended = false;
  #chosen: string | null = null;
  #profile: Profile | null = null;
  #taken = 0;
  #count = 0;
  #all: Problem[] = [];
  #standing: Problem[] = [];
  #bySeq = new Map<number, Problem[]>();
  readonly #late: number[] = [];
  #revision = $state(0);
  #lateCount = $state(0);

  constructor(index: EventIndex) {
    this.#index = index;
  }

  /** Another number whenever something changed. Reactive, and so is all that follows. */
  get revision(): number {
    return this.#revision;
  }
  /** The listed problems, silenced ones included, by their events. */
  get all(): readonly Problem[] {
    void this.#revision;
    return inOrder(this.#all);
  }
  /** The listed problems that are told of, by their events. The array changes in place. */
  get standing(): readonly Problem[] {
    void this.#revision;
    return inOrder(this.#standing);
  }
  /** Those of an event; what came after the last event is the last event's. */
  of(seq: number): readonly Problem[] {
    void this.#revision;
    return this.#bySeq.get(seq) ?? NONE;
  }
  /** The worst problem of an event. */
  worstOf(seq: number): Problem | undefined {
    const own = this.of(seq);
    for (const severity of SEVERITIES) {
      const found = own.find((one) => one.severity === severity);
      if (found) return found;
    }
    return undefined;
  }

  readonly #counted: Counted = $derived.by(() => {
    void this.#revision;
    if (!this.#isStream) return NO_STREAM;
    return countTally(this.#tally, (rule) => this.#isSilenced(rule));
  });
  /** Whether the answer was no event stream: what is wrong is what its end says. */
  get isNoStream(): boolean {
    void this.#revision;
    return !this.#isStream;
  }
  /** How many there are, those included that are too many to be listed. */
  get counted(): Counted {
    return this.#counted;
  }
  /** How many are not listed, because there are too many. */
  get unlisted(): number {
    void this.#revision;
    return this.#isStream ? this.#index.problemCount - this.#index.problems.length : 0;
  }

  /** The rules that problems were found by: the worst and the most frequent first, silenced ones last. */
  readonly rules: readonly FoundRule[] = $derived.by(() => {
    void this.#revision;
    const found = new Map<string, FoundRule>();
    for (const { rule, severity, count } of this.#tally) {
      const known = found.get(rule);
      const worse = known && rankOf(known.severity) < rankOf(severity) ? known.severity : severity;
      found.set(rule, { rule, severity: worse, count: (known?.count ?? 0) + count });
    }
    return [...found.values()].sort(
      (a, b) =>
        Number(this.#isSilenced(a.rule)) - Number(this.#isSilenced(b.rule)) ||
        rankOf(a.severity) - rankOf(b.severity) ||
        b.count - a.count,
    );
  });

  get #tally(): readonly ProblemTally[] {
    if (!this.#isStream) return [];
    return judgedTally(this.#index.problemTally, this.#profile);
  }

  /** The server whose known deviations are notes; null where none is recognised or chosen. */
  get profile(): Profile | null {
    void this.#revision;
    return this.#profile;
  }

  /** Which list silences a rule, null where none does. */
  silencedBy(rule: string): 'capture' | 'everywhere' | null {
    void this.#revision;
    if (this.#silenced.here.has(rule)) return 'capture';
    return this.#silenced.everywhere.has(rule) ? 'everywhere' : null;
  }

  /** How often an event that had been there got other problems. */
  get lateCount(): number {
    return this.#lateCount;
  }
  /** These events, from the `from`th on. */
  lateFrom(from: number): readonly number[] {
    return this.#late.slice(from, this.#lateCount);
  }

  /**
   * Takes what the index has got since the last call.
   * @param known how many events there were. @param ended no event will follow: a problem behind the
   * last event counts as one of it. @param isStream false where the answer was no event stream
   */
  take(known: number, ended: boolean, isStream = true): void {
    const profile = profileOf(this.#chosen ?? this.#index.profile);
    const changed =
      ended !== this.#ended || isStream !== this.#isStream || profile !== this.#profile;
    this.#profile = profile;
    this.#ended = ended;
    this.#isStream = isStream;
    if (changed) return this.#goThrough(known);
    const { problems, problemCount } = this.#index;
    if (this.#count === problemCount) return;
    this.#count = problemCount;
    for (const problem of this.#add(problems))
      if (problem.seq < known) this.#late.push(problem.seq);
    this.#tell();
  }

  /** Says what is silenced from now on. */
  silence(silenced: Silenced): void {
    if (
      same(silenced.here, this.#silenced.here) &&
      same(silenced.everywhere, this.#silenced.everywhere)
    )
      return;
    this.#silenced = silenced;
    this.#goThrough(Infinity);
  }

  /** Judges by a profile from now on, null: by the one that is recognised. */
  choose(profile: string | null): void {
    if (profile === this.#chosen) return;
    this.#chosen = profile;
    const next = profileOf(profile ?? this.#index.profile);
    if (next === this.#profile) return;
    this.#profile = next;
    this.#goThrough(Infinity);
  }

  /** @param known how many events there were: the others can't be late. */
  #goThrough(known: number): void {
    const before = this.#bySeq;
    this.#taken = 0;
    this.#all = [];
    this.#standing = [];
    this.#bySeq = new Map();
    this.#count = this.#index.problemCount;
    this.#add(this.#index.problems);
    for (const seq of new Set([...before.keys(), ...this.#bySeq.keys()]))
      if (seq < known && !alike(this.#bySeq.get(seq), before.get(seq))) this.#late.push(seq);
    this.#tell();
  }

  #tell(): void {
    this.#revision++;
    this.#lateCount = this.#late.length;
  }

  /** Takes what was not taken yet. Returns what is told of it. */
  #add(problems: readonly Problem[]): Problem[] {
    const added: Problem[] = [];
    if (!this.#isStream) return added;
    const { count } = this.#index;
    const last = this.#ended && count > 0 ? count - 1 : Infinity;
    for (; this.#taken < problems.length; this.#taken++) {
      const found = problems[this.#taken]!;
      const placed = found.seq > last ? { ...found, seq: last } : found;
      const problem = judged(placed, this.#profile);
      this.#all.push(problem);
      if (this.#isSilenced(problem.rule)) continue;
      this.#standing.push(problem);
      added.push(problem);
      const own = this.#bySeq.get(problem.seq);
      if (own) own.push(problem);
      else this.#bySeq.set(problem.seq, [problem]);
    }
    return added;
  }

  #isSilenced(rule: string): boolean {
    return this.#silenced.here.has(rule) || this.#silenced.everywhere.has(rule);
  }
}

const rankOf = (severity: Severity) => SEVERITIES.indexOf(severity);

/** Most come in order: only what does not is sorted, and stays sorted. */
function inOrder(problems: Problem[]): readonly Problem[] {
  for (let at = 1; at < problems.length; at++)
    if (problems[at]!.seq < problems[at - 1]!.seq) return problems.sort((a, b) => a.seq - b.seq);
  return problems;
}

/** Whether an event has the same problems as before, for whoever asks by rule and severity. */
function alike(one: readonly Problem[] = NONE, other: readonly Problem[] = NONE): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ rule, severity }, at) => rule === other[at]!.rule && severity === other[at]!.severity,
    )
  );
}

function same(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((rule) => other.has(rule));
}
