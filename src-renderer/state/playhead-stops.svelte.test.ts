import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Breakpoint } from '../../src-ipc/contract.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import { Playhead, type Speed } from './playhead.svelte.ts';
import type { Stop, Stops } from './stops.ts';
import { Recording, Screen } from './testing/recording.svelte.ts';

const breakpoint: Breakpoint = { id: 'b1', query: 'closes:/age', enabled: true, hits: 0 };

/** Stops at the events of a list, as far as the test has it searched. */
class ListedStops implements Stops {
  active = $state(true);
  searchedUpTo = $state(Infinity);
  readonly counted: number[] = [];
  readonly #seqs: number[];

  constructor(seqs: number[]) {
    this.#seqs = seqs;
  }
  nextStop(after: number, upTo: number): Stop | null {
    if (upTo >= this.searchedUpTo) throw new Error('asked about what was not searched');
    const seq = this.active && this.#seqs.find((one) => one > after && one <= upTo);
    return typeof seq === 'number' ? { seq, breakpoints: [breakpoint] } : null;
  }
  /** An event that a problem turned up for. */
  late: number | null = null;
  lateStop(seq: number): Stop | null {
    const isLate = seq === this.late;
    this.late = null;
    return isLate ? { seq, breakpoints: [breakpoint] } : null;
  }
  count({ seq }: Stop): void {
    this.counted.push(seq);
  }
}

let screen: Screen;
let end: () => void;
beforeEach(() => (screen = new Screen()));
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

function playheadOf(recording: Recording, speed: Speed, stops: Stops, isLive = false): Playhead {
  let playhead!: Playhead;
  end = $effect.root(() => {
    playhead = new Playhead(recording as unknown as CaptureView, speed, stops, isLive);
  });
  return playhead;
}

/** Six events, 100 ms apart. */
const six = () => new Recording([0, 100, 200, 300, 400, 500]);

test('replay stops at the first event after its start, and going on does not stop there again', () => {
  const stops = new ListedStops([1, 2, 4]);
  const playhead = playheadOf(six(), '1', stops);
  playhead.moveTo(1);
  playhead.play();
  screen.frameAfter(350);
  expect(playhead.seq).toBe(2);
  expect(playhead.playing).toBe(false);
  expect(playhead.stopped).toMatchObject({ seq: 2, held: 'replay', breakpoints: [breakpoint] });
  expect(screen.isWanted).toBe(false);
  playhead.toggle();
  expect(playhead.stopped).toBeNull();
  screen.frameAfter(199);
  expect(playhead.seq).toBe(3);
  screen.frameAfter(2);
  expect([playhead.seq, playhead.playing]).toEqual([4, false]);
  playhead.resume();
  screen.frameAfter(101);
  expect([playhead.seq, playhead.stopped, playhead.following]).toEqual([5, null, true]);
  expect(stops.counted).toEqual([2, 4]);
});

test('instant stops too, without a frame', () => {
  const stops = new ListedStops([3]);
  const playhead = playheadOf(six(), 'instant', stops);
  playhead.moveTo(0);
  playhead.play();
  expect([playhead.seq, playhead.playing]).toEqual([3, false]);
  playhead.resume();
  expect([playhead.seq, playhead.stopped]).toEqual([5, null]);
  expect(screen.isWanted).toBe(false);
});

test('what starts over can stop at the very first event, what starts there does not', () => {
  const stops = new ListedStops([0]);
  const playhead = playheadOf(six(), '1', stops);
  playhead.play();
  screen.frameAfter(1);
  expect(playhead.stopped?.seq).toBe(0);
  playhead.moveTo(0);
  playhead.play();
  screen.frameAfter(600);
  expect([playhead.seq, playhead.stopped]).toEqual([5, null]);
});

test('a stop at the last event of a finished capture has nothing to go on to', () => {
  const playhead = playheadOf(six(), 'instant', new ListedStops([5]));
  playhead.moveTo(0);
  playhead.play();
  expect(playhead.stopped?.seq).toBe(5);
  playhead.resume();
  expect([playhead.seq, playhead.stopped, playhead.playing]).toEqual([5, null, false]);
});

test('seeking and stepping never stop', () => {
  const stops = new ListedStops([2, 3]);
  const playhead = playheadOf(six(), '1', stops);
  playhead.moveTo(1);
  playhead.step(1);
  playhead.step(1);
  playhead.moveTo(5);
  playhead.moveTo(2);
  expect(playhead.stopped).toBeNull();
  expect(stops.counted).toEqual([]);
});

test('replay waits for the search, and time waits with it', () => {
  const stops = new ListedStops([4]);
  stops.searchedUpTo = 2;
  const playhead = playheadOf(six(), '1', stops);
  playhead.moveTo(0);
  playhead.play();
  screen.frameAfter(350);
  expect([playhead.seq, playhead.waiting, playhead.playing]).toEqual([1, true, true]);
  screen.frameAfter(5000);
  expect(playhead.seq).toBe(1);
  stops.searchedUpTo = 6;
  screen.frameAfter(150);
  expect([playhead.seq, playhead.waiting]).toEqual([2, false]);
  screen.frameAfter(200);
  expect(playhead.stopped?.seq).toBe(4);
});

