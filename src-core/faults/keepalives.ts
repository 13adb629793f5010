import { encodeUtf8 } from '../text.ts';
import { type EditedReply, NotApplied } from './edited-reply.ts';
import { type Edit, joined } from './edits.ts';
import { numberOf } from './error-steps.ts';
import { numberEdit } from './event-steps.ts';
import type { FaultOf } from './fault-list.ts';
import { closeOf, inserted, insertion } from './framed.ts';

/** Keepalives that a step sends at most. */
const MOST_KEEPALIVES = 10_000;

/** A place between two events at which nothing came for a while. */
interface Silence {
  offset: number;
  /** The event that comes after it. */
  seq: number;
  timesUs: number[];
}

export function keepalive(reply: EditedReply, fault: FaultOf<'keepalive'>): string {
  const { ms, form = 'comment' } = fault;
  const silences = silencesOf(reply, ms * 1000);
  const all = silences.reduce((sum, { timesUs }) => sum + timesUs.length, 0);
  if (all === 0) throw new NotApplied(`no silence between events is longer than ${ms} ms`);
  const edits: Edit[] = [];
  const sizes: number[][] = [];
  let sent = 0;
  for (const [index, { offset, seq, timesUs }] of silences.entries()) {
    const pieces = timesUs.map((_, at) =>
      form === 'event' ? event(reply, seq, sent + at) : encodeUtf8(comment(reply)),
    );
    sent += timesUs.length;
    sizes.push(pieces.map(({ length }) => length));
    edits.push(insertion(offset, joined(pieces)));
    const until = silences[index + 1]?.seq ?? reply.events.length;
    if (form !== 'event' || reply.dialect !== 'responses') continue;
    for (let later = seq; later < until; later++) {
      const counted = numberEdit(reply, later, 'add', sent);
      if (counted) edits.push(counted);
    }
  }
  const written = reply.edit(edits).filter((_, at) => edits[at]!.start === edits[at]!.end);
  const times = new Map<number, number>();
  for (const [index, { start }] of written.entries()) {
    let at = start;
    for (const [nth, size] of sizes[index]!.entries()) {
      times.set(at, silences[index]!.timesUs[nth]!);
      at += size;
    }
  }
  const begins = new Set([...times.keys(), ...written.map(({ end }) => end)]);
  reply.split([...begins].sort((a, b) => a - b));
  const { offsets } = reply;
  reply.portions = reply.portions.map((portion, index) => {
    const atUs = times.get(offsets[index]!);
    return atUs === undefined ? portion : { ...portion, atUs };
  });
  reply.mark('body', written);
  return `sent ${all} keepalives${all >= MOST_KEEPALIVES ? ', and no more' : ''}`;
}

/** Where portions begin between events and come later than that after the one before. */
function silencesOf(reply: EditedReply, silenceUs: number): Silence[] {
  const { events, offsets, portions } = reply;
  const found: Silence[] = [];
  let left = MOST_KEEPALIVES;
  let seq = 0;
  let beforeUs = 0;
  for (const [index, { atUs }] of portions.entries()) {
    const offset = offsets[index]!;
    while (seq < events.length && events[seq]!.start < offset) seq++;
    const isBetween = seq === 0 || closeOf(reply, seq - 1) <= offset;
    if (seq >= events.length || left === 0) break;
    const count = Math.min(left, Math.ceil((atUs - beforeUs) / silenceUs) - 1);
    if (isBetween && count > 0) {
      const timesUs = Array.from({ length: count }, (_, nth) => beforeUs + (nth + 1) * silenceUs);
      found.push({ offset, seq, timesUs });
      left -= count;
    }
    beforeUs = atUs;
  }
  return found;
}

/** A sign of life that says nothing: in JSON it is white space. */
function comment({ framing }: EditedReply): string {
  return framing === 'sse' ? ': keepalive\n\n' : '\n';
}

/** @param before how many keepalives came before it */
function event(reply: EditedReply, seq: number, before: number): Uint8Array {
  const { dialect } = reply;
  if (dialect === 'messages') return inserted(reply, seq, { type: 'ping' }, 'ping').bytes;
  if (dialect !== 'responses')
    throw new NotApplied('only Responses and Messages have a keepalive event');
  const number = numberOf(reply, seq);
  const value = {
    type: 'keepalive',
    ...(number !== null && { sequence_number: number + before }),
  };
  const isNamed = reply.events.some(({ name }) => name !== '');
  return inserted(reply, seq, value, isNamed ? 'keepalive' : null).bytes;
}
