import { type Bar, barsOf } from '../../src-core/timeline/bars.ts';
import { countColumns } from '../../src-core/timeline/pixel-columns.ts';
import type { Series } from '../../src-core/timeline/series.ts';
import { type Stall, stallsInColumns } from '../../src-core/timeline/stalls.ts';
import { type StripLayout, xOf } from '../../src-core/timeline/strip-layout.ts';
import type { TimeWindow } from '../../src-core/timeline/time-window.ts';
import type { Track } from '../../src-core/timeline/tracks.ts';
import type { EventKind } from '../../src-core/responses/event-types.ts';
import { duration } from '../state/format.ts';
import { ticks } from './axis.ts';

/** All that one drawing of the tracks depends on: nothing else may make it be drawn anew. */
export interface TracksPicture {
  layout: StripLayout;
  window: TimeWindow;
  /** Events and chunks by pixel column. */
  edges: Uint32Array;
  chunkEdges: Uint32Array | null;
  tracks: readonly Track[];
  times: ArrayLike<number>;
  count: number;
  stallUs: number;
  /** What a filter lets through of a track; null where there is no filter. */
  matched: ((track: Track) => Series | undefined) | null;
  kindOfType(type: number): EventKind;
  /** Whether the times were recorded; made-up ones are in italics. */
  isTimed: boolean;
  /** The value of a variable of the theme. */
  color(name: string): string;
}

/** A stall is shaded from this width on, and named where its name fits. */
const STALL_COLUMNS = 6;
const FONT = "10.5px 'Inter Variable', sans-serif";
/** Of what a filter hides. */
const DIMMED = 0.28;

/** Draws ruler, stalls, chunks and the tracks that show, into a context of CSS pixels. */
export function drawTracks(context: CanvasRenderingContext2D, picture: TracksPicture): void {
  const { layout, color } = picture;
  context.clearRect(0, 0, layout.width, layout.height);
  context.font = picture.isTimed ? FONT : `italic ${FONT}`;
  context.textBaseline = 'middle';
  const stalls = stallsInColumns(picture.edges, picture.times, picture.count, {
    leastUs: picture.stallUs,
    leastColumns: STALL_COLUMNS,
  });
  context.fillStyle = color('--stall');
  for (const stall of stalls) fillStall(context, picture, stall);
  drawRuler(context, picture);
  drawChunks(context, picture);
  context.save();
  context.beginPath();
  context.rect(0, layout.tracks.top, layout.width, layout.tracks.height);
  context.clip();
  drawRows(context, picture);
  context.restore();
  // Names last: a single event may stand close to them.
  for (const stall of stalls) nameStall(context, picture, stall);
}

function drawRuler(context: CanvasRenderingContext2D, picture: TracksPicture): void {
  const { layout, window, color } = picture;
  const { height } = layout.ruler;
  for (const { us, label } of ticks(window.fromUs, window.toUs, layout.columns)) {
    const x = Math.round(xOf(layout, window, us));
    context.fillStyle = color('--border');
    context.fillRect(x, height - 5, 1, layout.height);
    context.fillStyle = color('--text-dim');
    if (x + 4 + context.measureText(label).width < layout.width)
      context.fillText(label, x + 4, height / 2);
  }
  context.fillStyle = color('--border');
  context.fillRect(0, height - 1, layout.width, 1);
}

function drawChunks(context: CanvasRenderingContext2D, picture: TracksPicture): void {
  const { layout, chunkEdges, color } = picture;
  if (!chunkEdges) return;
  const { top, height } = layout.chunks;
  let most = 1;
  for (let column = 0; column < layout.columns; column++)
    most = Math.max(most, chunkEdges[column + 1]! - chunkEdges[column]!);
  context.fillStyle = color('--text-dim');
  for (let column = 0; column < layout.columns; column++) {
    const chunks = chunkEdges[column + 1]! - chunkEdges[column]!;
    if (chunks === 0) continue;
    context.globalAlpha = 0.45 + 0.55 * (Math.log1p(chunks) / Math.log1p(most));
    context.fillRect(layout.left + column, top + 3, 1, height - 6);
  }
  context.globalAlpha = 1;
}

function drawRows(context: CanvasRenderingContext2D, picture: TracksPicture): void {
  const { layout, tracks, edges, matched, kindOfType, color } = picture;
  const { rows } = layout;
  for (let row = rows.first; row < rows.end; row++) {
    const track = tracks[row];
    if (!track) break;
    const top = layout.tracks.top + row * rows.rowHeight - rows.scrollTop;
    const base = top + rows.rowHeight - 2;
    context.fillStyle = color('--border');
    context.globalAlpha = 0.6;
    context.fillRect(0, top + rows.rowHeight - 1, layout.width, 1);
    const barsOfSeries = (series: Series) =>
      barsOf(countColumns(series, edges, kindOfType), rows.rowHeight - 5);
    context.globalAlpha = matched ? DIMMED : 1;
    fillBars(context, picture, barsOfSeries(track.series), base);
    context.globalAlpha = 1;
    const through = matched?.(track);
    if (through) fillBars(context, picture, barsOfSeries(through), base);
  }
}

/** Bars of one kind are filled at once. */
function fillBars(
  context: CanvasRenderingContext2D,
  { layout, color }: TracksPicture,
  bars: readonly Bar[],
  base: number,
): void {
  for (const kind of new Set(bars.map((bar) => bar.kind))) {
    context.fillStyle = color(`--kind-${kind}`);
    context.beginPath();
    for (const { x, width, height, kind: own } of bars)
      if (own === kind) context.rect(layout.left + x, base - height, width, height);
    context.fill();
  }
}

/** The pixels of a stall that show, between the events at its ends. */
function rangeOf({ layout, window }: TracksPicture, stall: Stall): [left: number, right: number] {
  const from = stall.before < 0 ? 0 : 3;
  return [
    Math.max(0, xOf(layout, window, stall.fromUs) + from),
    Math.min(layout.width, xOf(layout, window, stall.toUs) - 1),
  ];
}

function fillStall(context: CanvasRenderingContext2D, picture: TracksPicture, stall: Stall): void {
  const [left, right] = rangeOf(picture, stall);
  const { top, height } = picture.layout.tracks;
  context.fillRect(left, top, Math.max(0, right - left), height);
}

function nameStall(context: CanvasRenderingContext2D, picture: TracksPicture, stall: Stall): void {
  const [left, right] = rangeOf(picture, stall);
  const { top, height } = picture.layout.tracks;
  const name = `waiting ${duration(stall.toUs - stall.fromUs)}`;
  const { width } = context.measureText(name);
  if (width > right - left - 12) return;
  context.fillStyle = picture.color('--warn');
  context.fillText(name, (left + right - width) / 2, top + Math.min(height / 2, 34));
}
