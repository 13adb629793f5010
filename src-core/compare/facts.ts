import type { Usage } from '../dialects/dialect.ts';
import { dialectOf } from '../dialects/dialects.ts';
import { DeltaLog } from '../latency/delta-log.ts';
import { perSecond, spanOf } from '../latency/rates.ts';
import { type LatencyReport, reportSteps } from '../latency/report.ts';
import { runToEnd } from '../latency/spread.ts';
import type { PhaseName } from '../latency/phases.ts';
import type { Severity } from '../problem.ts';
import type { ComparedCapture } from './compared-capture.ts';

/** How the value of a fact is written: words, numbers, bytes, microseconds, something per second. */
export type FactUnit = 'word' | 'count' | 'bytes' | 'us' | 'rate';

interface Fact {
  group: 'Stream' | 'Times' | 'Gaps' | 'Output' | 'Usage' | 'Problems';
  label: string;
  unit: FactUnit;
  /** Which way is better, null where neither is. */
  better: 'less' | 'more' | null;
}

/** What is told of a capture in a comparison, in this order. */
export const FACTS = {
  status: { group: 'Stream', label: 'Status', unit: 'word', better: null },
  verdict: { group: 'Stream', label: 'Verdict', unit: 'word', better: null },
  httpStatus: { group: 'Stream', label: 'HTTP status', unit: 'word', better: null },
  protocol: { group: 'Stream', label: 'Protocol', unit: 'word', better: null },
  model: { group: 'Stream', label: 'Model', unit: 'word', better: null },
  events: { group: 'Stream', label: 'Events', unit: 'count', better: null },
  bytes: { group: 'Stream', label: 'Bytes', unit: 'bytes', better: null },
  chunks: { group: 'Stream', label: 'Chunks', unit: 'count', better: null },
  responses: { group: 'Stream', label: 'Responses', unit: 'count', better: null },
  firstByte: { group: 'Times', label: 'First byte', unit: 'us', better: 'less' },
  firstEvent: { group: 'Times', label: 'First event', unit: 'us', better: 'less' },
  firstReasoning: { group: 'Times', label: 'First reasoning', unit: 'us', better: 'less' },
  firstText: { group: 'Times', label: 'First text', unit: 'us', better: 'less' },
  lastEvent: { group: 'Times', label: 'Last event', unit: 'us', better: 'less' },
  total: { group: 'Times', label: 'Total', unit: 'us', better: 'less' },
  gapP50: { group: 'Gaps', label: 'Gap, p50', unit: 'us', better: 'less' },
  gapP95: { group: 'Gaps', label: 'Gap, p95', unit: 'us', better: 'less' },
  gapP99: { group: 'Gaps', label: 'Gap, p99', unit: 'us', better: 'less' },
  gapMax: { group: 'Gaps', label: 'Gap, longest', unit: 'us', better: 'less' },
  stalls: { group: 'Gaps', label: 'Stalls of 1 s', unit: 'count', better: 'less' },
  stalled: { group: 'Gaps', label: 'Stalled', unit: 'us', better: 'less' },
  deltas: { group: 'Output', label: 'Deltas', unit: 'count', better: null },
  textCharacters: { group: 'Output', label: 'Text characters', unit: 'count', better: null },
  textRate: { group: 'Output', label: 'Text characters/s', unit: 'rate', better: 'more' },
  reasoningCharacters: {
    group: 'Output',
    label: 'Reasoning characters',
    unit: 'count',
    better: null,
  },
  inputTokens: { group: 'Usage', label: 'Input tokens', unit: 'count', better: 'less' },
  cachedTokens: { group: 'Usage', label: 'of them cached', unit: 'count', better: 'more' },
  outputTokens: { group: 'Usage', label: 'Output tokens', unit: 'count', better: 'less' },
  reasoningTokens: { group: 'Usage', label: 'of them reasoning', unit: 'count', better: 'less' },
  totalTokens: { group: 'Usage', label: 'Tokens in all', unit: 'count', better: 'less' },
  errors: { group: 'Problems', label: 'Errors', unit: 'count', better: 'less' },
  warnings: { group: 'Problems', label: 'Warnings', unit: 'count', better: 'less' },
  notes: { group: 'Problems', label: 'Notes', unit: 'count', better: 'less' },
} as const satisfies Record<string, Fact>;
export type FactName = keyof typeof FACTS;

