import { type JsonDifference, diffJson } from '../diff-json.ts';
import { dialectOf } from '../dialects/dialects.ts';
import { type EventIndex, laneAddress } from '../index/event-index.ts';
import { describeLane } from '../index/lane-names.ts';
import { isObject, type JsonObject, type JsonValue, parseJson } from '../json.ts';
import { roleOf } from '../latency/lane-role.ts';
import type { ComparedCapture } from './compared-capture.ts';
import { withoutLeftOut } from './left-out.ts';

/** A text of the output on both sides: lane numbers, null where one has none like it. */
export interface TextPair {
  /** Which response of the captures, from 0. */
  response: number;
  /** In words: "output text 0/0". */
  name: string;
  a: number | null;
  b: number | null;
}

/** Responses that are compared with each other. */
const MOST_RESPONSES = 100;
/** Longer texts are not read as JSON. */
const LONGEST_JSON = 4_000_000;

/** The texts of the last event, paired by response, kind and order: also across protocols. */
export function textPairs(a: EventIndex, b: EventIndex): TextPair[] {
  const pairs: TextPair[] = [];
  const [endsA, endsB] = [a.responseEnds(MOST_RESPONSES), b.responseEnds(MOST_RESPONSES)];
  for (let response = 0; response < Math.max(endsA.length, endsB.length); response++) {
    const lanes = (index: EventIndex, end: number | undefined) =>
      end === undefined ? [] : index.lanesAt(end).filter((lane) => index.lanes[lane]!.text !== '');
    pairs.push(
      ...pairedLanes(a, lanes(a, endsA[response]), b, lanes(b, endsB[response]), response),
    );
  }
  return pairs;
}

function pairedLanes(
  a: EventIndex,
  lanesA: readonly number[],
  b: EventIndex,
  lanesB: readonly number[],
  response: number,
): TextPair[] {
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  // First what is of one kind; a summary of reasoning is what another protocol has as reasoning.
  for (const nameOf of [
    (index: EventIndex, lane: number) =>
      `${index.lanes[lane]!.kind} ${laneAddress(index.lanes[lane]!)}`,
    (index: EventIndex, lane: number) => index.lanes[lane]!.kind,
    (index: EventIndex, lane: number) => {
      const { kind } = index.lanes[lane]!;
      return roleOf(kind) === 'reasoning' ? 'reasoning' : `${kind} ${lane} of one side`;
    },
  ]) {
    const waiting = new Map<string, number[]>();
    for (const lane of lanesB)
      if (!taken.has(lane)) {
        const name = nameOf(b, lane);
        waiting.set(name, [...(waiting.get(name) ?? []), lane]);
      }
    for (const lane of lanesA) {
      if (partner.has(lane)) continue;
      const found = waiting.get(nameOf(a, lane))?.shift();
      if (found === undefined) continue;
      partner.set(lane, found);
      taken.add(found);
    }
  }
  const nameOf = (index: EventIndex, lane: number) => describeLane(index.lanes[lane]!, true);
  return [
    ...lanesA.map((lane) => ({
      ...{ response, name: nameOf(a, lane), a: lane, b: partner.get(lane) ?? null },
    })),
    ...lanesB
      .filter((lane) => !taken.has(lane))
      .map((lane) => ({ response, name: nameOf(b, lane), a: null, b: lane })),
  ];
}

/** The values of two texts that are JSON documents; null where one is none. */
export function documentsOf(a: string, b: string): { a: JsonValue; b: JsonValue } | null {
  const [valueA, valueB] = [documentOf(a), documentOf(b)];
  return valueA === undefined || valueB === undefined ? null : { a: valueA, b: valueB };
}

function documentOf(text: string): JsonValue | undefined {
  if (text.length > LONGEST_JSON || !/^\s*[[{]/.test(text)) return undefined;
  return parseJson(text);
}

/** The final objects of a response on both sides. */
export interface ObjectPair {
  response: number;
  a: JsonObject | null;
  b: JsonObject | null;
}

export function objectPairs(a: ComparedCapture, b: ComparedCapture): ObjectPair[] {
  const [endsA, endsB] = [
    a.index.responseEnds(MOST_RESPONSES),
    b.index.responseEnds(MOST_RESPONSES),
  ];
  return Array.from({ length: Math.max(endsA.length, endsB.length) }, (_, response) => ({
    response,
    a: endsA[response] === undefined ? null : a.snapshotAt(endsA[response]),
    b: endsB[response] === undefined ? null : b.snapshotAt(endsB[response]),
  }));
}

/** Whether the final objects have one form: those of different protocols differ in all places. */
export function haveOneForm(a: ComparedCapture, b: ComparedCapture): boolean {
  return dialectOf(a.index.dialect).id === dialectOf(b.index.dialect).id;
}

/** Where two objects differ. @param all also in what differs in every run */
export function diffObjects(
  a: JsonValue | null,
  b: JsonValue | null,
  all: boolean,
  limit?: number,
): JsonDifference {
  const kept = (value: JsonValue | null) =>
    value === null ? undefined : all || !isObject(value) ? value : withoutLeftOut(value);
  return diffJson(kept(a), kept(b), limit);
}
