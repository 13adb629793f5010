import { isObject, stringOf } from '../json.ts';
import type { Frame, FrameSink } from '../sse/frame.ts';
import { FrameParser } from '../sse/frame-parser.ts';
import { decodeUtf8, encodeUtf8 } from '../text.ts';
import { MAX_MS } from './records.ts';

/** An event as a browser noted it: `_eventSourceMessages` of a HAR. */
export interface NotedMessage {
  /** Seconds, of the wall clock or of a clock of its own. */
  time: number;
  name: string;
  id: string;
  data: string;
}

export function notedMessages(value: unknown): NotedMessage[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((one) => ({
    time: typeof one.time === 'number' && Number.isFinite(one.time) ? one.time : NaN,
    name: stringOf(one.eventName),
    id: stringOf(one.eventId),
    data: stringOf(one.data),
  }));
}

/**
 * When each message arrived, in microseconds since the request was started, never decreasing.
 * @param startMs of the wall clock; null where it is not known
 * @param firstByteUs counts for the first message where the messages' clock is another
 * @returns null where a message has no time, or one that no request can take
 */
export function arrivalTimes(
  messages: readonly NotedMessage[],
  startMs: number | null,
  firstByteUs: number,
): number[] | null {
  const first = messages[0];
  if (!first || messages.some(({ time }) => Number.isNaN(time))) return null;
  // Seconds since 1970 are beyond this since 2001; no machine has been up for so long.
  const isWall = first.time > 1e9 && startMs !== null;
  const zero = isWall ? startMs! / 1000 : first.time - firstByteUs / 1e6;
  let last = 0;
  const times = messages.map(
    ({ time }) => (last = Math.max(last, Math.round((time - zero) * 1e6))),
  );
  return last <= MAX_MS * 1000 ? times : null;
}

/** An event stream that has these messages: what it looked like on the wire is not known. */
export function bodyOfMessages(messages: readonly NotedMessage[]): {
  body: Uint8Array;
  sizes: number[];
} {
  const frames = messages.map(({ name, id, data }) => {
    let text = '';
    if (id !== '') text += `id: ${id}\n`;
    // The default, which a browser notes as if it had been sent.
    if (name !== '' && name !== 'message') text += `event: ${name}\n`;
    for (const line of data.split(/\r\n|\r|\n/)) text += `data: ${line}\n`;
    return encodeUtf8(`${text}\n`);
  });
  const sizes = frames.map((frame) => frame.length);
  const body = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const frame of frames) {
    body.set(frame, at);
    at += frame.length;
  }
  return { body, sizes };
}

/**
 * How many bytes of the body came with each message: up to the end of its frame, with what stands before it.
 * @returns null where the body's events are not those of the messages
 */
export function sizesOfMessages(
  body: Uint8Array,
  messages: readonly NotedMessage[],
): number[] | null {
  const ends: number[] = [];
  let fits = true;
  const parser = new FrameParser({
    frame: (frame: Readonly<Frame>) => {
      if (frame.kind !== 'event') return;
      const message = messages[ends.length];
      fits &&= message !== undefined && isData(body, frame, message);
      ends.push(afterBlankLines(body, frame.end));
    },
    deviation: () => {},
  } satisfies FrameSink);
  parser.push(body);
  if (!fits || ends.length !== messages.length) return null;
  return ends.map((end, index) => {
    const from = index === 0 ? 0 : ends[index - 1]!;
    return (index === ends.length - 1 ? body.length : end) - from;
  });
}

/** An event is dispatched by the blank line after it, which belongs to no frame. */
function afterBlankLines(body: Uint8Array, end: number): number {
  let at = end;
  while (body[at] === 10 || body[at] === 13) at++;
  return at;
}

/** Only the first line's beginning: it is enough to see that the two are the same events. */
function isData(body: Uint8Array, frame: Readonly<Frame>, { data }: NotedMessage): boolean {
  const start = decodeUtf8(
    body.subarray(frame.dataStart, Math.min(frame.dataEnd, frame.dataStart + 64)),
  );
  const line = data.split(/\r\n|\r|\n/, 1)[0]!;
  const length = Math.min(16, line.length);
  return start.slice(0, length) === line.slice(0, length);
}
