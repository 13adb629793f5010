import type { Ending } from '../replay/reply.ts';
import { type EditedReply, NotApplied } from './edited-reply.ts';
import type { FaultOf } from './fault-list.ts';
import { closeOf, eventOf } from './framed.ts';

const WORDS: Readonly<Record<Ending, string>> = {
  end: 'ended as HTTP has it',
  fin: 'closed the connection (FIN)',
  rst: 'reset the connection (RST)',
  open: 'left the connection open',
};

/** Takes away what comes from an offset on. */
function cutAt(reply: EditedReply, offset: number, ending: Ending): string {
  const { length } = reply;
  if (offset < length) {
    reply.edit([{ start: offset, end: length, bytes: new Uint8Array(0) }]);
  }
  reply.ending = ending;
  reply.mark('end', [{ start: offset, end: offset }]);
  return `after ${offset} of ${length} bytes, and ${WORDS[ending]}`;
}

export function cutEvent(reply: EditedReply, fault: FaultOf<'cut-event'>): string {
  const { where = 'before', ending = 'fin' } = fault;
  const seq = eventOf(reply, fault.at);
  const { start, end } = reply.events[seq]!;
  const offset =
    where === 'before' ? start : where === 'after' ? closeOf(reply, seq) : (start + end) >> 1;
  return `cut ${where} event ${seq}, ${cutAt(reply, offset, ending)}`;
}

export function cutByte(reply: EditedReply, fault: FaultOf<'cut-byte'>): string {
  const { byte, ending = 'fin' } = fault;
  if (byte >= reply.length) throw new NotApplied(`the body has ${reply.length} bytes only`);
  return `cut ${cutAt(reply, byte, ending)}`;
}

export function cutCharacter(reply: EditedReply, fault: FaultOf<'cut-character'>): string {
  const { at = 0, ending = 'fin' } = fault;
  const seq = eventOf(reply, at);
  const [offset] = longCharacters(reply, reply.events[seq]!.start, 1);
  if (offset === undefined)
    throw new NotApplied(`from event ${seq} on no character has several bytes`);
  return `cut inside a character ${cutAt(reply, offset + 1, ending)}`;
}

export function noBlankLine(reply: EditedReply, fault: FaultOf<'no-blank-line'>): string {
  const { ending = 'end' } = fault;
  const { events, framing, length } = reply;
  const last = events.at(-1);
  if (!last) throw new NotApplied('the body has no events');
  if (framing === 'array') throw new NotApplied('events of a JSON array end without a blank line');
  const end = framing === 'lines' ? last.dataEnd : last.end;
  if (end >= length) throw new NotApplied('the body ends without one already');
  reply.edit([{ start: end, end: length, bytes: new Uint8Array(0) }]);
  reply.ending = ending;
  reply.mark('end', [{ start: end, end }]);
  return `left out the last ${length - end === 1 ? 'byte' : `${length - end} bytes`}`;
}

export function close(reply: EditedReply, { ending }: FaultOf<'close'>): string {
  reply.ending = ending;
  reply.mark('end', [{ start: reply.length, end: reply.length }]);
  return `sent everything and ${WORDS[ending]}`;
}

/** Offsets of the first bytes of characters that have several, from an offset on. */
export function longCharacters(reply: EditedReply, from: number, most: number): number[] {
  const found: number[] = [];
  const { offsets, portions } = reply;
  for (let at = Math.max(0, reply.portionAt(from)); at < portions.length; at++) {
    const { bytes } = portions[at]!;
    const start = offsets[at]!;
    for (let index = Math.max(0, from - start); index < bytes.length; index++) {
      // A first byte (RFC 3629) with another one after it.
      const isFirst = bytes[index]! >= 0xc2 && bytes[index]! <= 0xf4;
      if (!isFirst || ((reply.byteAt(start + index + 1) ?? 0) & 0xc0) !== 0x80) continue;
      found.push(start + index);
      if (found.length >= most) return found;
    }
  }
  return found;
}
