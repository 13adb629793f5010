import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaptureView } from './capture-view.svelte.ts';
import { Playhead } from './playhead.svelte.ts';
import { Recording, Screen } from './testing/recording.svelte.ts';

let screen: Screen;
let end: () => void;
beforeEach(() => (screen = new Screen()));
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

function playheadOf(recording: Recording, speed: ConstructorParameters<typeof Playhead>[1]) {
  let playhead!: Playhead;
  end = $effect.root(() => {
    playhead = new Playhead(recording as unknown as CaptureView, speed);
  });
  return playhead;
}

/** Five events: at 100, 300, 300 (one chunk), 1300 and 1400 ms after the request. */
const five = () => new Recording([100, 300, 300, 1300, 1400]);

test.each([
  ['0.25', 4],
  ['1', 1],
  ['100', 0.01],
] as const)('at %s× each event comes when its time has come, and not before', (speed, stretch) => {
  const playhead = playheadOf(five(), speed);
  playhead.moveTo(0);
  playhead.play();
  expect(playhead.playing).toBe(true);
  expect(playhead.seq).toBe(0);
  // Time runs from the first event on: the wait before it is not replayed.
  screen.frameAfter(199 * stretch);
  expect(playhead.seq).toBe(0);
  screen.frameAfter(2 * stretch); // 201 ms
  expect(playhead.seq).toBe(2);
  screen.frameAfter(998 * stretch); // 1199 ms
  expect(playhead.seq).toBe(2);
  screen.frameAfter(2 * stretch); // 1201 ms
  expect(playhead.seq).toBe(3);
  expect(playhead.playing).toBe(true);
  screen.frameAfter(100 * stretch); // 1301 ms
  expect(playhead.seq).toBe(4);
  expect(playhead.playing).toBe(false);
  expect(screen.isWanted).toBe(false);
});

test('a frame that comes late shows all that should have come by then', () => {
  const playhead = playheadOf(five(), '1');
  playhead.moveTo(0);
  playhead.play();
  screen.frameAfter(1250);
  expect(playhead.seq).toBe(3);
});

test('pausing keeps the place, and playing goes on from there', () => {
  const playhead = playheadOf(five(), '1');
  playhead.moveTo(0);
  playhead.play();
  screen.frameAfter(250);
  playhead.toggle();
  expect(playhead.playing).toBe(false);
  expect(screen.isWanted).toBe(false);
  screen.frameAfter(60_000);
  expect(playhead.seq).toBe(2);
  playhead.toggle();
  screen.frameAfter(999);
  expect(playhead.seq).toBe(2);
  screen.frameAfter(2);
  expect(playhead.seq).toBe(3);
});

test('another speed while playing counts from the event that shows', () => {
  const playhead = playheadOf(five(), '1');
  playhead.moveTo(0);
  playhead.play();
  screen.frameAfter(250);
  playhead.speed = '10';
  expect(playhead.playing).toBe(true);
  expect(playhead.seq).toBe(2);
  screen.frameAfter(99);
  expect(playhead.seq).toBe(2);
  screen.frameAfter(2);
  expect(playhead.seq).toBe(3);
});

test('moving by hand ends the playing', () => {
  const playhead = playheadOf(five(), '1');
  playhead.moveTo(0);
  playhead.play();
  playhead.step(1);
  expect(playhead.playing).toBe(false);
  screen.frameAfter(10_000);
  expect(playhead.seq).toBe(1);
});

test('playing at the end starts over', () => {
  const playhead = playheadOf(five(), '1');
  expect(playhead.seq).toBe(4);
  playhead.play();
  expect(playhead.seq).toBe(0);
  screen.frameAfter(250);
  expect(playhead.seq).toBe(2);
});

test('instant goes to the end without a frame', () => {
  const playhead = playheadOf(five(), 'instant');
  playhead.moveTo(1);
  playhead.play();
  expect(playhead.seq).toBe(4);
  expect(playhead.playing).toBe(false);
  expect(screen.isWanted).toBe(false);
});

test('it follows a live stream until it is moved, and again from the newest event on', () => {
  const recording = new Recording([]);
  recording.ended = false;
  const playhead = playheadOf(recording, '1');
  expect(playhead.following).toBe(true);
  expect(playhead.seq).toBe(-1);
  playhead.play();
  expect(playhead.playing).toBe(false);
  recording.append([10, 20, 30]);
  expect(playhead.seq).toBe(2);
  playhead.moveTo(1);
  expect(playhead.following).toBe(false);
  recording.append([40]);
  expect(playhead.seq).toBe(1);
  playhead.moveTo(3);
  expect(playhead.following).toBe(true);
  recording.append([50]);
  expect(playhead.seq).toBe(4);
  playhead.moveTo(0);
  playhead.follow();
  expect(playhead.seq).toBe(4);
});

test('playing a live stream waits at its newest event for the next ones', () => {
  const recording = new Recording([0, 100]);
  recording.ended = false;
  const playhead = playheadOf(recording, '1');
  playhead.moveTo(0);
  playhead.play();
  screen.frameAfter(150);
  expect(playhead.seq).toBe(1);
  expect(playhead.playing).toBe(true);
  recording.append([200]);
  expect(playhead.seq).toBe(1);
  screen.frameAfter(51);
  expect(playhead.seq).toBe(2);
  recording.ended = true;
  screen.frameAfter(16);
  expect(playhead.playing).toBe(false);
  expect(playhead.following).toBe(true);
});

test('there is nothing before the first event and after the last one', () => {
  const playhead = playheadOf(five(), '1');
  playhead.moveTo(-3);
  expect(playhead.seq).toBe(0);
  playhead.step(-1);
  expect(playhead.seq).toBe(0);
  playhead.moveTo(99);
  expect(playhead.seq).toBe(4);
});
