import { countUpTo } from '../../src-core/index/columns.ts';
import type { EventIndex } from '../../src-core/index/event-index.ts';
import { type EventKind, kindOf } from '../../src-core/responses/event-types.ts';
import { duration } from '../state/format.ts';
import { ticks } from './axis.ts';

/** The parts of the strip in CSS pixels. */
export const AXIS_HEIGHT = 20;
export const PADDING = 12;
/** Events looked at for one pixel column: beyond that they are sampled. */
const SAMPLES = 48;
/** A gap at least this wide and long is shaded and named. */
const GAP_WIDTH = 70;
const GAP_US = 150_000;

export interface Strip {
  width: number;
  height: number;
  fromUs: number;
  toUs: number;
  color(name: string): string;
}

export function xOf(strip: Strip, us: number): number {
  const inner = strip.width - 2 * PADDING;
  return PADDING + ((us - strip.fromUs) / Math.max(1, strip.toUs - strip.fromUs)) * inner;
}
export function usOf(strip: Strip, x: number): number {
  const inner = Math.max(1, strip.width - 2 * PADDING);
  return strip.fromUs + ((x - PADDING) / inner) * (strip.toUs - strip.fromUs);
}

/**
 * Draws axis, gaps and events: one track for the lifecycle, one for items and parts, one for each
 * lane. The cost depends on the width, not on the number of events: each pixel column looks up its
 * events by time and samples them where they are many.
 */
export function drawTracks(
  context: CanvasRenderingContext2D,
  strip: Strip,
  index: EventIndex,
): void {
  context.clearRect(0, 0, strip.width, strip.height);
  drawAxis(context, strip);
  const { timeUs, type, lane } = index.columns;
  const count = index.count;
  const laneCount = Math.max(1, index.lanes.length);
  const trackHeight = Math.max(5, Math.min(22, (strip.height - AXIS_HEIGHT - 8) / (laneCount + 2)));
  const tracks = Math.max(3, Math.floor((strip.height - AXIS_HEIGHT - 6) / trackHeight));
  const kinds: EventKind[] = index.types.map(kindOf);
  const colors = new Map<EventKind, string>();
  const colorOf = (kind: EventKind) => {
    let color = colors.get(kind);
    if (color === undefined) colors.set(kind, (color = strip.color(`--kind-${kind}`)));
    return color;
  };
  const top = AXIS_HEIGHT + 4;
  let previous = 0;
  let emptyFrom = -1;
  for (let x = PADDING; x <= strip.width - PADDING; x++) {
    const end = countUpTo(timeUs, count, usOf(strip, x + 0.5));
    if (end === previous) {
      if (emptyFrom < 0) emptyFrom = x;
      continue;
    }
    if (emptyFrom >= 0 && previous > 0)
      drawGap(context, strip, timeUs[previous - 1]!, timeUs[previous]!);
    emptyFrom = -1;
    const step = Math.max(1, Math.floor((end - previous) / SAMPLES));
    for (let seq = previous; seq < end; seq += step) {
      const kind = kinds[type[seq]!]!;
      const track = Math.min(trackOf(kind, lane[seq]!), tracks - 1);
      context.fillStyle = colorOf(kind);
      context.fillRect(x, top + track * trackHeight, 2, trackHeight - 3);
    }
    previous = end;
  }
}

/** Shell, search and other tools without a lane go with the items. */
function trackOf(kind: EventKind, lane: number): number {
  if (kind === 'lifecycle' || kind === 'error' || kind === 'other') return 0;
  return lane < 0 ? 1 : 2 + lane;
}

function drawAxis(context: CanvasRenderingContext2D, strip: Strip): void {
  context.font = "10.5px 'Inter Variable', sans-serif";
  context.textBaseline = 'middle';
  for (const { us, label } of ticks(strip.fromUs, strip.toUs, strip.width - 2 * PADDING)) {
    const x = Math.round(xOf(strip, us)) + 0.5;
    context.fillStyle = strip.color('--border');
    context.fillRect(x, AXIS_HEIGHT, 1, strip.height - AXIS_HEIGHT);
    context.fillStyle = strip.color('--text-dim');
    const width = context.measureText(label).width;
    if (x + width < strip.width) context.fillText(label, x, AXIS_HEIGHT / 2 + 1);
  }
}

function drawGap(
  context: CanvasRenderingContext2D,
  strip: Strip,
  fromUs: number,
  toUs: number,
): void {
  const left = xOf(strip, fromUs) + 3;
  const right = xOf(strip, toUs) - 1;
  if (right - left < GAP_WIDTH || toUs - fromUs < GAP_US) return;
  context.fillStyle = strip.color('--stall');
  context.fillRect(left, AXIS_HEIGHT, right - left, strip.height - AXIS_HEIGHT);
  const label = `waiting ${duration(toUs - fromUs)}`;
  context.fillStyle = strip.color('--warn');
  const width = context.measureText(label).width;
  if (width < right - left - 8)
    context.fillText(label, (left + right - width) / 2, AXIS_HEIGHT + 26);
}
