import type { DialectId, Framing } from '../dialects/dialect.ts';
import { dialectOf, recognise } from '../dialects/dialects.ts';
import { framingOfResponse } from '../framing/content-type.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { isObject, type JsonValue, parseJson } from '../json.ts';
import type { Ending, Portion, Reply } from '../replay/reply.ts';
import { type Frame, readData } from '../sse/frame.ts';
import { type Edit, movedBy, type Span, withEdits } from './edits.ts';

/** An event in the body, as byte ranges; the blank line that closes it is in no range. */
export type EventRange = Pick<
  Frame,
  'start' | 'end' | 'dataStart' | 'dataEnd' | 'dataLines' | 'name'
>;

/** What a step did: to bytes of the body, to the head, or to the end. */
export interface FaultMark extends Span {
  step: number;
  where: 'head' | 'body' | 'end';
}

/** A step can't be done: the message says why. */
export class NotApplied extends Error {}

/** Writes of a reply, beyond which it is not divided any further. */
export const MOST_PORTIONS = 250_000;
/** Bytes that the steps of a list may add to a body together. */
export const MOST_ADDED = 64 * 1024 * 1024;
/** Places of a step that are kept. */
const MOST_MARKS = 1000;

/** A copy of a reply that steps change: its bytes by edits, so that chunks stay what they were. */
export class EditedReply {
  status: number;
  statusText: string;
  headers: [string, string][];
  headAtUs: number;
  ending: Ending;
  gzip: Reply['gzip'];
  /** The step that is being applied. */
  step = 0;
  readonly #recorded: Reply;
  #portions: Portion[];
  #added = 0;
  #framing: Framing | undefined;
  #dialect: DialectId | undefined;
  /** Offset of each portion in the body, and the length of all; null where it has to be counted again. */
  #offsets: number[] | null = null;
  #events: EventRange[] | null = null;
  #isList = false;
  readonly #types = new Map<number, string>();
  #marks: FaultMark[] = [];

  /** @param dialect a person's choice; left out: the first event that says it decides */
  constructor(reply: Reply, dialect?: DialectId) {
    this.#recorded = reply;
    this.status = reply.status;
    this.statusText = reply.statusText;
    this.headers = [...reply.headers];
    this.headAtUs = reply.headAtUs;
    this.ending = reply.ending;
    this.gzip = reply.gzip;
    this.#portions = reply.portions;
    this.#dialect = dialect;
    const { status, statusText, headers } = reply;
    this.#framing = framingOfResponse({ status, statusText, headers, httpVersion: '1.1' });
  }

  get portions(): readonly Portion[] {
    return this.#portions;
  }
  set portions(portions: Portion[]) {
    this.#portions = portions;
    this.#offsets = null;
  }

  get marks(): readonly FaultMark[] {
    return this.#marks;
  }

  /** What is to be written; the very reply that was recorded where nothing was done. */
  get reply(): Reply {
    const { status, statusText, headers, headAtUs, ending, gzip } = this;
    const portions = this.#portions;
    const whole = { status, statusText, headers, headAtUs, portions, ending };
    const isSame =
      portions === this.#recorded.portions &&
      ending === this.#recorded.ending &&
      gzip === this.#recorded.gzip;
    // A length that was recorded is that of other bytes.
    if (!isSame) whole.headers = headers.filter(([name]) => !/^content-length$/i.test(name));
    return gzip ? { ...whole, gzip } : whole;
  }

  get length(): number {
    return this.offsets.at(-1)!;
  }

