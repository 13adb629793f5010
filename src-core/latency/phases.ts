import type { ConnectionTiming } from '../capture.ts';
import type { EventIndex } from '../index/event-index.ts';
import { type LaneRole, roleOf } from './lane-role.ts';

export const PHASE_NAMES = {
  dns: 'DNS',
  connect: 'Connect',
  tls: 'TLS',
  sent: 'Request sent',
  firstByte: 'First byte',
  firstEvent: 'First event',
  firstReasoning: 'First reasoning',
  firstText: 'First text',
  lastEvent: 'Last event',
  end: 'End',
} as const;
export type PhaseName = keyof typeof PHASE_NAMES;

/** A step on the way of a request, from the step before it to its own end. */
export interface Phase {
  name: PhaseName;
  /** Microseconds since the request. */
  fromUs: number;
  atUs: number;
  /** The event that ends it, null for what happens on the connection. */
  seq: number | null;
}

/** The first events of each kind, -1 where there is none. */
export interface FirstEvents {
  event: number;
  /** The first event that brought a character of reasoning, or of a summary of it. */
  reasoning: number;
  /**
   * The first event that brought a character of what the model answers with: text, a refusal, a
   * tool's arguments or input, code, a patch. Mostly a delta; a server that does not stream texts
   * brings them whole.
   */
  text: number;
}

/** Looks at lanes, not at events. */
export function firstEvents(index: EventIndex): FirstEvents {
  const first: Record<LaneRole, number> = { text: -1, reasoning: -1, tool: -1 };
  for (const { kind, seqs, ends } of index.lanes) {
    const empty = ends.countUpTo(0);
    if (empty === ends.length) continue;
    const role = roleOf(kind);
    const seq = seqs.at(empty);
    if (first[role] < 0 || seq < first[role]) first[role] = seq;
  }
  return { event: index.count > 0 ? 0 : -1, reasoning: first.reasoning, text: first.text };
}

/**
 * The steps that happened, in the order of their times; each goes on from the one before.
 *
 * @param endUs when the transport ended, null while it is open
 */
export function phasesOf(
  timing: ConnectionTiming | null,
  index: EventIndex,
  endUs: number | null,
): Phase[] {
  const phases: Phase[] = [];
  const add = (name: PhaseName, atUs: number | null | undefined, seq: number | null) => {
    if (typeof atUs === 'number') phases.push({ name, fromUs: 0, atUs, seq });
  };
  add('dns', timing?.dnsUs, null);
  add('connect', timing?.connectUs, null);
  add('tls', timing?.tlsUs, null);
  add('sent', timing?.sentUs, null);
  add('firstByte', timing?.firstByteUs, null);
  const { timeUs } = index.columns;
  const first = firstEvents(index);
  const last = index.count - 1;
  for (const [name, seq] of [
    ['firstEvent', first.event],
    ['firstReasoning', first.reasoning],
    ['firstText', first.text],
    ['lastEvent', last],
  ] as const) {
    if (seq >= 0) add(name, timeUs[seq], seq);
  }
  add('end', endUs, null);
  // Stable: steps of one time stay in the order they are told in.
  phases.sort((a, b) => a.atUs - b.atUs);
  phases.forEach((phase, at) => (phase.fromUs = phases[at - 1]?.atUs ?? 0));
  return phases;
}
