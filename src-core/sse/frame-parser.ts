import { viewOf } from '../bytes.ts';
import { decodeUtf8 } from '../text.ts';
import { bomLength, endOfFirstBlock, indexOfByte } from './byte-search.ts';
import {
  type DeviationRule,
  type Frame,
  type FrameSink,
  LONGEST_FRAME,
  readData,
} from './frame.ts';
import { NameLines } from './name-lines.ts';
import { beginning, wholeEvent } from './open-block.ts';
import { SkippedBlock } from './skipped-block.ts';

const LF = 10;
const CR = 13;
const COLON = 58;
const SPACE = 32;
const NUL = 0;

/** What a stream that ended inside a block had not finished. */
export interface Pending {
  /** Byte range in the body of what no blank line closed. */
  start: number;
  end: number;
  /** The fields read so far, as a frame that was never dispatched; null inside the first line. */
  frame: Readonly<Frame> | null;
}

/**
 * An incremental parser for the event stream format (WHATWG HTML, 9.2.6), over bytes. It gives byte
 * ranges instead of strings: a debugger shows a few rows of many, so text is decoded when it shows.
 *
 * Chunks may be cut anywhere. A chunk that holds whole frames is read in place; only a frame that
 * crosses a chunk's end is copied, once, into a buffer that grows by doubling, and the part of a line
 * already searched is not searched again, so a frame of n bytes costs O(n) however it is cut.
 *
 * `chunk.indexOf` is called on the chunk itself: a Node `Buffer` brings its own faster one.
 */
export class FrameParser {
  readonly #sink: FrameSink;
  readonly #longest: number;
  /** A block that is too long: of it only the end is looked for. */
  #skipped: SkippedBlock | null = null;
  #carry: Uint8Array = new Uint8Array(4096);
  #carryView = viewOf(this.#carry);
  #carryLength = 0;
  /** Offset in the body of the first byte not yet handed to `#scan` as consumed. */
  #consumed = 0;
  #received = 0;