  get offsets(): readonly number[] {
    if (this.#offsets) return this.#offsets;
    const offsets = [0];
    let at = 0;
    for (const { bytes } of this.#portions) offsets.push((at += bytes.length));
    return (this.#offsets = offsets);
  }

  /** The portion that the byte at `offset` is in; the last one for the end of the body, -1 without any. */
  portionAt(offset: number): number {
    const { offsets } = this;
    let low = 0;
    let high = this.#portions.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (offsets[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.min(low, high);
  }

  byteAt(offset: number): number | undefined {
    const at = this.portionAt(offset);
    return this.#portions[at]?.bytes[offset - this.offsets[at]!];
  }

  /** The bytes of a range in one piece. */
  slice(start: number, end: number): Uint8Array {
    const first = this.portionAt(start);
    if (first < 0 || start >= end) return new Uint8Array(0);
    const from = start - this.offsets[first]!;
    const portion = this.#portions[first]!.bytes;
    if (from + end - start <= portion.length) return portion.subarray(from, from + end - start);
    const bytes = new Uint8Array(Math.min(end, this.length) - start);
    for (let at = first, filled = 0; filled < bytes.length; at++) {
      const piece = this.#portions[at]!.bytes.subarray(at === first ? from : 0);
      const part = piece.subarray(0, bytes.length - filled);
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  }

  get framing(): Framing {
    void this.events;
    return this.#framing ?? 'sse';
  }

  get events(): readonly EventRange[] {
    if (this.#events) return this.#events;
    const events: EventRange[] = [];
    const reader = new FrameReader(
      {
        frame: ({ kind, start, end, dataStart, dataEnd, dataLines, name }) => {
          if (kind === 'event') events.push({ start, end, dataStart, dataEnd, dataLines, name });
        },
        deviation: () => undefined,
      },
      this.#framing,
    );
    for (const { bytes } of this.#portions) reader.push(bytes);
    reader.end();
    this.#framing = reader.framing;
    this.#isList = reader.isList;
    this.#types.clear();
    return (this.#events = events);
  }

  /** Whether the events are elements of an array that has brackets. */
  get isList(): boolean {
    void this.events;
    return this.#isList;
  }

  /** The data of an event as text. */
  dataOf(event: EventRange): string {
    return readData(event, this.slice(event.start, event.end), event.start);
  }

  valueOf(event: EventRange): JsonValue | undefined {
    return parseJson(this.dataOf(event));
  }

  /** `plain` where no event says it. */
  get dialect(): DialectId {
    if (this.#dialect !== undefined) return this.#dialect;
    for (const event of this.events) {
      const value = this.valueOf(event);
      const found = isObject(value) ? recognise(value, event.name) : null;
      if (found !== null) return (this.#dialect = found);
    }
    return (this.#dialect = 'plain');
  }

  /** The type under which an event is listed. */
  typeOf(seq: number): string {
    const event = this.events[seq]!;
    const known = this.#types.get(seq);
    if (known !== undefined) return known;
    const text = this.dataOf(event);
    const type = dialectOf(this.dialect).typeOf(parseJson(text), event.name, text);
    this.#types.set(seq, type);
    return type;
  }

  /**
   * Changes bytes; each edit's bytes come with the portion of the byte where it starts. A portion that
   * lost all its bytes is gone. Edits ascend and do not overlap.
   * @returns where the edits' own bytes stand then
   * @throws NotApplied where the body would become too long
   */
  edit(edits: readonly Edit[]): Span[] {
    for (const { start, end, bytes } of edits) this.#added += bytes.length - (end - start);
    if (this.#added > MOST_ADDED) {
      const most = MOST_ADDED / 1024 / 1024;
      throw new NotApplied(`the body would become more than ${most} MiB longer than recorded`);
    }
    const moved = movedBy(edits, this.length);
    this.portions = withEdits(this.#portions, edits);
    this.#marks = this.#marks.flatMap((mark) => {
      if (mark.where === 'head') return mark;
      const span = moved.span(mark);
      return span ? { ...mark, ...span } : [];
    });
    this.#events = null;
    return moved.written;
  }

  /** Divides portions, so that one begins at each of the offsets, which ascend. */
  split(offsets: readonly number[]): void {
    let start = 0;
    let next = 0;
    const portions: Portion[] = [];
    for (const portion of this.#portions) {
      const { bytes, atUs } = portion;
      const end = start + bytes.length;
      let from = start;
      for (; next < offsets.length && offsets[next]! < end; next++) {
        const offset = offsets[next]!;
        if (offset <= from) continue;
        portions.push({ bytes: bytes.subarray(from - start, offset - start), atUs });
        from = offset;
      }
      portions.push(from === start ? portion : { bytes: bytes.subarray(from - start), atUs });
      start = end;
    }
    if (portions.length > Math.max(MOST_PORTIONS, this.#portions.length))
      throw new NotApplied(`there would be more than ${MOST_PORTIONS} writes`);
    this.portions = portions;
  }

  /** What the step did, for who looks at it. @param spans of the body as it is now */
  mark(where: FaultMark['where'], spans: readonly Span[] = [{ start: 0, end: 0 }]): void {
    const { step } = this;
    for (const { start, end } of spans.slice(0, MOST_MARKS))
      this.#marks.push({ step, where, start, end });
  }

  /** The marks of a body that is replaced as a whole are gone. */
  replaceBody(portions: Portion[]): void {
    this.portions = portions;
    this.#events = null;
    this.#framing = 'sse';
    this.#marks = this.#marks.filter(({ where }) => where === 'head');
  }
}
