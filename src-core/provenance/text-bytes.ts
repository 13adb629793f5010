import { EventFlag } from '../index/batch.ts';
import type { EventIndex } from '../index/event-index.ts';
import { type JsonNode, nodeAt, scanJsonText } from '../json-text.ts';
import { ruleOf } from '../responses/event-types.ts';
import { decodeUtf8, isWellFormedUtf8 } from '../text.ts';
import type { Writing } from './writings.ts';
import { writtenString } from './written-string.ts';

/** Where a piece of text stands in the body. */
export interface TextBytes {
  start: number;
  end: number;
  /**
   * - `text`: exactly the bytes of the piece, escapes included.
   * - `value`: those of the JSON value that the piece is of, laid out in another way.
   * - `frame`: the frame that holds them. The event sets a text as a whole among other things, or
   *   its data is spread over lines or is no UTF-8.
   */
  precision: 'text' | 'value' | 'frame';
}

/** Bytes `[start, end)` of the body. */
export type BodyReader = (start: number, end: number) => Uint8Array;

/**
 * The bytes of the units `[from, to)` of a text, which event `writing.seq` wrote. Of a surrogate pair
 * that was sent as one sequence of UTF-8 either half has all four bytes. Linear in the frame.
 */
export function bytesOf(
  index: EventIndex,
  read: BodyReader,
  writing: Writing,
  from = writing.from,
  to = writing.to,
): TextBytes {
  const { start, end, dataStart, dataEnd } = index.columns;
  const { seq } = writing;
  const frame: TextBytes = { start: start[seq]!, end: end[seq]!, precision: 'frame' };
  const isResponses = index.dialect === 'responses';
  const path = isResponses ? pathOf(index, writing) : null;
  if ((isResponses && !path) || index.has(seq, EventFlag.multiline)) return frame;
  const bytes = read(dataStart[seq]!, dataEnd[seq]!);
  const data = decodeUtf8(bytes);
  if (data.includes('\ufffd') && !isWellFormedUtf8(bytes)) return frame;
  const { root } = scanJsonText(data);
  const value = root && path && nodeAt(root, path.keys);
  const written = isResponses
    ? value?.kind === 'string' && { node: value, skip: path!.skip, isAsWritten: true }
    : root && writtenString(index, writing, data, root);
  if (!written) return frame;
  const { node, skip, isAsWritten } = written;
  const units = isAsWritten
    ? unitsOf(data, node, from - skip, to - skip)
    : { from: node.start, to: node.end };
  if (!units) return frame;
  const base = dataStart[seq]!;
  return {
    start: base + byteOffset(data, units.from, 'start'),
    end: base + byteOffset(data, units.to, 'end'),
    precision: isAsWritten ? 'text' : 'value',
  };
}

/**
 * The JSON string in an event that a lane's text came from, and which unit of the lane is its
 * first; null for events that set texts within an item, a part or a response.
 */
function pathOf(
  index: EventIndex,
  { lane, seq }: Writing,
): { keys: string[]; skip: number } | null {
  const rule = ruleOf(index.typeOf(seq));
  const before = Math.max(0, index.laneLengthAt(lane, seq - 1));
  switch (rule?.op) {
    case 'append':
      return { keys: ['delta'], skip: before };
    case 'replace':
      return { keys: [rule.field], skip: 0 };
    case 'shell-output': {
      const field = index.lanes[lane]!.kind === 'shell_stderr' ? 'stderr' : 'stdout';
      return { keys: ['delta', field], skip: before };
    }
    default:
      return null;
  }
}

/** A string is told by its units; any other value stands as it is. */
function unitsOf(text: string, node: JsonNode, from: number, to: number) {
  if (node.kind === 'string') return unitStarts(text, node, from, to);
  return from < 0 ? null : { from: node.start + from, to: node.start + to };
}

/**
 * Offsets in `text` of the tokens that stand for the units `[from, to)` of a string's value: `from`
 * and `to` count UTF-16 units of the value, an escape is one unit. Null where it has not so many.
 */
function unitStarts(
  text: string,
  value: JsonNode,
  from: number,
  to: number,
): { from: number; to: number } | null {
  let at = value.start + 1;
  const last = value.end - 1;
  let first = -1;
  for (let unit = 0; at <= last; unit++) {
    if (unit === from) first = at;
    if (unit === to) return first < 0 ? null : { from: first, to: at };
    if (at === last) return null;
    if (text.charCodeAt(at) !== 0x5c) at++;
    else at += text.charCodeAt(at + 1) === 0x75 ? 6 : 2;
  }
  return null;
}

/** How many bytes the first `units` units take in UTF-8. Inside a pair: where it starts or ends. */
function byteOffset(text: string, units: number, side: 'start' | 'end'): number {
  let bytes = 0;
  for (let at = 0; at < units; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes++;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code < 0xdc00) {
      // Well-formed UTF-8 has no half alone: the other one follows.
      at++;
      if (at < units) bytes += 4;
      else return side === 'start' ? bytes : bytes + 4;
    } else bytes += 3;
  }
  return bytes;
}
