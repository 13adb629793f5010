import type { DialectId } from '../dialects/dialect.ts';
import type { Severity } from '../problem.ts';

/**
 * What a rule rests on: `must` a published specification or type definition asks for it; `observed`
 * recordings have it without exception, and nothing that is published says it.
 */
export type RuleLevel = 'must' | 'observed';

/** What people read about a rule: `docs/rules.md` and the Problems list are made of these. */
export interface RuleText {
  /** A letter for the group and a number, stable for good: people silence rules by it. */
  readonly id: string;
  /** What holds where the rule is kept, in a few words. */
  readonly title: string;
  readonly level: RuleLevel;
  /** How a broken rule is reported; a single case may be lower, as the explanation says. */
  readonly severity: Severity;
  readonly dialects: readonly DialectId[];
  /** The specification, or how many recordings show it. */
  readonly basis: string;
  /** What official clients do with a stream that breaks it. */
  readonly clients: string;
  /** What a broken rule looks like, why it matters, what usually causes it. Markdown. */
  readonly explanation: string;
}

/** Says that the rule is broken at the event that is being read. */
export type Report = (message: string, severity?: Severity) => void;

/** @param facts what is known of the stream, the event that is being read not yet included. */
export type Check<F> = (facts: F, report: Report) => void;

/**
 * A rule with its check, by the moment at which it is asked: what an event does, or what happens to
 * the stream. An event costs only the checks of its moment. `F`: the facts that the rules of a
 * dialect share; a check keeps nothing itself.
 */
export interface Rule<F = never> extends RuleText {
  readonly checks: Readonly<Record<string, Check<F>>>;
}
