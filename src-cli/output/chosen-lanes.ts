import { LANE_KINDS, type LaneKind } from '../../src-core/index/batch.ts';
import {
  type EventIndex,
  type IndexedLane,
  laneAddress,
} from '../../src-core/index/event-index.ts';
import { proposalFor } from '../arguments/proposal.ts';
import { UsageError } from '../failure.ts';

/** Lanes by their address, their kind, or both; null for any. */
export interface LaneChoice {
  kind: LaneKind | null;
  address: string | null;
}

/**
 * `0/0`, `0/0:refusal`, `function_arguments` or `all`.
 * @throws UsageError
 */
export function laneChoice(text: string): LaneChoice {
  if (text === 'all') return { address: null, kind: null };
  const [first = '', second] = text.split(':');
  const isAddress = /^\d+(?:\/\d+)?$/.test(first);
  if (isAddress && second === undefined) return { address: first, kind: null };
  const kind = isAddress ? second! : text;
  if (isLaneKind(kind)) return { address: isAddress ? first : null, kind };
  const near = proposalFor(kind, LANE_KINDS);
  throw new UsageError(
    `--lane can't be ${JSON.stringify(text)}.`,
    `${near ? `Did you mean ${near}? ` : ''}It is an address such as 0/0, a kind, ` +
      `both (0/0:refusal), or all. The kinds are ${LANE_KINDS.join(', ')}.`,
  );
}

/** How `--lane` names a lane: `0/0:refusal`. */
export function laneName(lane: IndexedLane): string {
  return `${laneAddress(lane)}:${lane.kind}`;
}

function isLaneKind(text: string): text is LaneKind {
  return (LANE_KINDS as readonly string[]).includes(text);
}

/**
 * The numbers of the lanes that are meant, in the order of the responses and within each of the output.
 * Of each place the newest generation: what an earlier one held was replaced.
 * @param choices none: the text of the answer, which is output text and refusals
 */
export function chosenLanes(index: EventIndex, choices: readonly LaneChoice[]): number[] {
  const newest = new Map<string, number>();
  index.lanes.forEach((lane, number) => newest.set(placeOf(lane), number));
  return [...newest.values()]
    .filter((number) => isMeant(index.lanes[number]!, choices))
    .sort((a, b) => inOrder(index.lanes[a]!, index.lanes[b]!) || a - b);
}

function placeOf({ response, kind, outputIndex, subIndex }: IndexedLane): string {
  return [response, outputIndex, subIndex, kind].join(' ');
}

function isMeant(lane: IndexedLane, choices: readonly LaneChoice[]): boolean {
  if (choices.length === 0) return lane.kind === 'output_text' || lane.kind === 'refusal';
  return choices.some(
    ({ kind, address }) =>
      (kind === null || kind === lane.kind) && (address === null || address === laneAddress(lane)),
  );
}

function inOrder(a: IndexedLane, b: IndexedLane): number {
  return a.response - b.response || a.outputIndex - b.outputIndex || a.subIndex - b.subIndex;
}
