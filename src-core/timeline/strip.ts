import { countUpTo } from '../index/columns.ts';
import type { Stall } from './stalls.ts';
import { columnAt, placeAt, type StripLayout, usAt, xOf } from './strip-layout.ts';
import type { TimeWindow } from './time-window.ts';
import type { Track } from './tracks.ts';

/** What is drawn where: all that turns a place in the strip into events and back. */
export interface Strip {
  readonly layout: StripLayout;
  readonly window: TimeWindow;
  /** The events by pixel column: see `columnEdges`. */
  readonly edges: Uint32Array;
  readonly tracks: readonly Track[];
  /** Ascending, in microseconds; of `count` events. */
  readonly times: ArrayLike<number>;
  readonly count: number;
  /** A gap of at least so many microseconds is a stall. */
  readonly stallUs: number;
}

/** What is under the pointer. */
export interface Place {
  readonly us: number;
  readonly part: ReturnType<typeof placeAt>['part'];
  readonly track: Track | null;
  /** The events within `REACH` pixels, `from` to `to`: none where `to` is smaller. */
  readonly from: number;
  readonly to: number;
  /** The nearest of these, in the track where there is one; -1 for none. */
  readonly nearest: number;
  /** The stall that it lies in. */
  readonly stall: Stall | null;
}

/** A pointer this many pixels beside an event means it. */
const REACH = 3;

export function placeUnder(strip: Strip, x: number, y: number): Place {
  const { layout, edges, tracks, times } = strip;
  const at = placeAt(layout, y);
  const track = at.part === 'track' ? (tracks[at.row] ?? null) : null;
  const us = usAt(layout, strip.window, x);
  const from = edges[columnAt(layout, x - REACH)]!;
  const to = edges[columnAt(layout, x + REACH) + 1]! - 1;
  const near = track ? track.series.nearest(us, times) : nearestEvent(strip, us);
  const isNear = near >= from && near <= to;
  const stall = from > to ? stallAround(strip, us) : null;
  return { us, part: at.part, track, from, to, nearest: isNear ? near : -1, stall };
}

function nearestEvent({ times, count }: Strip, us: number): number {
  const after = countUpTo(times, count, us);
  if (after === 0 || after === count) return Math.min(after, count - 1);
  return us - times[after - 1]! <= times[after]! - us ? after - 1 : after;
}

function stallAround({ times, count, stallUs }: Strip, us: number): Stall | null {
  const after = countUpTo(times, count, us);
  if (after === count) return null;
  const fromUs = after === 0 ? 0 : times[after - 1]!;
  const toUs = times[after]!;
  return toUs - fromUs >= stallUs ? { before: after - 1, after, fromUs, toUs } : null;
}

/** The event that a click goes to: the nearest in the track, or of all where there is no track. */
export function eventForClick(strip: Strip, x: number, y: number): number {
  const { track, us } = placeUnder(strip, x, y);
  return track ? track.series.nearest(us, strip.times) : nearestEvent(strip, us);
}

/** The last event up to a place, the first one before all: where the playhead is dragged to. */
export function lastEventAt({ layout, window, edges, times, count }: Strip, x: number): number {
  const isInside = x >= layout.left && x < layout.left + layout.columns;
  // By the column within the strip, so that an event is reached where its bar begins.
  const upTo = isInside
    ? edges[columnAt(layout, x) + 1]!
    : countUpTo(times, count, usAt(layout, window, x));
  return Math.max(0, upTo - 1);
}

/** The events between two places, null where there are none. */
export function eventsBetween(
  { layout, edges }: Strip,
  one: number,
  other: number,
): { from: number; to: number } | null {
  const from = edges[columnAt(layout, Math.min(one, other))]!;
  const to = edges[columnAt(layout, Math.max(one, other)) + 1]! - 1;
  return to >= from ? { from, to } : null;
}

/** Where an event is drawn, in pixels from the left; beyond the strip where it is out of sight. */
export function xOfEvent({ layout, window, times }: Strip, seq: number): number {
  return xOf(layout, window, times[seq] ?? 0);
}
