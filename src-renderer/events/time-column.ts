import type { Settings } from '../../src-ipc/contract.ts';
import { milliseconds } from '../state/format.ts';

type Kind = Settings['timeColumn'];

/** What the times in the event list count from, as far as the capture can tell. */
export interface TimeColumn {
  kind: Kind;
  /** The head of the column, and what it means. */
  name: string;
  title: string;
  /** Pixels: the clock is longer than a number of milliseconds. */
  width: number;
  /** Microseconds since the request that show as 0. */
  zeroUs: number;
  /** When the request was made, in milliseconds of the epoch. */
  startMs: number;
}

interface Capture {
  readonly isTimed: boolean;
  readonly meta: { readonly createdAt: string };
  timeUs(seq: number): number;
}

/** Without a mark, or without recorded times, what was asked for gives way to the plain times. */
export function timeColumn(asked: Kind, view: Capture, mark: number | null): TimeColumn {
  const startMs = Date.parse(view.meta.createdAt);
  const kind = canShow(asked, view, mark) ? asked : 'request';
  const zeroUs = kind === 'mark' && mark !== null ? view.timeUs(mark) : 0;
  const [name, title, width] = {
    request: ['ms', 'Milliseconds since the request', 50],
    previous: ['ms Δ', 'Milliseconds since the event before', 50],
    mark: [`ms ⌖${mark}`, `Milliseconds since the mark, event ${mark}`, 58],
    clock: ['clock', 'When it arrived, by the clock', 88],
  }[kind] as [string, string, number];
  return { kind, name, title, width, zeroUs, startMs };
}

/** Whether a capture has what a kind of times needs. */
export function canShow(
  kind: Kind,
  view: Pick<Capture, 'isTimed' | 'meta'>,
  mark: number | null,
): boolean {
  if (kind === 'mark') return mark !== null;
  if (kind !== 'clock') return true;
  return view.isTimed && !Number.isNaN(Date.parse(view.meta.createdAt));
}

/** @param deltaUs microseconds since the event before */
export function timeText(column: TimeColumn, timeUs: number, deltaUs: number): string {
  if (column.kind === 'previous') return milliseconds(deltaUs);
  if (column.kind === 'clock') return clock(column.startMs + timeUs / 1000);
  const us = timeUs - column.zeroUs;
  const sign = column.kind === 'mark' && us > 0 ? '+' : us < 0 ? '−' : '';
  return sign + milliseconds(Math.abs(us));
}

/** `14:05:09.042`, in the zone of this system. */
function clock(epochMs: number): string {
  const at = new Date(epochMs);
  const two = (number: number) => String(number).padStart(2, '0');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  return `${time}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
