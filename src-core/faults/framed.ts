import { encodeUtf8 } from '../text.ts';
import type { JsonObject } from '../json.ts';
import { type EditedReply, type EventRange, NotApplied } from './edited-reply.ts';
import type { Edit } from './edits.ts';
import { chosenOf, parseChoice } from './choice.ts';
import type { Events } from './fault-list.ts';

const LF = 10;
const CR = 13;

/** The events that a step is about, ascending. @throws NotApplied where there is none */
export function eventsOf(reply: EditedReply, at: Events): number[] {
  const terms = parseChoice(at);
  if (typeof terms === 'string') throw new NotApplied(terms);
  const chosen = chosenOf(terms, reply.events.length, (seq) => reply.typeOf(seq));
  if (typeof chosen === 'string') throw new NotApplied(chosen);
  return chosen;
}

/** The first event that is meant. @throws NotApplied where there is none */
export function eventOf(reply: EditedReply, at: Events): number {
  return eventsOf(reply, at)[0]!;
}

/** Where an event with all that closes it is over: the blank line, or what separates it from the next. */
export function closeOf(reply: EditedReply, seq: number): number {
  const event = reply.events[seq]!;
  if (reply.framing === 'lines') return event.end;
  if (reply.framing === 'array') return reply.events[seq + 1]?.start ?? event.end;
  const first = reply.byteAt(event.end);
  if (first === LF) return event.end + 1;
  if (first !== CR) return event.end;
  return reply.byteAt(event.end + 1) === LF ? event.end + 2 : event.end + 1;
}

/** What stands between two elements of an array. */
function separatorOf(reply: EditedReply): Uint8Array {
  const [first, second] = reply.events;
  if (first && second) return reply.slice(first.end, second.start);
  return encodeUtf8(reply.isList ? ',\n' : '\n');
}

/** An edit that repeats an event directly after itself. */
export function repeated(reply: EditedReply, seq: number, times: number): Edit {
  const { start, end } = reply.events[seq]!;
  const close = closeOf(reply, seq);
  const isArray = reply.framing === 'array';
  const copy = isArray
    ? concat(separatorOf(reply), reply.slice(start, end))
    : withLineEnd(reply, reply.slice(start, close));
  const at = isArray ? end : close;
  const bytes = new Uint8Array(copy.length * times);
  for (let index = 0; index < times; index++) bytes.set(copy, index * copy.length);
  return { start: at, end: at, bytes };
}

/** The last line of JSON Lines may lack its end, and then its copy begins with one. */
function withLineEnd(reply: EditedReply, bytes: Uint8Array): Uint8Array {
  const isOpen = reply.framing === 'lines' && bytes.at(-1) !== LF;
  return isOpen ? concat(Uint8Array.of(LF), bytes) : bytes;
}

/**
 * An edit that puts an event of our own before event `seq`.
 * @param isLast nothing of what was there comes after it; an array is closed
 */
export function inserted(
  reply: EditedReply,
  seq: number,
  value: JsonObject,
  name: string | null,
  isLast = false,
): Edit {
  const { framing, isList, length } = reply;
  const event = reply.events[seq]!;
  const at = { start: event.start, end: isLast ? length : event.start };
  const json = JSON.stringify(value);
  if (framing === 'array') {
    const close = isLast ? encodeUtf8(isList ? '\n]' : '\n') : separatorOf(reply);
    return { ...at, bytes: concat(encodeUtf8(json), close) };
  }
  const end = lineEndOf(reply, event);
  const head = framing === 'lines' || name === null ? '' : `event: ${name}${end}`;
  const text = framing === 'lines' ? `${json}${end}` : `${head}data: ${json}${end}${end}`;
  return { ...at, bytes: encodeUtf8(text) };
}

/** How lines end around an event: LF where nothing says it. */
export function lineEndOf(reply: EditedReply, event: EventRange): string {
  const last = reply.byteAt(event.end - 1);
  if (last === CR) return '\r';
  return reply.byteAt(event.end - 2) === CR && last === LF ? '\r\n' : '\n';
}

export function insertion(at: number, bytes: Uint8Array): Edit {
  return { start: at, end: at, bytes };
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

/** Events in words: "event 3", "3 events (2, 5, 8)", with at most five numbers. */
export function eventWords(seqs: readonly number[]): string {
  if (seqs.length === 1) return `event ${seqs[0]}`;
  const shown = seqs.slice(0, 5).join(', ');
  return `${seqs.length} events (${shown}${seqs.length > 5 ? ' …' : ''})`;
}
