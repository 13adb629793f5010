import type { GapSpread } from '../../src-core/latency/gaps.ts';
import type { StreamStats } from './stream-stats.ts';

/** The same facts for programs; times in microseconds. */
export function statsJson({ report, ...facts }: StreamStats): object {
  return { ...facts, times: report.timed ? timesOf(report) : null };
}

function timesOf({ phases, totalUs, stalls, ...report }: StreamStats['report']): object {
  const at = (name: string) => phases.find((phase) => phase.name === name)?.atUs ?? null;
  return {
    firstByteUs: at('firstByte'),
    firstEventUs: at('firstEvent'),
    firstReasoningUs: at('firstReasoning'),
    firstTextUs: at('firstText'),
    lastEventUs: at('lastEvent'),
    totalUs,
    gaps: {
      events: gapsOf(report.eventGaps),
      deltas: gapsOf(report.deltaGaps),
      betweenChunks: gapsOf(report.chunkGaps),
    },
    stalls,
  };
}

function gapsOf(spread: GapSpread | null): object | null {
  if (!spread) return null;
  const { count, p50, p95, p99, max } = spread;
  return { count, p50Us: p50.us, p95Us: p95.us, p99Us: p99.us, maxUs: max.us, maxAfter: max.after };
}