  // State of the line and block that are open, as offsets in the body.
  #lineStart = 0;
  #searched = 0;
  #swallowLf = false;
  #atStart = true;
  #open = false;
  readonly #frame: Frame = {
    kind: 'event',
    start: 0,
    end: 0,
    dataStart: 0,
    dataEnd: 0,
    dataLines: 0,
    name: '',
    lastEventId: '',
    retry: -1,
  };
  #pendingId = '';
  #sawCr = false;
  readonly #names = new NameLines();

  /** @param longest bytes of a frame beyond which it is not read */
  constructor(sink: FrameSink, longest = LONGEST_FRAME) {
    this.#sink = sink;
    this.#longest = longest;
  }

  /** Bytes received so far. */
  get received(): number {
    return this.#received;
  }

  push(chunk: Uint8Array): void {
    this.#received += chunk.length;
    const rest = this.#skipped ? this.#skip(this.#skipped, chunk) : chunk;
    if (rest.length === 0) return;
    this.#read(rest);
    if (this.#carryLength > this.#longest) this.#beginSkipping();
  }

  #read(chunk: Uint8Array): void {
    let from = 0;
    if (this.#carryLength > 0) {
      from = endOfFirstBlock(chunk);
      this.#append(chunk, 0, from);
      this.#drainCarry();
      if (from === chunk.length) return;
      if (this.#carryLength > 0) {
        this.#append(chunk, from, chunk.length);
        this.#drainCarry();
        return;
      }
    }
    const used = this.#scan(chunk, viewOf(chunk), from, this.#consumed - from);
    this.#consumed += used - from;
    if (used < chunk.length) this.#append(chunk, used, chunk.length);
  }

  /**
   * The stream is over. What no blank line closed is discarded by the standard (rule 13); it is
   * reported here, null where nothing was open. The parser can't be used afterwards.
   */
  end(): Pending | null {
    if (this.#skipped) this.#consumed = this.#skipped.start;
    const start = this.#open ? this.#frame.start : this.#consumed;
    if (start >= this.#received) return null;
    const pending: Pending = {
      start,
      end: this.#received,
      frame: this.#open ? { ...this.#frame, end: this.#received } : null,
    };
    const bytes = this.#carry.subarray(0, this.#carryLength);
    const event = this.#skipped ? '' : closed(bytes);
    if (event !== '') this.#report('unclosed', start, pending.end, event);
    else {
      const detail = `${pending.end - start} bytes (${beginning(bytes)})`;
      this.#report('unfinished', start, pending.end, detail);
    }
    return pending;
  }

  /** What is carried is longer than a frame may be: it is let go. */
  #beginSkipping(): void {
    const isComment = !this.#open && this.#carry[0] === COLON;
    const start = this.#open ? this.#frame.start : this.#consumed;
    const atLineStart = this.#lineStart === this.#received;
    this.#skipped = new SkippedBlock(start, isComment, atLineStart, this.#swallowLf);
    if (!isComment) this.#openFrame(start);
    this.#swallowLf = false;
    this.#carry = new Uint8Array(4096);
    this.#carryView = viewOf(this.#carry);
    this.#carryLength = 0;
  }

  /** Returns what comes after the block that is skipped, from the line end that closes it on. */
  #skip(block: SkippedBlock, chunk: Uint8Array): Uint8Array {
    const at = block.endIn(chunk);
    if (at < 0) return chunk.subarray(chunk.length);
    this.#skipped = null;
    const end = this.#received - chunk.length + at;
    this.#frame.end = end;
    this.#consumed = end;
    this.#lineStart = end;
    this.#searched = end;
    const rest = chunk.subarray(at);
    if (block.isLine) this.#tooLong(block.start, end);
    else this.#blankLine(rest, viewOf(rest), end);
    return rest;
  }

  #tooLong(start: number, end: number): void {
    this.#report('too-long', start, end, `${end - start} bytes`);
  }

  #append(bytes: Uint8Array, start: number, end: number): void {
    const needed = this.#carryLength + end - start;
    if (needed > this.#carry.length) {
      const grown = new Uint8Array(Math.max(needed, this.#carry.length * 2));
      grown.set(this.#carry.subarray(0, this.#carryLength));
      this.#carry = grown;
      this.#carryView = viewOf(grown);
    }
    this.#carry.set(bytes.subarray(start, end), this.#carryLength);
    this.#carryLength = needed;
  }

  #drainCarry(): void {
    const bytes = this.#carry.subarray(0, this.#carryLength);
    const used = this.#scan(bytes, this.#carryView, 0, this.#consumed);
    if (used === 0) return;
    this.#consumed += used;
    this.#carry.copyWithin(0, used, this.#carryLength);
    this.#carryLength -= used;
  }

  /**
   * Reads all whole lines of `bytes` from `from` on. Byte `n` of the body is `bytes[n - base]`.
   * Returns up to where it is done with: the open block, or the open line.
   */
  #scan(bytes: Uint8Array, view: DataView, from: number, base: number): number {
    const limit = bytes.length;
    let position = this.#open ? this.#lineStart - base : from;
    if (this.#atStart && limit > 0) {
      const bom = bomLength(bytes);
      if (bom < 0) return 0; // Too short to tell.
      this.#atStart = false;
      if (bom > 0) this.#report('bom', 0, 3, 'U+FEFF at the start');
      position = bom;
    }
    let searchFrom = Math.max(position, this.#searched - base);
    // Where the next of each is: looked for again only when passed, so that a stream without one of
    // them is searched for it once and not once a line.
    let nextLf = -1;
    let nextCr = -1;
    while (position < limit) {
      if (this.#swallowLf) {
        this.#swallowLf = false;
        if (bytes[position] === LF) {
          position++;
          if (this.#open) this.#frame.end = base + position;
          searchFrom = position;
          continue;
        }
      }
      const first = bytes[position]!;
      if (first === LF) {
        this.#blankLine(bytes, view, base);
        position++;
        searchFrom = position;
        continue;
      }
      // Comparing a known line beats searching its end and decoding it.
      const known =
        first === 0x65 && searchFrom === position ? this.#names.lengthAt(view, position, limit) : 0;
      if (known > 0) {
        this.#openFrame(base + position);
        position += known;
        this.#frame.name = this.#names.name;
        this.#frame.end = base + position;
        searchFrom = position;
        continue;
      }
      if (nextLf < searchFrom) nextLf = indexOfByte(bytes, LF, searchFrom);
      let end = nextLf;
      if (nextCr < searchFrom) nextCr = indexOfByte(bytes, CR, searchFrom);
      let next = end + 1;
      if (nextCr < end) {
        end = nextCr;
        next = end + 1;
        if (!this.#sawCr) {
          this.#sawCr = true;
          this.#report('carriage-return', base + end, base + end + 1, 'CR or CRLF ends a line');
        }
        if (next >= limit) this.#swallowLf = true;
        else if (bytes[next] === LF) next++;
      }
      if (end >= limit) {
        searchFrom = limit;
        break;
      }
      if (end === position) this.#blankLine(bytes, view, base);
      else this.#line(bytes, view, base, position, end, next);
      position = next;
      searchFrom = next;
    }
    this.#lineStart = base + position;
    this.#searched = base + searchFrom;
    return this.#open ? this.#frame.start - base : position;
  }

  #openFrame(start: number): void {
    if (this.#open) return;
    this.#open = true;
    const frame = this.#frame;
    frame.start = start;
    frame.dataLines = 0;
    frame.dataStart = start;
    frame.dataEnd = start;
    frame.name = '';
    frame.retry = -1;
  }

  #line(
    bytes: Uint8Array,
    view: DataView,
    base: number,
    start: number,
    end: number,
    next: number,
  ): void {
    const frame = this.#frame;
    if (bytes[start] === COLON) {
      if (!this.#open && end - start > this.#longest) this.#tooLong(base + start, base + end);
      else this.#comment(bytes, view, base, start, end);
      if (this.#open) frame.end = base + next;
      return;
    }
    this.#openFrame(base + start);
    frame.end = base + next;
    if (
      bytes[start] === 0x64 &&
      bytes[start + 1] === 0x61 &&
      bytes[start + 2] === 0x74 &&
      bytes[start + 3] === 0x61 &&
      (start + 4 === end || bytes[start + 4] === COLON)
    ) {
      let value = Math.min(start + 5, end);
      if (value < end && bytes[value] === SPACE) value++;
      if (frame.dataLines === 0) frame.dataStart = base + value;
      frame.dataLines++;
      frame.dataEnd = base + end;
      return;
    }
    this.#field(bytes, base, start, end, next);
  }

  #field(bytes: Uint8Array, base: number, start: number, end: number, next: number): void {
    let colon = start;
    while (colon < end && bytes[colon] !== COLON) colon++;
    let valueStart = Math.min(colon + 1, end);
    if (valueStart < end && bytes[valueStart] === SPACE) valueStart++;
    const name = decodeUtf8(bytes.subarray(start, colon));
    const value = bytes.subarray(valueStart, end);
    switch (name) {
      case 'event':
        this.#frame.name = decodeUtf8(value);
        // Only an LF line is kept for comparison: after a CR, the LF may still be on the way.
        if (bytes[end] === LF) this.#names.add(bytes, start, next, this.#frame.name);
        return;
      case 'id':
        if (value.includes(NUL)) {
          this.#report(
            'id-with-nul',
            base + start,
            base + end,
            'the id holds U+0000 and is ignored',
          );
        } else this.#pendingId = decodeUtf8(value);
        return;
      case 'retry': {
        const text = decodeUtf8(value);
        if (/^[0-9]+$/.test(text)) this.#frame.retry = Number(text);
        else this.#report('retry-not-digits', base + start, base + end, text);
        return;
      }
      default:
        this.#report('unknown-field', base + start, base + end, name);
    }
  }

  #comment(bytes: Uint8Array, view: DataView, base: number, start: number, end: number): void {
    const comment: Frame = {
      ...this.#frame,
      kind: 'comment',
      start: base + start,
      end: base + end,
      dataStart: base + start + 1,
      dataEnd: base + end,
      dataLines: 1,
      name: '',
      retry: -1,
    };
    this.#sink.frame(comment, bytes, base, view);
  }

  #blankLine(bytes: Uint8Array, view: DataView, base: number): void {
    const frame = this.#frame;
    frame.lastEventId = this.#pendingId;
    if (!this.#open) return;
    this.#open = false;
    if (frame.end - frame.start > this.#longest) {
      this.#tooLong(frame.start, frame.end);
      frame.kind = 'event';
      frame.dataLines = 0;
      frame.dataStart = frame.dataEnd = frame.start;
      this.#sink.frame(frame, bytes, base, view);
      return;
    }
    if (frame.dataLines > 0) {
      frame.kind = 'event';
      this.#sink.frame(frame, bytes, base, view);
      return;
    }
    frame.kind = 'empty';
    this.#sink.frame(frame, bytes, base, view);
    // A block that only sets the id or the retry time is how the format says to do that.
    if (frame.name !== '') this.#report('no-data', frame.start, frame.end, frame.name);
  }

  #report(rule: DeviationRule, start: number, end: number, detail: string): void {
    this.#sink.deviation({ rule, start, end, detail });
  }
}

/** What the event of an open block would be called if a blank line closed it; '' where it would be damaged. */
function closed(block: Uint8Array): string {
  let event = '';
  const parser = new FrameParser({
    frame(frame, bytes, base) {
      if (frame.kind === 'event') event = wholeEvent(readData(frame, bytes, base), frame.name);
    },
    deviation: () => {},
  });
  parser.push(block);
  parser.push(Uint8Array.of(LF, LF));
  return event;
}
