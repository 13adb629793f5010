import type { EventIndex } from '../src-core/index/event-index.ts';
import { parseJson } from '../src-core/json.ts';
import { Snapshots } from '../src-core/snapshot/snapshots.ts';
import { readData } from '../src-core/sse/frame.ts';
import { quantile } from './measure.ts';
import { randomOf } from './streams.ts';

const SEEKS = 20_000;

export interface SeekTimes {
  /** Milliseconds of the first seek, to the end: it passes all structure once. */
  first: number;
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
}

/** Seeks to random events, each timed alone. Nothing that was decoded is kept. */
export function seekTimes(index: EventIndex, body: Uint8Array): SeekTimes {
  const snapshots = new Snapshots(index, (seq) => {
    const { dataStart, dataEnd } = index.columns;
    const frame = { dataStart: dataStart[seq]!, dataEnd: dataEnd[seq]!, dataLines: 1 };
    return parseJson(readData(frame, body));
  });
  const random = randomOf(3);
  const time = (seq: number) => {
    const began = performance.now();
    snapshots.at(seq);
    return performance.now() - began;
  };
  const first = time(index.count - 1);
  const times: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) times.push(time(Math.floor(random() * index.count)));
  const total = times.reduce((sum, one) => sum + one, 0);
  return {
    first,
    perSecond: (SEEKS / total) * 1000,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: Math.max(...times),
  };
}