test('instant waits for the search as well', () => {
  const stops = new ListedStops([4]);
  stops.searchedUpTo = 0;
  const playhead = playheadOf(six(), 'instant', stops);
  playhead.play();
  expect([playhead.seq, playhead.playing, playhead.waiting]).toEqual([0, true, true]);
  stops.searchedUpTo = 3;
  screen.frameAfter(16);
  expect(playhead.seq).toBe(2);
  stops.searchedUpTo = 6;
  screen.frameAfter(16);
  expect([playhead.stopped?.seq, playhead.waiting]).toEqual([4, false]);
});

test('a breakpoint that comes while it plays stops it as well', () => {
  const stops = new ListedStops([3]);
  stops.active = false;
  const playhead = playheadOf(six(), '1', stops);
  playhead.moveTo(0);
  playhead.play();
  screen.frameAfter(150);
  stops.active = true;
  screen.frameAfter(200);
  expect(playhead.stopped?.seq).toBe(3);
});

test('playing to an event ends there, from here or from the start, and stops on the way', () => {
  const stops = new ListedStops([1]);
  const playhead = playheadOf(six(), 'instant', stops);
  playhead.moveTo(2);
  playhead.playTo(4);
  expect([playhead.seq, playhead.playing, playhead.stopped]).toEqual([4, false, null]);
  playhead.playTo(3);
  expect(playhead.stopped?.seq).toBe(1);
  playhead.resume();
  expect([playhead.seq, playhead.stopped]).toEqual([3, null]);
  playhead.playTo(0);
  expect(playhead.seq).toBe(0);
});

test('a finished capture is followed to its end at once', () => {
  const playhead = playheadOf(six(), '1', new ListedStops([2]));
  playhead.advance();
  expect([playhead.seq, playhead.stopped]).toEqual([5, null]);
});

function liveStream(seqs: number[]) {
  const recording = new Recording([]);
  recording.ended = false;
  const stops = new ListedStops(seqs);
  const playhead = playheadOf(recording, '1', stops, true);
  return { recording, stops, playhead };
}

test('following a live stream is held at a hit while events come in', () => {
  const { recording, stops, playhead } = liveStream([2, 5]);
  recording.append([0, 10]);
  playhead.advance();
  expect(playhead.seq).toBe(1);
  recording.append([20, 30]);
  // Not even for a moment does it show what lies beyond.
  expect(playhead.seq).toBe(1);
  playhead.advance();
  expect([playhead.seq, playhead.following]).toEqual([2, false]);
  expect(playhead.stopped).toMatchObject({ seq: 2, held: 'following' });
  recording.append([40, 50, 60]);
  playhead.advance();
  expect(playhead.seq).toBe(2);
  playhead.resume();
  expect(playhead.stopped?.seq).toBe(5);
  playhead.resume();
  expect([playhead.seq, playhead.following, playhead.stopped]).toEqual([6, true, null]);
  expect(stops.counted).toEqual([2, 5]);
});

test('the newest event can be jumped to, past stops, and later ones hold it again', () => {
  const { recording, playhead } = liveStream([1, 3, 5]);
  recording.append([0, 10, 20, 30, 40]);
  playhead.advance();
  expect(playhead.stopped?.seq).toBe(1);
  playhead.follow();
  expect([playhead.seq, playhead.stopped]).toEqual([4, null]);
  recording.append([50, 60]);
  playhead.advance();
  expect(playhead.stopped?.seq).toBe(5);
});

test('following waits for the search, and is as before where nothing can stop it', () => {
  const { recording, stops, playhead } = liveStream([]);
  stops.searchedUpTo = 1;
  recording.append([0, 10, 20]);
  playhead.advance();
  expect([playhead.seq, playhead.waiting]).toEqual([0, true]);
  stops.searchedUpTo = 3;
  playhead.advance();
  expect([playhead.seq, playhead.waiting]).toEqual([2, false]);
  stops.active = false;
  flushSync();
  recording.append([30]);
  expect(playhead.seq).toBe(3);
});

test('what turns up for the event that was followed last stops there, once', () => {
  const { recording, stops, playhead } = liveStream([]);
  recording.append([0, 10, 20]);
  playhead.advance();
  stops.late = 2;
  playhead.advance();
  expect(playhead.stopped).toMatchObject({ seq: 2, held: 'following' });
  playhead.resume();
  expect([playhead.seq, playhead.stopped, stops.counted]).toEqual([2, null, [2]]);
  // Who has gone elsewhere is not called back, nor stopped when they return.
  playhead.moveTo(1);
  stops.late = 2;
  playhead.advance();
  playhead.follow();
  playhead.advance();
  expect([playhead.seq, playhead.stopped]).toEqual([2, null]);
});
