import type { Portion } from '../replay/reply.ts';
import { type EditedReply, MOST_PORTIONS, NotApplied } from './edited-reply.ts';
import { joined } from './edits.ts';
import type { FaultOf } from './fault-list.ts';
import { closeOf, eventOf, eventsOf, eventWords } from './framed.ts';

export function delay(reply: EditedReply, { at, ms }: FaultOf<'delay'>): string {
  const seqs = eventsOf(reply, at);
  const spans = seqs.map((seq) => ({
    start: reply.events[seq]!.start,
    end: closeOf(reply, seq),
  }));
  reply.split(spans.map(({ start }) => start));
  const { offsets } = reply;
  let next = 0;
  let latest = 0;
  reply.portions = reply.portions.map((portion, index) => {
    // A portion that a chosen event begins in, or goes on in.
    while (next < spans.length && spans[next]!.end <= offsets[index]!) next++;
    const isHeld = next < spans.length && spans[next]!.start < offsets[index + 1]!;
    latest = Math.max(latest, portion.atUs + (isHeld ? ms * 1000 : 0));
    return latest === portion.atUs ? portion : { ...portion, atUs: latest };
  });
  reply.mark('body', spans);
  return `held ${eventWords(seqs)} for ${ms} ms`;
}

export function stall(reply: EditedReply, { at, ms }: FaultOf<'stall'>): string {
  const seq = eventOf(reply, at);
  const { start } = reply.events[seq]!;
  if (ms === 'forever') {
    reply.edit([{ start, end: reply.length, bytes: new Uint8Array(0) }]);
    reply.ending = 'open';
    reply.mark('end', [{ start, end: start }]);
    return `nothing came from event ${seq} on, and the connection stays open`;
  }
  reply.split([start]);
  const { offsets } = reply;
  reply.portions = reply.portions.map((portion, index) =>
    offsets[index]! < start ? portion : { ...portion, atUs: portion.atUs + ms * 1000 },
  );
  reply.mark('body', [{ start, end: start }]);
  return `nothing came for ${ms} ms before event ${seq}`;
}

export function drip(reply: EditedReply, { at = 0, bytes, ms }: FaultOf<'drip'>): string {
  const seq = eventOf(reply, at);
  const { start } = reply.events[seq]!;
  reply.split([start]);
  const first = reply.portionAt(start);
  const { portions, rest } = divided(reply.portions.slice(first), bytes);
  let latest = -Infinity;
  const slow = portions.map((portion) => {
    latest = Math.max(portion.atUs, latest + ms * 1000);
    return { ...portion, atUs: latest };
  });
  const after = rest.map((portion) => ({ ...portion, atUs: Math.max(portion.atUs, latest) }));
  reply.mark('body', [{ start, end: reply.length }]);
  reply.portions = [...reply.portions.slice(0, first), ...slow, ...after];
  return `from event ${seq} on ${bytes} bytes came every ${ms} ms${tooMany(rest)}`;
}

export function burst(reply: EditedReply, { at = 0, to = 'last' }: FaultOf<'burst'>): string {
  const first = eventOf(reply, at);
  const last = eventOf(reply, to);
  if (last < first) throw new NotApplied(`event ${last} comes before event ${first}`);
  const { start } = reply.events[first]!;
  const end = closeOf(reply, last);
  reply.split([start, end]);
  const { offsets, portions } = reply;
  const isIn = (index: number) => offsets[index]! >= start && offsets[index]! < end;
  const held = portions.filter((_, index) => isIn(index));
  const one = { bytes: joined(held.map(({ bytes }) => bytes)), atUs: held.at(-1)!.atUs };
  const from = portions.findIndex((_, index) => isIn(index));
  reply.portions = [...portions.slice(0, from), one, ...portions.slice(from + held.length)];
  reply.mark('body', [{ start, end }]);
  return `sent ${last === first ? `event ${first}` : `events ${first} to ${last}`} in one write`;
}

export function chunks(reply: EditedReply, { bytes }: FaultOf<'chunks'>): string {
  const { length } = reply;
  if (length === 0) throw new NotApplied('the body is empty');
  const size = bytes === 'all' ? length : bytes;
  const { portions, rest } = divided(reply.portions, size);
  reply.portions = [...portions, ...rest];
  reply.mark('body', [{ start: 0, end: length }]);
  const each = size === 1 ? 'every byte in a write of its own' : `writes of ${size} bytes`;
  return bytes === 'all' ? 'sent everything in one write' : `${each}${tooMany(rest)}`;
}

/** The same bytes in writes of one size, each with the time of its last byte; what is too much is the rest. */
function divided(
  portions: readonly Portion[],
  size: number,
): { portions: Portion[]; rest: Portion[] } {
  const result: Portion[] = [];
  let open: Uint8Array[] = [];
  let filled = 0;
  for (const [index, { bytes, atUs }] of portions.entries()) {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + size - filled);
      open.push(piece);
      at += piece.length;
      filled += piece.length;
      if (filled < size) continue;
      result.push({ bytes: open.length === 1 ? open[0]! : joined(open), atUs });
      open = [];
      filled = 0;
      if (result.length < MOST_PORTIONS) continue;
      const left = bytes.subarray(at);
      const rest = left.length > 0 ? [{ bytes: left, atUs }] : [];
      return { portions: result, rest: [...rest, ...portions.slice(index + 1)] };
    }
  }
  if (filled > 0) result.push({ bytes: joined(open), atUs: portions.at(-1)!.atUs });
  return { portions: result, rest: [] };
}

function tooMany(rest: readonly Portion[]): string {
  return rest.length === 0 ? '' : `; after ${MOST_PORTIONS} writes the rest came as it was`;
}
