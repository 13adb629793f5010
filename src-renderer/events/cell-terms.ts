import { laneAddress } from '../../src-core/index/event-index.ts';
import { inQuotes, quoted } from '../../src-core/filter/writing.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';

/** The cells of a row, in their order. */
const CELLS = ['seq', 'time', 'delta', 'type', 'lane', 'summary'] as const;
export type Cell = (typeof CELLS)[number];

/** Longer texts make no filter that anybody reads. */
const LONGEST = 200;

/** The cell of the event list that something was clicked in. */
export function cellOf(target: EventTarget | null): Cell | null {
  const cell = target instanceof Element ? target.closest('[role="gridcell"]') : null;
  const row = cell?.closest('[role="row"]');
  if (!cell || !row) return null;
  const at = [...row.querySelectorAll('[role="gridcell"]')].indexOf(cell);
  return CELLS[at] ?? null;
}

/**
 * The terms of the filter language that say what a cell of an event shows: for numbers and times
 * from there on. Without a cell those of the type, the lane and the text.
 */
export function termsOfCell(view: CaptureView, seq: number, cell: Cell | null): string[] {
  const terms: string[] = [];
  const wants = (one: Cell) => cell === one || (cell === null && CELLS.indexOf(one) > 2);
  // Rounded down, so that the event itself passes.
  const ms = (us: number) => `${us < 10_000 ? us / 1000 : Math.floor(us / 1000)}ms`;
  if (wants('seq')) terms.push(`seq>=${seq}`);
  if (wants('time')) terms.push(`t>=${ms(view.timeUs(seq))}`);
  if (wants('delta') && seq > 0) terms.push(`gap>=${ms(view.deltaUs(seq))}`);
  if (wants('type'))
    terms.push(`type:${quoted(view.index.typeOf(seq).replace(/^response\./, ''))}`);
  const lane = view.index.columns.lane[seq]!;
  if (wants('lane') && lane >= 0) terms.push(`lane:${laneAddress(view.index.lanes[lane]!)}`);
  if (wants('summary')) {
    const { delta } = view.summary(seq);
    if (delta !== null && delta !== '' && delta.length <= LONGEST)
      terms.push(`text~${inQuotes(delta)}`);
  }
  return terms;
}
