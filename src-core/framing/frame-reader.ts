import type { Framing } from '../dialects/dialect.ts';
import { parseJson } from '../json.ts';
import { type FrameSink, LONGEST_FRAME } from '../sse/frame.ts';
import { FrameParser } from '../sse/frame-parser.ts';
import { decodeUtf8 } from '../text.ts';
import { Carry } from './carry.ts';
import { ElementReader } from './element-reader.ts';
import { hasBom, isBlank, LF } from './json-frame.ts';
import { LineReader } from './line-reader.ts';

type Reader = Pick<FrameParser, 'push'> & { end(): unknown };

/** Divides the bytes of a body into frames, in the framing that is given or that they begin in. */
export class FrameReader {
  readonly #sink: FrameSink;
  readonly #longest: number;
  #framing: Framing | undefined;
  #reader: Reader | null = null;
  /** What has come while the framing is not known. */
  readonly #begun = new Carry();
  #received = 0;
  #searched = 0;

  /** @param longest bytes of a frame beyond which it is not read */
  constructor(sink: FrameSink, framing?: Framing, longest = LONGEST_FRAME) {
    this.#sink = sink;
    this.#longest = longest;
    if (framing !== undefined) this.#decide(framing);
  }

  /** `sse` while it is not known. */
  get framing(): Framing {
    return this.#framing ?? 'sse';
  }

  /** Whether the frames are elements of a list that has brackets. */
  get isList(): boolean {
    return this.#reader instanceof ElementReader && this.#reader.isList;
  }

  /** Bytes received so far. */
  get received(): number {
    return this.#received;
  }

  /** The chunk may be cut anywhere: frames are the same. */
  push(chunk: Uint8Array): void {
    this.#received += chunk.length;
    if (this.#reader) {
      this.#reader.push(chunk);
      return;
    }
    const stretch = this.#begun.with(chunk);
    const isLong = stretch.bytes.length > this.#longest;
    const framing = framingOf(stretch.bytes, this.#searched) ?? (isLong ? 'lines' : undefined);
    if (framing === undefined) {
      this.#searched = stretch.bytes.length;
      this.#begun.keep(stretch, 0);
    } else this.#decide(framing).push(stretch.bytes);
  }

  /** The body is over: what was open is reported. */
  end(): void {
    if (!this.#reader) {
      const { bytes } = this.#begun.with(new Uint8Array(0));
      const first = bytes[firstOf(bytes)];
      const framing = first === 0x7b ? 'lines' : first === 0x5b ? 'array' : 'sse';
      this.#decide(framing).push(bytes);
    }
    this.#reader!.end();
  }

  #decide(framing: Framing): Reader {
    this.#framing = framing;
    this.#reader =
      framing === 'sse'
        ? new FrameParser(this.#sink, this.#longest)
        : framing === 'lines'
          ? new LineReader(this.#sink, this.#longest)
          : new ElementReader(this.#sink, this.#longest);
    return this.#reader;
  }
}

/** Beyond so much white space nothing but an event stream is looked for. */
const MOST_BLANKS = 1024;

/**
 * The framing in which a body begins; undefined where its bytes don't say it yet.
 * @param searched how many of the bytes were there the last time
 */
function framingOf(bytes: Uint8Array, searched: number): Framing | undefined {
  const at = firstOf(bytes);
  const first = bytes[at];
  if (at > MOST_BLANKS) return 'sse';
  if (first === undefined) return undefined;
  if (first !== 0x7b && first !== 0x5b)
    return first === 0xef && bytes.length < 3 ? undefined : 'sse';
  let next = at + 1;
  while (next < bytes.length && isBlank(bytes[next]!)) next++;
  const second = bytes[next];
  if (next - at > MOST_BLANKS) return 'sse';
  if (second === undefined) return undefined;
  if (first === 0x5b) return second === 0x7b || second === 0x5d ? 'array' : 'sse';
  if (second !== 0x22 && second !== 0x7d) return 'sse';
  // The blanks after the bracket were not searched while nothing followed them.
  const early = bytes.subarray(at, next).indexOf(LF);
  const end = early < 0 ? bytes.indexOf(LF, Math.max(next, searched)) : at + early;
  if (end < 0) return undefined;
  const line = decodeUtf8(bytes.subarray(at, end)).trimEnd();
  // Only a printed object goes on after such an end; any other line that is no JSON is a broken one.
  return /[{[,]$/.test(line) && parseJson(line) === undefined ? 'array' : 'lines';
}

function firstOf(bytes: Uint8Array): number {
  let at = hasBom(bytes) ? 3 : 0;
  while (at < bytes.length && isBlank(bytes[at]!)) at++;
  return at;
}
