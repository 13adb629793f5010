import type { LaneRange } from './place-in-page.ts';

const NAME = 'output-selection';

/** What of the Highlight API is used: the DOM types of this TypeScript have no set of highlights. */
interface Highlights {
  set(name: string, highlight: Highlight): void;
  delete(name: string): void;
}

/**
 * Draws a selected range without touching the elements: those under the browser's own selection
 * must stay, and a selection made by keyboard has none.
 */
export function highlightSelection(region: Element, range: LaneRange | null): void {
  const highlights = (CSS as unknown as { highlights: Highlights }).highlights;
  const ranges = range ? rangesOf(region, range) : [];
  if (ranges.length === 0) highlights.delete(NAME);
  else highlights.set(NAME, new Highlight(...ranges));
}

function rangesOf(region: Element, { lane, from, to }: LaneRange): Range[] {
  const ranges: Range[] = [];
  const pieces = `[data-lane="${lane}"] [data-at]:not([data-ahead])`;
  for (const piece of region.querySelectorAll<HTMLElement>(pieces)) {
    const text = piece.firstChild;
    const start = Number(piece.dataset.at);
    const length = text?.nodeValue?.length ?? 0;
    if (!text || start >= to || start + length <= from) continue;
    const range = document.createRange();
    range.setStart(text, Math.max(0, from - start));
    range.setEnd(text, Math.min(length, to - start));
    ranges.push(range);
  }
  return ranges;
}
