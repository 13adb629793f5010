import { decodeUtf8 } from '../text.ts';

/**
 * - `event`: a block with data; it dispatches an event.
 * - `comment`: one line that starts with a colon. It may lie inside the range of an event.
 * - `empty`: a block of fields without data. By rule 12 of the format it dispatches nothing, but a
 *   debugger has to show that it was there.
 */
export type FrameKind = 'event' | 'comment' | 'empty';

/**
 * Bytes of a frame beyond which it is not read: its range is kept, with `dataLines` 0, and `too-long` is
 * reported. So no more than this is carried from chunk to chunk, or decoded at once.
 */
export const LONGEST_FRAME = 64 * 1024 * 1024;

/**
 * One block of an event stream. All offsets are bytes from the start of the body (before the BOM).
 * The range runs from the first field's first byte to the end of the last field line's terminator;
 * the blank line that closes the block belongs to no frame, because in a CRLF stream its LF may
 * still be on the way when the block is complete.
 */
export interface Frame {
  kind: FrameKind;
  start: number;
  end: number;
  /**
   * The bytes of the data. For several `data` lines: from the first value's first byte to the last
   * value's end, with field names between them; `readData` joins them.
   */
  dataStart: number;
  dataEnd: number;
  dataLines: number;
  /** The last `event` field's value, `''` where there is none (a client then sees `message`). */
  name: string;
  /** The last event id at this frame: it persists from earlier frames (rule 10). */
  lastEventId: string;
  /** The `retry` value in milliseconds that this frame set, -1 where it set none. */
  retry: number;
}

/**
 * A place where the stream leaves the event stream format, or uses a part of it that is legal but
 * unexpected. `rule` is the number in the WHATWG list: see `docs/wire-format.md`.
 */
export interface Deviation {
  rule: DeviationRule;
  /** Byte range in the body. */
  start: number;
  end: number;
  /** What was found, in the words of the case: a field's name, a value. */
  detail: string;
}

export type DeviationRule =
  | 'bom'
  | 'carriage-return'
  | 'unknown-field'
  | 'id-with-nul'
  | 'retry-not-digits'
  | 'no-data'
  | 'unfinished'
  | 'unclosed'
  | 'too-long'
  | 'unfinished-line'
  | 'unfinished-element'
  | 'between-elements'
  | 'unclosed-array';

/**
 * The parser reuses one `Frame`; a sink copies what it keeps. `bytes` holds the frame: byte `n` of
 * the body is `bytes[n - base]`, and so is `view`, for who reads several at once. They are valid
 * during the call only.
 */
export interface FrameSink {
  frame(frame: Readonly<Frame>, bytes: Uint8Array, base: number, view: DataView): void;
  deviation(deviation: Deviation): void;
}

const LF = 10;
const CR = 13;
const COLON = 58;
const SPACE = 32;

/** True if `bytes[start..end)` starts with `data` as a whole field name. */
function isDataLine(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 4 &&
    bytes[start] === 0x64 &&
    bytes[start + 1] === 0x61 &&
    bytes[start + 2] === 0x74 &&
    bytes[start + 3] === 0x61 &&
    (end - start === 4 || bytes[start + 4] === COLON)
  );
}

/**
 * The data of an event frame as text: the values of its `data` lines joined with LF (rule 8).
 * `bytes[n - base]` is byte `n` of the body.
 */
export function readData(
  frame: Pick<Frame, 'dataStart' | 'dataEnd' | 'dataLines'>,
  bytes: Uint8Array,
  base = 0,
): string {
  const first = frame.dataStart - base;
  const last = frame.dataEnd - base;
  if (frame.dataLines === 1) return decodeUtf8(bytes.subarray(first, last));
  const values: string[] = [];
  let line = first;
  // The range starts inside the first data line, after its name: the rest are whole lines.
  for (let index = 0; line <= last && values.length < frame.dataLines; index++) {
    let end = line;
    while (end < last && bytes[end] !== LF && bytes[end] !== CR) end++;
    if (index === 0) values.push(decodeUtf8(bytes.subarray(line, end)));
    else if (isDataLine(bytes, line, end)) {
      let value = line + 4;
      if (value < end) value++;
      if (value < end && bytes[value] === SPACE) value++;
      values.push(decodeUtf8(bytes.subarray(value, end)));
    }
    line = end + 1;
    if (bytes[end] === CR && bytes[line] === LF) line++;
  }
  return values.join('\n');
}