/** Null where it is not known, or does not exist. */
export type FactValue = string | number | null;

export interface CaptureFacts {
  name: string;
  values: Record<FactName, FactValue>;
}

/** Gaps of this length and more are stalls, in microseconds. */
const STALL_US = 1_000_000;
/** Responses of a capture whose tokens are added up. */
const MOST_RESPONSES = 1000;
/** Events that are read in one step. */
const STEP = 20_000;

/** The facts of a capture, as the latency, usage and problem modules tell them; in steps of a few ms. */
export function* factsSteps(capture: ComparedCapture): Generator<undefined, CaptureFacts> {
  const { index, byteCount, timed } = capture;
  const log = new DeltaLog(index);
  while (!log.isCaughtUp) {
    log.extend(STEP);
    yield;
  }
  const meta = { timed, timing: capture.meta?.timing ?? null, end: capture.meta?.end ?? null };
  const report = yield* reportSteps({ index, log, meta, byteCount, thresholdUs: STALL_US });
  return { name: capture.name, values: valuesOf(capture, report) };
}

export function factsOf(capture: ComparedCapture): CaptureFacts {
  return runToEnd(factsSteps(capture));
}

function valuesOf(capture: ComparedCapture, report: LatencyReport): Record<FactName, FactValue> {
  const { index, byteCount, meta } = capture;
  const phase = (name: PhaseName) => report.phases.find((one) => one.name === name)?.atUs ?? null;
  const gaps = report.ofDeltas ? report.deltaGaps : report.eventGaps;
  const { text, reasoning } = report.stretches;
  const span = report.timed ? spanOf(index, text) : null;
  const usage = usageOf(capture);
  return {
    status: capture.status,
    verdict: capture.verdict || null,
    httpStatus: meta?.response ? String(meta.response.status) : null,
    protocol: dialectOf(index.dialect).title,
    model: modelOf(capture),
    events: index.count,
    bytes: byteCount,
    chunks: report.timed ? index.chunkCount : null,
    responses: index.responseCount,
    firstByte: phase('firstByte'),
    firstEvent: phase('firstEvent'),
    firstReasoning: phase('firstReasoning'),
    firstText: phase('firstText'),
    lastEvent: phase('lastEvent'),
    total: report.totalUs,
    gapP50: gaps?.p50.us ?? null,
    gapP95: gaps?.p95.us ?? null,
    gapP99: gaps?.p99.us ?? null,
    gapMax: gaps?.max.us ?? null,
    stalls: report.timed ? report.stalls.count : null,
    stalled: report.timed ? report.stalls.totalUs : null,
    deltas: report.deltas,
    textCharacters: text.characters,
    textRate: span ? perSecond(text.characters, text, span) : null,
    reasoningCharacters: reasoning.deltas > 0 ? reasoning.characters : null,
    inputTokens: usage.input,
    cachedTokens: usage.cached,
    outputTokens: usage.output,
    reasoningTokens: usage.reasoning,
    totalTokens: usage.total,
    errors: countOf(capture, 'error'),
    warnings: countOf(capture, 'warning'),
    notes: countOf(capture, 'note'),
  };
}

function countOf({ problems }: ComparedCapture, wanted: Severity): number {
  return problems.reduce((sum, { severity, count }) => sum + (severity === wanted ? count : 0), 0);
}

const NO_USAGE: Usage = { input: null, output: null, total: null, cached: null, reasoning: null };

/** Added up over the responses; null where one of them does not tell. */
function usageOf(capture: ComparedCapture): Usage {
  const { index } = capture;
  const { usage } = dialectOf(index.dialect);
  const [first = NO_USAGE, ...others] = index
    .responseEnds(MOST_RESPONSES)
    .map((seq) => usage(capture.snapshotAt(seq)) ?? NO_USAGE);
  const sum = { ...first };
  for (const one of others)
    for (const name of Object.keys(sum) as (keyof Usage)[]) {
      const [known, more] = [sum[name], one[name]];
      sum[name] = known === null || more === null ? null : known + more;
    }
  return sum;
}

function modelOf(capture: ComparedCapture): string | null {
  const [end] = capture.index.responseEnds(1);
  const root = end === undefined ? null : capture.snapshotAt(end);
  const model = root?.model ?? root?.modelVersion;
  return typeof model === 'string' ? model : null;
}
