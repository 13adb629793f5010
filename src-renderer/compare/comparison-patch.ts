import { differenceLines } from '../../src-core/compare/comparison-text.ts';
import { eventDifferences } from '../../src-core/compare/event-differences.ts';
import type { Comparing } from './comparing.svelte.ts';

/** Rows that are copied. */
const MOST = 5000;

/** The rows that differ, as a patch: `-` for A's events, `+` for B's. */
export function comparisonPatch(comparing: Comparing): string {
  const [a, b] = [comparing.a.view, comparing.b.view];
  const { alignment } = comparing.events;
  if (!a || !b || !alignment) return '';
  const lines = eventDifferences(alignment, a, b, MOST).flatMap(differenceLines);
  const names = [comparing.summaryOf('a')?.name ?? 'A', comparing.summaryOf('b')?.name ?? 'B'];
  return `--- ${names[0]}\n+++ ${names[1]}\n${lines.join('\n')}\n`;
}
