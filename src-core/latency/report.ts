import type { CaptureMeta } from '../capture.ts';
import type { EventIndex } from '../index/event-index.ts';
import {
  bufferingOf,
  chunkBytes,
  chunkEvents,
  eventBytes,
  type MarkedSpread,
} from './chunk-facts.ts';
import type { DeltaLog, Stretch } from './delta-log.ts';
import type { Gap, Gaps, GapSpread } from './gaps.ts';
import type { Bucket } from './histogram.ts';
import type { LaneRole } from './lane-role.ts';
import { type Phase, phasesOf } from './phases.ts';
import { largestRows, runToEnd } from './spread.ts';

/** Lanes that are listed, those with most deltas first; and gaps that are. */
export const LISTED_LANES = 50;
export const LISTED_GAPS = 50;

export interface LaneGaps {
  lane: number;
  deltas: number;
  characters: number;
  spread: GapSpread | null;
}

export interface Stalls {
  thresholdUs: number;
  count: number;
  totalUs: number;
}

/** What the times of a capture say, up to the events that the log has read. */
export interface LatencyReport {
  /** False: there are no times, and all that is made of times is null or empty. */
  timed: boolean;
  events: number;
  deltas: number;
  characters: number;
  stretches: Record<LaneRole, Stretch>;
  phases: Phase[];
  /** From the request to the end of the transport, or to the last event while it is open. */
  totalUs: number | null;
  /** Gaps between events, between deltas, and between deltas of different chunks. */
  eventGaps: GapSpread | null;
  deltaGaps: GapSpread | null;
  chunkGaps: GapSpread | null;
  lanes: LaneGaps[];
  laneCount: number;
  /** Whether the lists and plots below are of deltas; of events where there are no deltas. */
  ofDeltas: boolean;
  largest: Gap[];
  stalls: Stalls;
  histogram: Bucket[];
  eventBytes: MarkedSpread | null;
  chunkBytes: MarkedSpread | null;
  chunkEvents: MarkedSpread | null;
  buffering: string | null;
}

/** The gaps that stand for a capture: between deltas, or between events where there are no deltas. */
export function mainGaps(log: DeltaLog): Gaps {
  return log.seqs.length > 0 ? log.deltas : log.events;
}

/** Gaps that are at least as long as the threshold. */
export function stallsOf(gaps: Gaps, thresholdUs: number): Stalls {
  const stalls = { thresholdUs, count: 0, totalUs: 0 };
  for (const us of gaps.us.values()) {
    if (us < thresholdUs) continue;
    stalls.count++;
    stalls.totalUs += us;
  }
  return stalls;
}

export interface ReportInput {
  index: EventIndex;
  log: DeltaLog;
  meta: Pick<CaptureMeta, 'timed' | 'timing' | 'end'>;
  /** Bytes of the body that the index has seen. */
  byteCount: number;
  thresholdUs: number;
}

/**
 * Makes the report in steps: each takes a few milliseconds with 400,000 events, so that whoever runs
 * it can let others have their turn in between. Linear in the events and lanes.
 */
export function* reportSteps(input: ReportInput): Generator<undefined, LatencyReport> {
  const { index, log, meta, byteCount, thresholdUs } = input;
  const { timed } = meta;
  const gaps = mainGaps(log);
  const events = log.examined;
  const bytes = yield* eventBytes(index, events);
  const eventGaps = timed ? yield* log.events.spread() : null;
  const deltaGaps = timed ? yield* log.deltas.spread() : null;
  const chunkGaps = timed ? yield* log.betweenChunks.spread() : null;
  const lanes: LaneGaps[] = [];
  const byDeltas = [...log.lanes.values()].sort((a, b) => b.deltas - a.deltas || a.lane - b.lane);
  for (const { lane, deltas, characters, gaps: own } of byDeltas.slice(0, LISTED_LANES)) {
    const spread = timed ? yield* own.spread() : null;
    lanes.push({ lane, deltas, characters, spread });
  }
  lanes.sort((a, b) => a.lane - b.lane);
  const largest = timed
    ? largestRows(gaps.us.values(), LISTED_GAPS).map((row) => gaps.at(row))
    : [];
  yield;
  const ofChunks = timed ? yield* chunkBytes(index, byteCount) : null;
  const inChunks = timed ? yield* chunkEvents(log) : null;
  const endUs = meta.end?.atUs ?? null;
  const deltas = log.seqs.length;
  return {
    timed,
    events,
    deltas,
    characters: deltas === 0 ? 0 : log.characters.at(deltas - 1),
    stretches: copyOf(log.stretches),
    phases: timed ? phasesOf(meta.timing, index, endUs) : [],
    totalUs: timed ? (endUs ?? (events > 0 ? index.columns.timeUs[events - 1]! : null)) : null,
    eventGaps,
    deltaGaps,
    chunkGaps,
    lanes,
    laneCount: log.lanes.size,
    ofDeltas: deltas > 0,
    largest,
    stalls: timed ? stallsOf(gaps, thresholdUs) : { thresholdUs, count: 0, totalUs: 0 },
    histogram: timed ? gaps.histogram.buckets() : [],
    eventBytes: bytes,
    chunkBytes: ofChunks,
    chunkEvents: inChunks,
    buffering: inChunks ? bufferingOf(log, inChunks.max.value) : null,
  };
}

/** The report at once. */
export function reportOf(input: ReportInput): LatencyReport {
  return runToEnd(reportSteps(input));
}

function copyOf(of: Record<LaneRole, Stretch>): Record<LaneRole, Stretch> {
  return { text: { ...of.text }, reasoning: { ...of.reasoning }, tool: { ...of.tool } };
}
