import type { StreamStatus } from '../../src-core/capture.ts';
import type { Usage } from '../../src-core/dialects/dialect.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import { laneAddress } from '../../src-core/index/event-index.ts';
import type { Indexer } from '../../src-core/index/indexer.ts';
import { DeltaLog } from '../../src-core/latency/delta-log.ts';
import { type LatencyReport, reportOf } from '../../src-core/latency/report.ts';
import { streamStatus } from '../../src-ipc/stream-status.ts';
import { lastEvents, type WholeStream } from '../stream/whole-stream.ts';

export interface TypeStats {
  type: string;
  events: number;
  bytes: number;
}

export interface LaneStats {
  /** Which response of the stream, from 0. */
  response: number;
  address: string;
  kind: string;
  /** UTF-16 units. */
  characters: number;
  /** The events that made it longer: how many, the first and the last. */
  events: number;
  firstEvent: number;
  lastEvent: number;
}

/** What can be counted and measured of a stream. */
export interface StreamStats {
  name: string;
  dialect: string;
  framing: string;
  model: string;
  status: StreamStatus;
  events: number;
  bytes: number;
  comments: number;
  problems: number;
  responses: number;
  /** Most events first. */
  types: TypeStats[];
  lanes: LaneStats[];
  /** Of each response: the server's own counts, null where it does not tell. */
  usage: (Usage | null)[];
  report: LatencyReport;
}

/** Gaps of this length and more are stalls, in microseconds. */
const STALL_US = 1_000_000;

/** Reads the whole index once, and the final object of each response. */
export function streamStats(stream: WholeStream, indexer: Indexer): StreamStats {
  const { index, source, bytes } = stream;
  const log = new DeltaLog(index);
  log.extend(Infinity);
  const capture = source.capture;
  const meta = {
    timed: source.isTimed,
    timing: capture?.timing ?? null,
    end: capture?.end ?? null,
  };
  const lasts = lastEvents(stream);
  // Bytes that came by themselves ended as they should: nobody knows otherwise.
  const end = capture ? capture.end : { kind: 'closed' as const };
  return {
    name: source.name,
    dialect: indexer.dialect,
    framing: indexer.framing,
    model: indexer.model,
    status: streamStatus(indexer.streamStatus, end, bytes.length),
    events: index.count,
    bytes: bytes.length,
    comments: index.commentCount,
    problems: indexer.problemCount,
    responses: lasts.length,
    types: typeStats(stream),
    lanes: laneStats(stream),
    usage: lasts.map((seq) => dialectOf(indexer.dialect).usage(stream.snapshotAt(seq))),
    report: reportOf({ index, log, meta, byteCount: bytes.length, thresholdUs: STALL_US }),
  };
}

function typeStats({ index }: WholeStream): TypeStats[] {
  const { type, start, end } = index.columns;
  const stats = index.types.map((name) => ({ type: name, events: 0, bytes: 0 }));
  for (let seq = 0; seq < index.count; seq++) {
    const one = stats[type[seq]!]!;
    one.events++;
    one.bytes += end[seq]! - start[seq]!;
  }
  return stats.filter(({ events }) => events > 0).sort((a, b) => b.events - a.events);
}

function laneStats({ index }: WholeStream): LaneStats[] {
  return index.lanes.map((lane) => ({
    response: lane.response,
    address: laneAddress(lane),
    kind: lane.kind,
    characters: lane.text.length,
    events: lane.seqs.length,
    firstEvent: lane.firstSeq,
    lastEvent: lane.seqs.length === 0 ? lane.firstSeq : lane.seqs.at(lane.seqs.length - 1),
  }));
}
