import { laneAddress } from '../../src-core/index/event-index.ts';
import type { Field } from '../../src-core/provenance/fields.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';

const HEAD = 'lane,kind,pointer,first_event,last_event,deltas,characters,first_us,last_us';

/**
 * Fields as CSV (RFC 4180) or as tab-separated values, with a header line. Times are microseconds
 * since the request, empty where they were not recorded. A pointer with a separator, a quote or a
 * line break in it is quoted.
 */
export function fieldTable(
  view: Pick<CaptureView, 'index' | 'isTimed'>,
  fields: readonly Field[],
  separator: ',' | '\t',
): string {
  const lines = fields.map(({ lane, pointer, facts: { first, last, events, from, to } }) => {
    const { kind, ...address } = view.index.lanes[lane]!;
    const times = view.isTimed ? [first.timeUs, last.timeUs] : ['', ''];
    const cells = [laneAddress(address), kind, pointer, first.seq, last.seq, events, to - from];
    return [...cells, ...times].map((cell) => quoted(String(cell))).join(separator);
  });
  return [HEAD.replaceAll(',', separator), ...lines].map((line) => `${line}\r\n`).join('');
}

function quoted(cell: string): string {
  return /["\r\n\t,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
