import type { StreamStatus } from '../capture.ts';
import { type CaptureFacts, FACTS, type FactName, factsOf } from '../compare/facts.ts';
import { factText } from '../compare/fact-text.ts';
import { judged, judgedTally, type Profile } from '../conformance/profile.ts';
import { profileOf } from '../conformance/profiles.ts';
import { describeLane } from '../index/lane-names.ts';
import { roleOf } from '../latency/lane-role.ts';
import type { Problem } from '../problem.ts';
import { RequestFacts } from '../replay/request-facts.ts';
import { streamStatus } from '../stream-status.ts';
import type { ExportCapture } from './export-capture.ts';
import { type WholeCapture, wholeCapture } from './whole-capture.ts';

/** Bytes of a body that a report is made of. */
export const MOST_REPORTED = 64 * 1024 * 1024;
/** Texts of the output that are told, and responses of which they are. */
const MOST_TEXTS = 50;
const MOST_RESPONSES = 20;

/** A text of the output. */
export interface ReportedText {
  /** In words: "output text 0/0". */
  name: string;
  role: ReturnType<typeof roleOf>;
  text: string;
}

/** What a report for people tells of a capture. */
export interface CaptureReport {
  capture: ExportCapture;
  whole: WholeCapture;
  status: StreamStatus;
  profile: Profile | null;
  facts: CaptureFacts;
  /** As they are judged, without those that are silenced; listed ones, and how many there are in all. */
  problems: Problem[];
  problemCount: number;
  texts: ReportedText[];
  textCount: number;
}

export async function captureReport(capture: ExportCapture): Promise<CaptureReport> {
  const { meta } = capture;
  const whole = await wholeCapture(capture, MOST_REPORTED);
  const { index } = whole;
  const profile = profileOf(meta.profile ?? index.profile);
  const silenced = new Set(meta.silenced ?? []);
  const tally = judgedTally(index.problemTally, profile).filter(({ rule }) => !silenced.has(rule));
  const status = streamStatus(index.streamStatus, meta.end, whole.size);
  const facts = factsOf({
    index,
    name: meta.name,
    byteCount: whole.size,
    meta,
    timed: meta.timed,
    status,
    problems: tally,
    verdict: meta.run?.facts?.verdict ?? '',
    dataText: whole.dataOf,
    snapshotAt: whole.snapshotAt,
  });
  facts.values.model ??= whole.model || null;
  const texts = textsOf(whole);
  return {
    capture,
    whole,
    status,
    profile,
    facts,
    problems: index.problems
      .filter(({ rule }) => !silenced.has(rule))
      .map((problem) => judged(problem, profile)),
    problemCount: tally.reduce((sum, { count }) => sum + count, 0),
    texts: texts.slice(0, MOST_TEXTS),
    textCount: texts.length,
  };
}

function textsOf({ index }: WholeCapture): ReportedText[] {
  const ends = index.responseEnds(MOST_RESPONSES);
  return ends.flatMap((end, response) =>
    index
      .lanesAt(end)
      .map((number) => index.lanes[number]!)
      .filter(({ text }) => text !== '')
      .map((lane) => ({
        name: `${describeLane(lane, true)}${ends.length > 1 ? ` of response ${response + 1}` : ''}`,
        role: roleOf(lane.kind),
        text: lane.text,
      })),
  );
}

/** What was asked of whom, as far as it is known: address, host, models. */
export function callFacts({ capture: { meta }, facts }: CaptureReport): [string, string][] {
  const { request } = meta;
  const rows: [string, string | null | undefined][] = [
    ['Request', request && `${request.method} ${request.url}`],
    ['Host', /^\w+:\/\/(?:[^/?#]*@)?([^/?#]+)/.exec(request?.url ?? '')?.[1]],
    ['Model asked for', request && new RequestFacts(request).model],
    ['Model that answered', facts.values.model === null ? null : String(facts.values.model)],
  ];
  return rows.flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : []));
}

/** Facts that are known, as words. */
export function knownFacts({ values }: CaptureFacts, group?: string): [string, string][] {
  return (Object.keys(FACTS) as FactName[]).flatMap((name) => {
    const { label, unit, group: own } = FACTS[name];
    const value = values[name];
    return value === null || (group !== undefined && own !== group)
      ? []
      : [[label, factText(value, unit)] as [string, string]];
  });
}

/** A text, or its beginning and how much is missing. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n… ${(text.length - most).toLocaleString('en')} more characters`;
}

/** JSON on lines of its own; what is none, or is laid out already, stays. */
export function laidOut(text: string): string {
  if (!/^\s*[[{]/.test(text) || text.length > 1_000_000) return text;
  try {
    const value: unknown = JSON.parse(text);
    // Numbers beyond a double would become others.
    return /\d{16}/.test(text) || text.trim().includes('\n')
      ? text
      : JSON.stringify(value, null, 2);
  } catch {
    return text;
  }
}
