/** A stretch of time in microseconds since the request. */
export interface TimeWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Nothing is told apart below this: clocks that stamp chunks have microseconds. */
export const SHORTEST_US = 20;

export function spanOf({ fromUs, toUs }: TimeWindow): number {
  return toUs - fromUs;
}

/** A window of `spanUs` that begins at `fromUs`, moved and cut so that it lies within `whole`. */
export function placed(fromUs: number, spanUs: number, whole: TimeWindow): TimeWindow {
  const span = Math.min(Math.max(spanUs, Math.min(SHORTEST_US, spanOf(whole))), spanOf(whole));
  const from = Math.min(Math.max(fromUs, whole.fromUs), whole.toUs - span);
  return { fromUs: from, toUs: from + span };
}

/** Shows `factor` times as much, with `aroundUs` at the place where it was. */
export function zoomed(
  window: TimeWindow,
  factor: number,
  aroundUs: number,
  whole: TimeWindow,
): TimeWindow {
  const least = Math.min(SHORTEST_US, spanOf(whole));
  const span = Math.min(Math.max(spanOf(window) * factor, least), spanOf(whole));
  const share = (aroundUs - window.fromUs) / Math.max(1, spanOf(window));
  return placed(aroundUs - share * span, span, whole);
}

/** Moved by a share of its own length, later if positive. */
export function panned(window: TimeWindow, share: number, whole: TimeWindow): TimeWindow {
  return placed(window.fromUs + share * spanOf(window), spanOf(window), whole);
}

/**
 * The window in which `us` can be seen: itself where it can; a page on or back where it is just
 * left, so that what follows has room.
 */
export function revealing(window: TimeWindow, us: number, whole: TimeWindow): TimeWindow {
  if (us >= window.fromUs && us <= window.toUs) return window;
  const span = spanOf(window);
  return placed(us > window.toUs ? us - span * 0.1 : us - span * 0.9, span, whole);
}
