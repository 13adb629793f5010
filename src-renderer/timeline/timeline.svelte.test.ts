import { describe, expect, test } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { Timeline } from './timeline.svelte.ts';

/** A capture that grows by events that come one in a millisecond. */
function capture(...steps: number[]): { timeline: Timeline; grow: () => void } {
  const indexer = new Indexer();
  const index = new EventIndex();
  const timeUs = (seq: number) => index.columns.timeUs[seq]!;
  const timeline = new Timeline({ index, timeUs } as unknown as CaptureView);
  const frame = new TextEncoder().encode('data: {"type":"keepalive"}\n\n');
  const grow = () => {
    const to = index.count + (steps.shift() ?? 0);
    for (let seq = index.count; seq < to; seq++) indexer.push(frame.slice(), seq * 1000);
    index.append(indexer.takeBatch());
    while (!timeline.extend());
  };
  return { timeline, grow };
}

const windowOf = ({ window }: Timeline) => [window.fromUs / 1000, window.toUs / 1000];

describe('the stretch of time that shows', () => {
  test('is all of it, and grows with the capture', () => {
    const { timeline, grow } = capture(101, 100);
    expect(windowOf(timeline)).toEqual([0, 1]);
    grow();
    expect(windowOf(timeline)).toEqual([0, 100]);
    grow();
    expect(windowOf(timeline)).toEqual([0, 200]);
    expect(timeline.count).toBe(201);
  });

  test('stays where it is once zoomed', () => {
    const { timeline, grow } = capture(101, 100);
    grow();
    timeline.zoom(0.5, 50_000);
    expect(windowOf(timeline)).toEqual([25, 75]);
    grow();
    expect(windowOf(timeline)).toEqual([25, 75]);
    expect(timeline.isZoomed).toBe(true);
  });

  test('stays at the end of a growing capture where it is zoomed there', () => {
    const { timeline, grow } = capture(101, 100);
    grow();
    timeline.zoom(0.2, 100_000);
    expect(windowOf(timeline)).toEqual([80, 100]);
    grow();
    expect(windowOf(timeline)).toEqual([180, 200]);
    timeline.pan(-1);
    expect(windowOf(timeline)).toEqual([160, 180]);
  });

  test('zooms by steps around a time, around the middle where that is out of sight', () => {
    const { timeline, grow } = capture(101);
    grow();
    timeline.zoomStep('in', 100_000);
    expect(windowOf(timeline)).toEqual([50, 100]);
    timeline.zoomStep('in', 0);
    expect(windowOf(timeline)).toEqual([62.5, 87.5]);
    timeline.zoomStep('out', 75_000);
    timeline.zoomStep('out', 75_000);
    expect(timeline.isZoomed).toBe(false);
    timeline.pan(1);
    expect(timeline.isZoomed).toBe(false);
  });

  test('moves to a time that is out of sight, and not for one that is in it', () => {
    const { timeline, grow } = capture(101);
    grow();
    timeline.zoom(0.2, 0);
    timeline.reveal(10_000);
    expect(windowOf(timeline)).toEqual([0, 20]);
    timeline.reveal(50_000);
    expect(windowOf(timeline)).toEqual([48, 68]);
    timeline.fit();
    expect(windowOf(timeline)).toEqual([0, 100]);
  });
});
