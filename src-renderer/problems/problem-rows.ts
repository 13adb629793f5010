import type { Problem } from '../../src-core/problem.ts';
import type { FoundRule } from './capture-problems.svelte.ts';

/** A row of the Problems tab: a problem, or a rule with all of its problems. */
export type ProblemRow =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | {
      readonly kind: 'rule';
      readonly found: FoundRule;
      readonly isOpen: boolean;
      /** The events of the first and the last of its problems that are listed. */
      readonly first: number;
      readonly last: number;
    };

/** A row for each rule, in the order of `rules`, and below an open one its problems. */
export function groupedRows(
  problems: readonly Problem[],
  rules: readonly FoundRule[],
  open: ReadonlySet<string>,
): ProblemRow[] {
  const byRule = new Map<string, Problem[]>();
  for (const problem of problems) {
    const own = byRule.get(problem.rule);
    if (own) own.push(problem);
    else byRule.set(problem.rule, [problem]);
  }
  const rows: ProblemRow[] = [];
  for (const { rule, severity } of rules) {
    const own = byRule.get(rule);
    if (!own) continue;
    const isOpen = open.has(rule);
    // What is counted is what is listed: a filter may leave some out.
    const found = { rule, severity, count: own.length };
    rows.push({ kind: 'rule', found, isOpen, first: own[0]!.seq, last: own.at(-1)!.seq });
    if (isOpen) for (const problem of own) rows.push({ kind: 'problem', problem });
  }
  return rows;
}

/** How many problems are of events up to `seq`; they are in the order of their events. */
export function countUpToEvent(problems: readonly Problem[], seq: number): number {
  let low = 0;
  let high = problems.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (problems[middle]!.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
