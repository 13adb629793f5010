import { parseJson } from '../json.ts';
import type { FrameSink } from '../sse/frame.ts';
import { decodeUtf8 } from '../text.ts';
import { Carry, type Stretch } from './carry.ts';
import { CR, hasBom, isBlank, jsonFrame, LF } from './json-frame.ts';

/**
 * A JSON value a line (NDJSON, JSON Lines). Lines end with LF and nothing else; a CR before it is left
 * out of the data, blank lines are skipped. A last line without LF is a frame if it is a whole value:
 * files often end so.
 */
export class LineReader {
  readonly #sink: FrameSink;
  readonly #carry = new Carry();
  /** How many bytes of the line that is open were searched for its end. */
  #searched = 0;
  #atStart = true;
  #received = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    this.#received += chunk.length;
    const stretch = this.#carry.with(chunk);
    const { bytes } = stretch;
    let start = 0;
    let from = this.#searched;
    for (;;) {
      const end = bytes.indexOf(LF, from);
      if (end < 0) break;
      this.#line(stretch, start, end, end + 1);
      start = end + 1;
      from = start;
    }
    this.#searched = bytes.length - start;
    this.#carry.keep(stretch, start);
  }

  end(): void {
    const stretch = this.#carry.with(new Uint8Array(0));
    const { bytes, base } = stretch;
    const start = firstOf(bytes, 0, bytes.length);
    if (start >= bytes.length) return;
    if (parseJson(decodeUtf8(bytes.subarray(this.#bom(bytes)))) !== undefined)
      this.#line(stretch, 0, bytes.length, bytes.length);
    else {
      const detail = `${bytes.length - start} bytes`;
      const range = { start: base + start, end: this.#received };
      this.#sink.deviation({ rule: 'unfinished-line', ...range, detail });
    }
  }

  #line({ bytes, view, base }: Stretch, start: number, end: number, next: number): void {
    let from = start;
    if (this.#atStart) {
      const length = this.#bom(bytes);
      this.#atStart = false;
      if (length > 0)
        this.#sink.deviation({ rule: 'bom', start: 0, end: 3, detail: 'U+FEFF at the start' });
      from += length;
    }
    let last = end;
    if (last > from && bytes[last - 1] === CR) last--;
    if (firstOf(bytes, from, last) === last) return;
    this.#sink.frame(jsonFrame(base + from, base + next, base + last), bytes, base, view);
  }

  #bom(bytes: Uint8Array): number {
    return this.#atStart && hasBom(bytes) ? 3 : 0;
  }
}

/** Where something else than white space stands, `end` if nothing does. */
function firstOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at]!)) at++;
  return at;
}
