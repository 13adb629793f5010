import { copyOf, isAt, viewOf } from '../bytes.ts';
import type { LaneText } from './lane-texts.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;

/** The parts of a delta event that differ from the one before, each a JSON token of its kind. */
type SlotKind = 'sequence' | 'delta' | 'padding';
const SLOTS = new Map<string, SlotKind>([
  ['sequence_number', 'sequence'],
  ['delta', 'delta'],
  ['obfuscation', 'padding'],
]);

/** Longer than any of these names with all its letters escaped. */
const LONGEST_KEY = 90;

interface Slot {
  kind: SlotKind;
  /** Where the token starts and ends; of a string, without its quotes. */
  start: number;
  end: number;
}

/**
 * What the deltas of one text have in common, byte for byte: everything but the sequence number, the
 * fragment and the padding. An event that is the same in all else, and has well-formed tokens there,
 * is known without parsing its JSON, which would take most of the time of an index. Whatever is
 * unusual does not match, and is parsed.
 */
export class DeltaShape {
  readonly type: number;
  readonly text: LaneText;

  // What the last match found.
  sequence = NaN;
  /** The fragment between its quotes, still escaped. */
  deltaStart = 0;
  deltaEnd = 0;
  /** Whether all escapes in the fragment are those of one letter. */
  isPlain = true;

  readonly #literals: DataView[];
  readonly #kinds: SlotKind[];

  constructor(literals: Uint8Array[], kinds: SlotKind[], type: number, text: LaneText) {
    this.#literals = literals.map(viewOf);
    this.#kinds = kinds;
    this.type = type;
    this.text = text;
  }

  /** Whether the JSON text at `bytes[start..end)` has this shape. `view` is on the same bytes. */
  matches(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const literals = this.#literals;
    const kinds = this.#kinds;
    let at = start;
    for (let part = 0; ; part++) {
      const literal = literals[part]!;
      if (!isAt(literal, view, at, end)) return false;
      at += literal.byteLength;
      if (part === kinds.length) return at === end;
      const kind = kinds[part]!;
      if (kind === 'sequence') at = this.#readSequence(bytes, at, end);
      else if (kind === 'delta') at = this.#readDelta(bytes, at, end);
      else at = endOfPadding(bytes, at, end);
      if (at < 0) return false;
    }
  }

  /** Digits only, and few enough to be exact. Returns where they end, -1 for anything else. */
  #readSequence(bytes: Uint8Array, start: number, end: number): number {
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const digits = at - start;
    // JSON has no leading zeros.
    if (digits === 0 || digits > 15 || (digits > 1 && bytes[start] === 0x30)) return -1;
    this.sequence = value;
    return at;
  }

  #readDelta(bytes: Uint8Array, start: number, end: number): number {
    let isPlain = true;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        if (at + 1 < end && SIMPLE_ESCAPES[bytes[at + 1]!] === 0) isPlain = false;
        at++;
      } else if (byte < 0x20) return -1;
      else if (byte >= 0x80) {
        const length = sequenceLength(bytes, at, end);
        if (length === 0) return -1;
        at += length - 1;
      }
    }
    if (at >= end) return -1;
    this.deltaStart = start;
    this.deltaEnd = at;
    this.isPlain = isPlain;
    return at;
  }
}

/** Padding is plain in practice; one that is not could be malformed. */
function endOfPadding(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte < 0x20 || byte >= 0x80 || byte === BACKSLASH) return -1;
  }
  return -1;
}

/** The length of the UTF-8 sequence at `at`, 0 if it is ill-formed (Unicode, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (bytes[at + 1]! < low || bytes[at + 1]! > high) return 0;
  for (let index = 2; index < length; index++) {
    if ((bytes[at + index]! & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** What `\x` stands for in JSON, by x; 0 for `\u` and what is no escape. */
export const SIMPLE_ESCAPES = new Uint8Array(256);
for (const [letter, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  SIMPLE_ESCAPES[letter!.charCodeAt(0)] = meaning!.charCodeAt(0);
}

/**
 * The shape of a delta event, from its bytes: a JSON object that was parsed without fault. Null
 * where a key is escaped or comes twice, or there is no fragment: then nothing is known for sure.
 */
export function shapeOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  type: number,
  text: LaneText,
): DeltaShape | null {
  const slots = slotsOf(bytes, start, end);
  if (!slots?.some(({ kind }) => kind === 'delta')) return null;
  const literals = slots.map((slot, index) =>
    copyOf(bytes, index === 0 ? start : slots[index - 1]!.end, slot.start),
  );
  literals.push(copyOf(bytes, slots[slots.length - 1]!.end, end));
  const kinds = slots.map(({ kind }) => kind);
  return new DeltaShape(literals, kinds, type, text);
}

/** The slots at the top of an object, in their order. */
function slotsOf(bytes: Uint8Array, start: number, end: number): Slot[] | null {
  const slots: Slot[] = [];
  let depth = 0;
  let key = '';
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === QUOTE) {
      const from = at + 1;
      at = endOfString(bytes, from, end);
      if (depth !== 1) continue;
      if (isKey(bytes, at + 1, end)) {
        key = at - from > LONGEST_KEY ? '' : String.fromCharCode(...bytes.subarray(from, at));
        if (key.includes('\\')) return null;
      } else if (!add(SLOTS.get(key), 'string', from, at)) return null;
    } else if (depth === 1 && isDigit(byte)) {
      const from = at;
      if (bytes[at - 1] === MINUS && SLOTS.has(key)) return null;
      while (at + 1 < end && isDigit(bytes[at + 1]!)) at++;
      if (!add(SLOTS.get(key), 'number', from, at + 1)) return null;
    }
  }
  return slots;

  function add(kind: SlotKind | undefined, type: string, from: number, to: number): boolean {
    if (kind === undefined) return true;
    if ((kind === 'sequence') !== (type === 'number')) return false;
    if (slots.some((slot) => slot.kind === kind)) return false;
    slots.push({ kind, start: from, end: to });
    return true;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function endOfString(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Whether a colon follows, after white space. */
function isKey(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at]! <= 0x20) at++;
  return bytes[at] === 0x3a;
}
