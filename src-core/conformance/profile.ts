import type { Problem, ProblemTally } from '../problem.ts';
import type { Traits } from './traits.ts';

/** How a server is known to break a rule. */
export interface Deviation {
  /** What it does, in words that follow its name: "sends no event names". */
  why: string;
  /** Where it was seen: in a recording, or as an issue thread or a document tells. */
  seen: 'recorded' | 'reported';
}

/** A server that is known, with what it does otherwise than OpenAI's own. */
export interface Profile {
  readonly id: string;
  /** For people: "xAI". */
  readonly title: string;
  /** How much the traits speak for it: 2 it is no other, 1 they hint at it, 0 nothing does. */
  recognise(traits: Traits): 0 | 1 | 2;
  /** What is known of it, by rule. */
  readonly deviations: ReadonlyMap<string, Deviation>;
}

/**
 * A problem as it is judged where the server is known: what it is known to do is a note that names it.
 * The same object where nothing changes.
 */
export function judged(problem: Problem, profile: Profile | null): Problem {
  const known = profile?.deviations.get(problem.rule);
  if (!profile || !known) return problem;
  const message = `${problem.message} Known of ${profile.title}: it ${known.why}.`;
  return { ...problem, severity: 'note', message };
}

/** Counts as they are judged: what the server is known to do counts as notes. */
export function judgedTally(
  tally: readonly ProblemTally[],
  profile: Profile | null,
): readonly ProblemTally[] {
  if (!profile || !tally.some(({ rule }) => profile.deviations.has(rule))) return tally;
  const judgedCounts = new Map<string, ProblemTally>();
  for (const { rule, severity, count } of tally) {
    const now = profile.deviations.has(rule) ? 'note' : severity;
    const key = `${now} ${rule}`;
    const entry = judgedCounts.get(key);
    if (entry) entry.count += count;
    else judgedCounts.set(key, { rule, severity: now, count });
  }
  return [...judgedCounts.values()];
}
