import type { Problem } from '../../src-core/problem.ts';
import type { FoundRule } from './capture-problems.svelte.ts';

/** A row of the Problems tab: a problem, or a rule with all of its problems. */
export type ProblemRow =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | {
      readonly kind: 'rule';
      readonly found: FoundRule;
      /** How many of its problems are in the rows; `found.count` are there. */
      readonly listed: number;
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
  for (const found of rules) {
    const own = byRule.get(found.rule);
    if (!own) continue;
    const isOpen = open.has(found.rule);
    const [first, last] = [own[0]!.seq, own.at(-1)!.seq];
    rows.push({ kind: 'rule', found, listed: own.length, isOpen, first, last });
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
