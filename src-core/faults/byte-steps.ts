import { encodeUtf8 } from '../text.ts';
import { type EditedReply, MOST_PORTIONS, NotApplied } from './edited-reply.ts';
import type { Edit } from './edits.ts';
import { longCharacters } from './end-steps.ts';
import type { FaultOf } from './fault-list.ts';
import { eventsOf, eventWords, insertion, lineEndOf } from './framed.ts';

const LF = 10;
const CR = 13;

export function splitCharacters(reply: EditedReply): string {
  const places = longCharacters(reply, 0, MOST_PORTIONS);
  if (places.length === 0) throw new NotApplied('no character has several bytes');
  reply.split(places.map((at) => at + 1));
  reply.mark(
    'body',
    places.map((start) => ({ start, end: start + 1 })),
  );
  return places.length === 1 ? 'split a character' : `split ${places.length} characters`;
}

export function lineEnds(reply: EditedReply, { to = 'crlf' }: FaultOf<'line-ends'>): string {
  const { framing, portions } = reply;
  if (framing === 'lines' && to === 'cr') throw new NotApplied('JSON Lines are divided by LF');
  const bytes = encodeUtf8({ crlf: '\r\n', cr: '\r', lf: '\n' }[to]);
  const edits: Edit[] = [];
  let offset = 0;
  let isAfterCr = false;
  for (const portion of portions) {
    for (let at = 0; at < portion.bytes.length; at++) {
      const byte = portion.bytes[at];
      const start = offset + at;
      if (byte === LF && isAfterCr) edits.at(-1)!.end = start + 1;
      else if (byte === LF || byte === CR) edits.push({ start, end: start + 1, bytes });
      isAfterCr = byte === CR;
    }
    offset += portion.bytes.length;
  }
  if (edits.length === 0) throw new NotApplied('the body has no line ends');
  reply.mark('body', reply.edit(edits));
  return `${to.toUpperCase()} for ${edits.length} line ends`;
}

export function bom(reply: EditedReply): string {
  reply.mark('body', reply.edit([insertion(0, Uint8Array.of(0xef, 0xbb, 0xbf))]));
  return 'put EF BB BF at the start';
}

export function comment(reply: EditedReply, fault: FaultOf<'comment'>): string {
  const { text = ' keep-alive' } = fault;
  const { framing } = reply;
  const seqs = eventsOf(reply, fault.at);
  if (framing !== 'sse') throw new NotApplied('JSON has no comments');
  const edits = seqs.map((seq) => {
    const event = reply.events[seq]!;
    const end = lineEndOf(reply, event);
    return insertion(event.start, encodeUtf8(`:${text}${end}${end}`));
  });
  reply.mark('body', reply.edit(edits));
  return `put a comment before ${eventWords(seqs)}`;
}
