import { describeLane } from '../index/lane-names.ts';
import type { CaptureReport } from './capture-report.ts';
import { html } from './html-text.ts';

/** Tracks that are drawn, those with most events; the rest are one. */
const MOST_TRACKS = 12;
/** Columns that events are counted in. */
const COLUMNS = 480;
const WIDTH = 960;
const LABEL = 150;
const ROW = 18;
const GAP = 4;
const AXIS = 20;
/** Gaps of this length and more are shaded, in microseconds. */
const STALL_US = 1_000_000;
const MOST_STALLS = 100;

interface Row {
  name: string;
  kind: string;
  counts: Uint32Array;
  events: number;
}

/** When the events came, a row for each text and one for all else, as SVG without any styles of its own. */
export function timelineSvg(report: CaptureReport): string {
  const { index } = report.whole;
  if (index.count === 0) return '';
  const { timeUs } = index.columns;
  const endUs = Math.max(1, timeUs[index.count - 1]!);
  const x = (us: number) => LABEL + (us / endUs) * (WIDTH - LABEL);
  const rows = rowsOf(report, endUs);
  const height = rows.length * (ROW + GAP) + AXIS;
  const bands = stallBands(report, x, height - AXIS);
  const drawn = rows.map((row, at) => rowSvg(row, at * (ROW + GAP)));
  const label = `${index.count.toLocaleString('en')} events over ${msText(endUs)} ms`;
  return `<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${html(label)}">${bands}${drawn.join('')}${axisSvg(endUs, x, height)}</svg>`;
}

function rowsOf({ whole: { index } }: CaptureReport, endUs: number): Row[] {
  const rows = new Map<number, Row>();
  const { lane, timeUs } = index.columns;
  const row = (key: number, name: string, kind: string) => {
    const made: Row = { name, kind, counts: new Uint32Array(COLUMNS), events: 0 };
    rows.set(key, made);
    return made;
  };
  const rest = row(-1, 'other events', 'other');
  const byEvents = new Map<number, number>();
  for (let seq = 0; seq < index.count; seq++)
    byEvents.set(lane[seq]!, (byEvents.get(lane[seq]!) ?? 0) + 1);
  byEvents.delete(-1);
  const shown = [...byEvents]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_TRACKS)
    .map(([key]) => key)
    .sort((a, b) => a - b);
  for (const key of shown) row(key, describeLane(index.lanes[key]!, true), index.lanes[key]!.kind);
  for (let seq = 0; seq < index.count; seq++) {
    const own = rows.get(lane[seq]!) ?? rest;
    const column = Math.min(COLUMNS - 1, Math.floor((timeUs[seq]! / endUs) * COLUMNS));
    own.counts[column]!++;
    own.events++;
  }
  return [...rows.values()].filter(({ events }) => events > 0);
}

function rowSvg({ name, kind, counts, events }: Row, y: number): string {
  const most = counts.reduce((max, count) => Math.max(max, count), 1);
  const step = (WIDTH - LABEL) / COLUMNS;
  let path = '';
  for (const [column, count] of counts.entries()) {
    if (count === 0) continue;
    // A single event is to be seen beside a crowd.
    const height = Math.max(4, Math.round((Math.log1p(count) / Math.log1p(most)) * ROW));
    path += `M${(LABEL + column * step).toFixed(1)} ${y + ROW - height}h${step.toFixed(2)}v${height}h-${step.toFixed(2)}z`;
  }
  const title = `${name}: ${events.toLocaleString('en')} events`;
  return `<g><title>${html(title)}</title><text class="label" x="0" y="${y + 13}">${html(name)}</text><rect class="track" x="${LABEL}" y="${y}" width="${WIDTH - LABEL}" height="${ROW}"/><path class="bar ${html(kind.replace(/_/g, '-'))}" d="${path}"/></g>`;
}

function stallBands(
  { whole: { index }, capture }: CaptureReport,
  x: (us: number) => number,
  height: number,
): string {
  if (!capture.meta.timed) return '';
  const { timeUs } = index.columns;
  const bands: string[] = [];
  for (let seq = 1; seq < index.count && bands.length < MOST_STALLS; seq++) {
    const [from, to] = [timeUs[seq - 1]!, timeUs[seq]!];
    if (to - from < STALL_US) continue;
    bands.push(
      `<rect class="stall" x="${x(from).toFixed(1)}" y="0" width="${(x(to) - x(from)).toFixed(1)}" height="${height}"><title>${msText(to - from)} ms without an event, before event ${seq}</title></rect>`,
    );
  }
  return bands.join('');
}

function axisSvg(endUs: number, x: (us: number) => number, height: number): string {
  const rough = endUs / 6;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * unit).find((one) => one >= rough) ?? rough;
  let axis = '';
  for (let us = 0; us <= endUs; us += step) {
    const anchor = us === 0 ? 'start' : x(us) > WIDTH - 40 ? 'end' : 'middle';
    axis += `<path class="tick" d="M${x(us).toFixed(1)} 0V${height - AXIS + 4}"/><text class="axis" x="${x(us).toFixed(1)}" y="${height - 4}" text-anchor="${anchor}">${msText(us)} ms</text>`;
  }
  return axis;
}

function msText(us: number): string {
  const ms = us / 1000;
  return ms.toLocaleString('en', { maximumFractionDigits: ms < 10 ? 1 : 0 });
}
