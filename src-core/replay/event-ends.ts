import { FrameReader } from '../framing/frame-reader.ts';
import type { Portion } from './reply.ts';

/**
 * Where the events of a body end: byte offsets, ascending, one an event. What closes an event (its blank line,
 * the comma of an array) belongs to it; comments go with the event after them. What follows the last event
 * belongs to that one.
 */
export function eventEnds(body: Uint8Array): number[] {
  const events: number[] = [];
  const starts: number[] = [];
  const reader = new FrameReader({
    frame: ({ kind, start, end }) => {
      starts.push(start);
      if (kind === 'event') events.push(end);
    },
    deviation: () => undefined,
  });
  reader.push(body);
  reader.end();
  // A comment within an event is told before it.
  starts.sort((a, b) => a - b);
  let next = 0;
  return events.map((end, at) => {
    if (at === events.length - 1) return body.length;
    while (next < starts.length && starts[next]! < end) next++;
    return starts[next] ?? body.length;
  });
}

/** The bytes of portions in one array: a view where they stand side by side, else a copy. */
export function joined(portions: readonly Pick<Portion, 'bytes'>[]): Uint8Array {
  const [first] = portions;
  if (!first) return new Uint8Array(0);
  const { buffer, byteOffset } = first.bytes;
  let size = 0;
  let adjoin = true;
  for (const { bytes } of portions) {
    adjoin &&= bytes.buffer === buffer && bytes.byteOffset === byteOffset + size;
    size += bytes.length;
  }
  if (adjoin) return new Uint8Array(buffer, byteOffset, size);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const { bytes } of portions) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
