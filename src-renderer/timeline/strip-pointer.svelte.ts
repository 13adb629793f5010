import { usAt } from '../../src-core/timeline/strip-layout.ts';
import {
  eventForClick,
  eventsBetween,
  lastEventAt,
  type Place,
  placeUnder,
  type Strip,
  xOfEvent,
} from '../../src-core/timeline/strip.ts';
import type { EventRange } from '../state/event-filter.svelte.ts';
import type { Session } from '../state/session.svelte.ts';
import { setRangeEnd } from './strip-keys.ts';

interface Drag {
  /** The playhead along the ruler, an end of the range, a new range, or not yet more than a press. */
  what: 'playhead' | 'from' | 'to' | 'click' | 'range';
  /** Where it began and where it is, in pixels. */
  x: number;
  to: number;
}

/** A press that moves less than this is a click. */
const CLICK_PX = 3;
/** A turn of the wheel by so many pixels shows e times as much. */
const WHEEL_PX = 450;
/** Beside a range that is zoomed to. */
const ROOM = 0.04;

/** What the pointer does in the strip. Made in a component. */
export class StripPointer {
  readonly #session: Session;
  readonly #strip: () => Strip;
  #at = $state.raw<{ x: number; y: number } | null>(null);
  #drag = $state.raw<Drag | null>(null);

  constructor(session: Session, strip: () => Strip) {
    this.#session = session;
    this.#strip = strip;
  }

  /** Where it points to, null while it is elsewhere or drags something. */
  readonly place: (Place & { x: number; y: number }) | null = $derived.by(() => {
    const strip = this.#strip();
    if (!this.#at || this.#drag || strip.count === 0) return null;
    return { ...placeUnder(strip, this.#at.x, this.#at.y), ...this.#at };
  });

  /** The range that is being dragged: between two places, with its events if it has any. */
  readonly selecting: { left: number; right: number; events: EventRange | null } | null =
    $derived.by(() => {
      const drag = this.#drag;
      if (drag?.what !== 'range') return null;
      const [left, right] = drag.x < drag.to ? [drag.x, drag.to] : [drag.to, drag.x];
      return { left, right, events: eventsBetween(this.#strip(), left, right) };
    });

  press(event: PointerEvent): void {
    const strip = this.#strip();
    if (event.button !== 0 || strip.count === 0) return;
    const at = pointOf(event);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const begin = (what: Drag['what']) => (this.#drag = { what, x: at.x, to: at.x });
    const end = (event.target as HTMLElement).dataset.rangeEnd;
    if (end === 'from' || end === 'to') begin(end);
    else if (placeUnder(strip, at.x, at.y).part === 'ruler') {
      begin('playhead');
      this.#session.playhead.moveTo(lastEventAt(strip, at.x));
    } else begin('click');
  }

  move(event: PointerEvent): void {
    const { x, y } = pointOf(event);
    const drag = this.#drag;
    this.#at = { x, y };
    if (!drag) {
      const nearest = this.place?.nearest ?? -1;
      this.#session.hovered = nearest < 0 ? null : nearest;
    } else if (drag.what === 'playhead')
      this.#session.playhead.moveTo(lastEventAt(this.#strip(), x));
    else if (drag.what === 'from' || drag.what === 'to') this.#moveEnd(drag.what, x);
    else if (drag.what === 'range' || Math.abs(x - drag.x) > CLICK_PX)
      this.#drag = { what: 'range', x: drag.x, to: x };
  }

  release(event: PointerEvent): void {
    const { x, y } = pointOf(event);
    const { playhead, filter } = this.#session;
    if (this.#drag?.what === 'click') playhead.moveTo(eventForClick(this.#strip(), x, y));
    // Where there is no event, nothing was selected, and what was before stays.
    else if (this.selecting?.events) filter.range = this.selecting.events;
    this.#drag = null;
  }

  cancel(): void {
    this.#drag = null;
  }

  leave(): void {
    this.#at = null;
    this.#session.hovered = null;
  }

  /** Shows the selected range, if the pointer is in it, with some room at both ends. */
  zoomToRange(event: MouseEvent): void {
    const { filter, timeline, view } = this.#session;
    const { range } = filter;
    const us = usAt(this.#strip().layout, timeline.window, pointOf(event).x);
    if (!range) return;
    const fromUs = view.timeUs(range.from);
    const toUs = view.timeUs(range.to);
    const room = Math.max(10, (toUs - fromUs) * ROOM);
    if (us < fromUs - room || us > toUs + room) return;
    timeline.show({ fromUs: fromUs - room, toUs: toUs + room });
  }

  /** Zooms, or moves sideways with Shift or a wheel that turns sideways. */
  wheel(event: WheelEvent): void {
    event.preventDefault();
    const { timeline } = this.#session;
    const { layout } = this.#strip();
    const { deltaX, deltaY, shiftKey, deltaMode } = event;
    const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
    const isSideways = shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
    if (isSideways) timeline.pan(((deltaX === 0 ? deltaY : deltaX) * unit) / layout.columns);
    else {
      const aroundUs = usAt(layout, timeline.window, pointOf(event).x);
      timeline.zoom(Math.exp((deltaY * unit) / WHEEL_PX), aroundUs);
    }
  }

  #moveEnd(end: 'from' | 'to', x: number): void {
    const { range } = this.#session.filter;
    if (!range) return;
    const strip = this.#strip();
    const fixed = xOfEvent(strip, end === 'from' ? range.to : range.from);
    const events = eventsBetween(strip, x, fixed);
    if (events) setRangeEnd(this.#session, end, events[end]);
  }
}

function pointOf(event: MouseEvent): { x: number; y: number } {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
