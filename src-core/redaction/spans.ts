import type { StruckClass } from './struck.ts';

/** UTF-16 units `[from, to)` of a text that are struck out. */
export interface Span {
  from: number;
  to: number;
  class: StruckClass;
}

/** Spans in order, those that touch the same units joined; the first class of them counts. */
export function joinedSpans(spans: Span[]): Span[] {
  if (spans.length < 2) return spans;
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.from < last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}

/** The text with asterisks for what is struck out: as many as it has units. */
export function starred(text: string, spans: readonly Span[]): string {
  let kept = '';
  let at = 0;
  for (const { from, to } of spans) {
    kept += text.slice(at, from) + '*'.repeat(to - from);
    at = to;
  }
  return kept + text.slice(at);
}
