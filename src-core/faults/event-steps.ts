import { encodeUtf8 } from '../text.ts';
import { isObject } from '../json.ts';
import { memberOf, scanJsonText } from '../json-text.ts';
import { type EditedReply, MOST_ADDED, NotApplied } from './edited-reply.ts';
import type { Edit, Span } from './edits.ts';
import type { FaultOf } from './fault-list.ts';
import { closeOf, eventOf, eventsOf, eventWords, repeated } from './framed.ts';

/** Steps that move whole events about. Each says what it did, and throws `NotApplied` with why it did not. */

export function drop(reply: EditedReply, { at }: FaultOf<'drop'>): string {
  const seqs = eventsOf(reply, at);
  const spans = reply.framing === 'array' ? elementRuns(reply, seqs) : blocks(reply, seqs);
  const nothing = new Uint8Array(0);
  reply.mark('body', reply.edit(spans.map((span) => ({ ...span, bytes: nothing }))));
  return `dropped ${eventWords(seqs)}`;
}

/** The bytes of events with all that closes them; comments between them stay. */
function blocks(reply: EditedReply, seqs: readonly number[]): Span[] {
  return seqs.map((seq) => ({ start: reply.events[seq]!.start, end: closeOf(reply, seq) }));
}

/** Elements that follow one another go with the commas between them, and with one more. */
function elementRuns({ events }: EditedReply, seqs: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < seqs.length; index++) {
    const first = seqs[index]!;
    while (seqs[index + 1] === seqs[index]! + 1) index++;
    const last = seqs[index]!;
    const next = events[last + 1];
    const before = events[first - 1];
    const start = next ? events[first]!.start : (before?.end ?? events[first]!.start);
    spans.push({ start, end: next?.start ?? events[last]!.end });
  }
  return spans;
}

export function duplicate(reply: EditedReply, { at, times = 1 }: FaultOf<'duplicate'>): string {
  const seqs = eventsOf(reply, at);
  let size = 0;
  for (const seq of seqs) {
    const { start, end } = reply.events[seq]!;
    size += (end - start) * times;
    if (size > MOST_ADDED) throw new NotApplied('the body would become too long');
  }
  reply.mark('body', reply.edit(seqs.map((seq) => repeated(reply, seq, times))));
  return `sent ${eventWords(seqs)} ${times === 1 ? 'twice' : `${times + 1} times`}`;
}

export function swap(reply: EditedReply, fault: FaultOf<'swap'>): string {
  const one = eventOf(reply, fault.at);
  const other = fault.with === undefined ? one + 1 : eventOf(reply, fault.with);
  if (other >= reply.events.length) throw new NotApplied(`no event comes after event ${one}`);
  if (one === other) throw new NotApplied(`event ${one} can't be swapped with itself`);
  const ranges = [Math.min(one, other), Math.max(one, other)].map((seq) => reply.events[seq]!);
  const [first, second] = ranges.map(({ start, end }) => ({ start, end }));
  const edits = [
    { ...first!, bytes: reply.slice(second!.start, second!.end) },
    { ...second!, bytes: reply.slice(first!.start, first!.end) },
  ];
  reply.mark('body', reply.edit(edits));
  return `swapped events ${one} and ${other}`;
}

export function late(reply: EditedReply, { at, by = 1 }: FaultOf<'late'>): string {
  const seqs = eventsOf(reply, at);
  const order = overtaken(reply.events.length, seqs, by);
  const edits: Edit[] = [];
  const isLate = new Set(seqs);
  const lateEdits = new Set<number>();
  for (const [place, seq] of order.entries()) {
    if (place === seq) continue;
    if (isLate.has(seq)) lateEdits.add(edits.length);
    const { start, end } = reply.events[place]!;
    const from = reply.events[seq]!;
    edits.push({ start, end, bytes: reply.slice(from.start, from.end) });
  }
  if (edits.length === 0) throw new NotApplied(`no event comes after ${eventWords(seqs)}`);
  const written = reply.edit(edits);
  reply.mark(
    'body',
    written.filter((_, index) => lateEdits.has(index)),
  );
  return `sent ${eventWords(seqs)} after ${by === 1 ? 'the next one' : `the ${by} that follow`}`;
}

/** Numbers from 0 in the order in which each of `seqs` has let `by` others pass that wait for nobody. */
function overtaken(count: number, seqs: readonly number[], by: number): number[] {
  const isLate = new Set(seqs);
  const order: number[] = [];
  const waiting: { seq: number; until: number }[] = [];
  let passed = 0;
  let next = 0;
  for (let seq = 0; seq < count; seq++) {
    if (isLate.has(seq)) {
      waiting.push({ seq, until: passed + by });
      continue;
    }
    order.push(seq);
    passed++;
    while (waiting[next] && waiting[next]!.until <= passed) order.push(waiting[next++]!.seq);
  }
  return [...order, ...waiting.slice(next).map(({ seq }) => seq)];
}

export function number(reply: EditedReply, fault: FaultOf<'number'>): string {
  const { set = 'missing', by = 1 } = fault;
  const seqs = eventsOf(reply, fault.at);
  const edits = seqs.flatMap((seq) => numberEdit(reply, seq, set, by) ?? []);
  if (edits.length === 0) {
    const has = seqs.length === 1 ? 'has' : 'have';
    throw new NotApplied(`${eventWords(seqs)} ${has} no sequence_number`);
  }
  reply.mark('body', reply.edit(edits));
  const what = { missing: 'took out', add: `added ${by} to`, text: 'made a text of' }[set];
  const numbers = edits.length === 1 ? 'the sequence_number' : `${edits.length} sequence_numbers`;
  return `${what} ${numbers} of ${eventWords(seqs)}`;
}

/** The edit of one event's `sequence_number`, null where it has none that is a number. */
export function numberEdit(
  reply: EditedReply,
  seq: number,
  set: 'missing' | 'add' | 'text',
  by: number,
): Edit | null {
  const event = reply.events[seq]!;
  if (event.dataLines !== 1) return null;
  const text = reply.dataOf(event);
  if (!text.includes('"sequence_number"') || !isObject(reply.valueOf(event))) return null;
  // Bytes that are no UTF-8 would make other offsets.
  if (encodeUtf8(text).length !== event.dataEnd - event.dataStart) return null;
  const { root } = scanJsonText(text);
  const member = root && memberOf(root, 'sequence_number');
  if (!root || member?.value.kind !== 'number') return null;
  const offsetOf = (at: number) => event.dataStart + encodeUtf8(text.slice(0, at)).length;
  const { keyStart, value } = member;
  if (set !== 'missing') {
    const old = text.slice(value.start, value.end);
    const fresh = set === 'text' ? `"${old}"` : String(Number(old) + by);
    return { start: offsetOf(value.start), end: offsetOf(value.end), bytes: encodeUtf8(fresh) };
  }
  const at = root.members.indexOf(member);
  const next = root.members[at + 1];
  const before = root.members[at - 1];
  const start = next ? keyStart : (before?.value.end ?? keyStart);
  const end = next ? next.keyStart : value.end;
  return { start: offsetOf(start), end: offsetOf(end), bytes: new Uint8Array(0) };
}
