import type { EventIndex } from '../index/event-index.ts';
import { describeLane } from '../index/lane-names.ts';
import type { MarkedSpread } from './chunk-facts.ts';
import type { Stretch } from './delta-log.ts';
import type { Gap, GapSpread } from './gaps.ts';
import { PHASE_NAMES } from './phases.ts';
import { perSecond, spanOf, type TokenCount } from './rates.ts';
import type { LatencyReport } from './report.ts';

/** Gaps that are listed: enough for a text that somebody reads. */
const LISTED = 10;

/**
 * The report as aligned text for an issue or a mail. Times are in milliseconds.
 *
 * @param tokens null where nobody counted them
 */
export function reportText(
  name: string,
  report: LatencyReport,
  index: EventIndex,
  tokens: TokenCount | null,
): string {
  const parts = [
    [
      `Latency of ${name}`,
      `${number(report.events)} events, ${number(report.deltas)} deltas, ` +
        `${number(report.characters)} characters` +
        (report.totalUs === null ? '' : `, ${ms(report.totalUs)} ms in all`),
    ],
  ];
  if (!report.timed) parts.push(['Arrival times were not recorded.']);
  if (report.phases.length > 0) parts.push(phaseLines(report));
  if (report.eventGaps) parts.push(gapLines(report, index));
  if (report.largest.length > 0) parts.push(largestLines(report));
  const rates = rateLines(report, index, tokens);
  if (rates.length > 0) parts.push(rates);
  parts.push(sizeLines(report));
  if (report.buffering !== null) parts.push([report.buffering]);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function phaseLines({ phases }: LatencyReport): string[] {
  const rows = phases.map(({ name, fromUs, atUs, seq }) => [
    PHASE_NAMES[name],
    ms(atUs),
    ms(atUs - fromUs),
    seq === null ? '' : `#${seq}`,
  ]);
  return table([['phase', 'at ms', 'took ms', 'event'], ...rows]);
}

function gapLines(report: LatencyReport, index: EventIndex): string[] {
  const rows = [['gaps (ms)', 'gaps', 'p50', 'p95', 'p99', 'max', 'at']];
  const add = (name: string, spread: GapSpread | null) => {
    if (!spread) return;
    const { count, p50, p95, p99, max } = spread;
    const times = [p50, p95, p99, max].map(({ us }) => ms(us));
    rows.push([name, number(count), ...times, arrow(max)]);
  };
  add('events', report.eventGaps);
  add('deltas', report.deltaGaps);
  add('between chunks', report.chunkGaps);
  for (const { lane, spread } of report.lanes) {
    add(describeLane(index.lanes[lane]!, true), spread);
  }
  return [...table(rows), 'Percentiles are nearest-rank.'];
}

function largestLines({ largest, stalls, ofDeltas }: LatencyReport): string[] {
  const { count, totalUs, thresholdUs } = stalls;
  const sum = count === 0 ? '' : `, ${ms(totalUs)} ms together`;
  const rows = largest
    .slice(0, LISTED)
    .map((gap) => [arrow(gap), ms(gap.us), gap.us >= thresholdUs ? 'stall' : '']);
  return [
    `Stalls of ${ms(thresholdUs)} ms or more between ${ofDeltas ? 'deltas' : 'events'}: ${number(count)}${sum}`,
    ...table([['largest gaps', 'ms', ''], ...rows]),
  ];
}

function rateLines(report: LatencyReport, index: EventIndex, tokens: TokenCount | null): string[] {
  const rows = [['written', 'amount', 'per second']];
  const rate = (amount: number, stretch: Stretch) => {
    const span = report.timed ? spanOf(index, stretch) : null;
    return span ? perSecond(amount, stretch, span).toFixed(1) : '';
  };
  const { text, reasoning } = report.stretches;
  for (const [name, stretch] of [
    ['text characters', text],
    ['reasoning characters', reasoning],
  ] as const) {
    if (stretch.deltas > 0)
      rows.push([name, number(stretch.characters), rate(stretch.characters, stretch)]);
  }
  if (tokens) {
    const by = tokens.source === 'usage' ? 'usage' : 'estimated, o200k_base';
    if (tokens.text !== null)
      rows.push([`text tokens (${by})`, number(tokens.text), rate(tokens.text, text)]);
    if (tokens.reasoning !== null)
      rows.push([`reasoning tokens (${by})`, number(tokens.reasoning), '']);
    rows.push([`output tokens (${by})`, number(tokens.output), '']);
  }
  return rows.length > 1 ? table(rows) : [];
}

function sizeLines(report: LatencyReport): string[] {
  const rows = [['sizes', 'count', 'p50', 'p95', 'max', 'at']];
  const add = (name: string, spread: MarkedSpread | null) => {
    if (!spread) return;
    const { count, p50, p95, max } = spread;
    const values = [p50, p95, max].map(({ value }) => number(value));
    rows.push([name, number(count), ...values, `#${max.seq}`]);
  };
  add('bytes of an event', report.eventBytes);
  add('bytes of a chunk', report.chunkBytes);
  add('events in a chunk', report.chunkEvents);
  return table(rows);
}

function arrow({ before, after }: Gap): string {
  return `#${before} -> #${after}`;
}

function ms(us: number): string {
  return (us / 1000).toFixed(2);
}

function number(value: number): string {
  return value.toLocaleString('en');
}

/** Lines of columns: the first to the left, those that hold numbers to the right. */
function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
}
