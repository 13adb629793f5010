import type { Breakpoint } from '../../src-ipc/contract.ts';

/** An event that stops the playhead, and the breakpoints that hold there. */
export interface Stop {
  seq: number;
  breakpoints: readonly Breakpoint[];
}

/** What stops the replay of a capture, and the following of a live stream. */
export interface Stops {
  /** Reactive: whether anything could stop it at all. */
  readonly active: boolean;
  /** Reactive: how many of the first events are known to stop it or not. */
  readonly searchedUpTo: number;
  /** The first stop after an event, up to another one, which is among those searched. */
  nextStop(after: number, upTo: number): Stop | null;
  /** The stop at an event that was passed before a problem of it turned up. Told once. */
  lateStop(seq: number): Stop | null;
  /** It has stopped the playhead. */
  count(stop: Stop): void;
}

export const NOTHING_STOPS: Stops = {
  active: false,
  searchedUpTo: Infinity,
  nextStop: () => null,
  lateStop: () => null,
  count: () => {},
};
