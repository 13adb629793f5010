import { expect, test } from 'vitest';
import { columnEdges } from './pixel-columns.ts';
import { Series } from './series.ts';
import { eventForClick, eventsBetween, lastEventAt, placeUnder, type Strip } from './strip.ts';
import { layOutStrip } from './strip-layout.ts';
import type { TimeWindow } from './time-window.ts';
import type { Track } from './tracks.ts';

/** Two tracks with one event each 10 ms in turn, then a stall; 600 columns of 1 ms. */
const times = [0, 10, 20, 30, 40, 600].map((ms) => ms * 1000);

function stripOf(window: TimeWindow): Strip {
  const tracks = [0, 1].map((turn): Track => {
    const series = new Series();
    times.forEach((_, seq) => seq % 2 === turn && series.push(seq, 0));
    return { kind: 'item', item: turn, lane: -1, response: 0, series, longestGapUs: 0 };
  });
  const given = { width: 616, height: 100, tracks: 2, hasMarks: false, hasChunks: false };
  const layout = layOutStrip({ ...given, scrollTop: 0 });
  const edges = columnEdges(times.length, (row) => times[row]!, window, layout.columns);
  return { layout, window, edges, tracks, times, count: times.length, stallUs: 150_000 };
}

const whole = stripOf({ fromUs: 0, toUs: 600_000 });
const { left } = whole.layout;
const rowY = (row: number) => whole.layout.tracks.top + row * whole.layout.rows.rowHeight + 2;

test('the pointer means the event of its track within a few pixels', () => {
  expect(placeUnder(whole, left + 11, rowY(1))).toMatchObject({ from: 1, to: 1, nearest: 1 });
  expect(placeUnder(whole, left + 11, rowY(0)).nearest).toBe(-1);
  expect(placeUnder(whole, left + 15, rowY(1)).nearest).toBe(-1);
  expect(placeUnder(whole, left + 11, 4)).toMatchObject({ part: 'ruler', track: null, nearest: 1 });
});

test('a place in a stall says so', () => {
  const { stall, nearest } = placeUnder(whole, left + 300, rowY(0));
  expect(nearest).toBe(-1);
  expect(stall).toEqual({ before: 4, after: 5, fromUs: 40_000, toUs: 600_000 });
  expect(placeUnder(whole, left + 25, rowY(0)).stall).toBeNull();
});

test('a click goes to the nearest event of the track', () => {
  expect(eventForClick(whole, left + 18, rowY(0))).toBe(2);
  expect(eventForClick(whole, left + 18, rowY(1))).toBe(1);
  expect(eventForClick(whole, left + 500, rowY(1))).toBe(5);
  expect(eventForClick(whole, left + 17, whole.layout.tracks.top + 70)).toBe(2);
});

test('the playhead goes to the last event before the place, also beyond what shows', () => {
  expect(lastEventAt(whole, left + 20)).toBe(2);
  expect(lastEventAt(whole, left + 19.9)).toBe(1);
  expect(lastEventAt(whole, 0)).toBe(0);
  expect(lastEventAt(whole, 5000)).toBe(5);
  const zoomed = stripOf({ fromUs: 25_000, toUs: 35_000 });
  expect(lastEventAt(zoomed, 0)).toBe(2);
  expect(lastEventAt(zoomed, left + 600 + 300)).toBe(4);
});

test('the events between two places are those of their columns', () => {
  expect(eventsBetween(whole, left + 10, left + 30)).toEqual({ from: 1, to: 3 });
  expect(eventsBetween(whole, left + 35, left + 9)).toEqual({ from: 1, to: 3 });
  expect(eventsBetween(whole, left + 100, left + 200)).toBeNull();
  expect(eventsBetween(whole, 0, 9000)).toEqual({ from: 0, to: 5 });
});
