import type { EventIndex } from '../../src-core/index/event-index.ts';
import { rowsToDraw } from '../../src-core/latency/decimate.ts';
import type { DeltaLog } from '../../src-core/latency/delta-log.ts';
import type { Bucket } from '../../src-core/latency/histogram.ts';
import { mainGaps } from '../../src-core/latency/report.ts';
import { preciseMs } from './milliseconds.ts';

/** What a plot draws, already reduced to what its pixels can show. */
export interface PlotModel {
  /** The x values, then one list for each series. */
  data: [number[], ...(number | null)[][]];
  /** The event that each row stands for, -1 for none. */
  seqs: number[];
  /** A row in words. */
  tell(row: number): string;
}

/** Gaps on a logarithmic axis begin here: shorter ones stand on its lowest line, those of 0 too. */
export const LEAST_MS = 0.1;

/** Gaps over the time of the event after them, in milliseconds; stalls are the second series. */
export function gapModel(
  index: EventIndex,
  log: DeltaLog,
  thresholdUs: number,
  columns: number,
): PlotModel {
  const gaps = mainGaps(log);
  const { timeUs } = index.columns;
  const us = gaps.us.values();
  const to = index.count > 0 ? timeUs[Math.max(0, log.examined - 1)]! : 0;
  const rows = rowsToDraw((row) => timeUs[gaps.after.at(row)]!, us, { from: 0, to, columns });
  const ms = (row: number) => Math.max(LEAST_MS, us[row]! / 1000);
  return {
    data: [
      rows.map((row) => timeUs[gaps.after.at(row)]! / 1000),
      rows.map((row) => (us[row]! < thresholdUs ? ms(row) : null)),
      rows.map((row) => (us[row]! < thresholdUs ? null : ms(row))),
    ],
    seqs: rows.map((row) => gaps.after.at(row)),
    tell: (at) => {
      const row = rows[at]!;
      return `#${gaps.after.at(row)} came ${preciseMs(us[row]!)} ms after #${gaps.before.at(row)}`;
    },
  };
}

/** How many characters had come, over time. */
export function growthModel(index: EventIndex, log: DeltaLog, columns: number): PlotModel {
  const { timeUs } = index.columns;
  const totals = log.characters.values();
  const to = index.count > 0 ? timeUs[Math.max(0, log.examined - 1)]! : 0;
  const rows = rowsToDraw((row) => timeUs[log.seqs.at(row)]!, totals, { from: 0, to, columns });
  return {
    data: [rows.map((row) => timeUs[log.seqs.at(row)]! / 1000), rows.map((row) => totals[row]!)],
    seqs: rows.map((row) => log.seqs.at(row)),
    tell: (at) => {
      const row = rows[at]!;
      const seq = log.seqs.at(row);
      const characters = totals[row]!.toLocaleString('en');
      return `${characters} characters with #${seq}, at ${preciseMs(timeUs[seq]!)} ms`;
    },
  };
}

/** A bucket in words: `20 to 50 ms`. */
export function bucketName({ fromUs, toUs }: Bucket): string {
  if (fromUs === 0) return '0 (same time)';
  if (fromUs < 1) return `below ${shortMs(toUs)} ms`;
  if (toUs === Infinity) return `${shortMs(fromUs)} ms or more`;
  return `${shortMs(fromUs)} to ${shortMs(toUs)} ms`;
}

/** The lower edge of a bucket, for an axis. */
export function bucketEdge({ fromUs }: Bucket): string {
  if (fromUs === 0) return '0';
  return fromUs < 1 ? '>0' : shortMs(fromUs);
}

function shortMs(us: number): string {
  return (us / 1000).toLocaleString('en');
}

/** How many gaps are of each order of size; a bar stands for the longest of them. */
export function histogramModel(buckets: readonly Bucket[]): PlotModel {
  return {
    data: [buckets.map((_, at) => at), buckets.map(({ count }) => count)],
    seqs: buckets.map(({ longestSeq }) => longestSeq),
    tell: (at) => {
      const bucket = buckets[at]!;
      const count = bucket.count.toLocaleString('en');
      const longest = bucket.count > 0 ? `; the longest before #${bucket.longestSeq}` : '';
      return `${bucketName(bucket)}: ${count}${longest}`;
    },
  };
}
