import { copyOf, isAt, viewOf } from '../bytes.ts';

/** A stream has a few dozen event types at most; one with more of them has them read. */
const KEPT = 32;

/**
 * The `event: name` lines of a stream that came last. A stream repeats few names, so most lines are
 * known, and comparing bytes beats searching their end and decoding them.
 */
export class NameLines {
  /** The name in the line that `lengthAt` found. */
  name = '';
  /** With their LF; the one found last is the first. */
  readonly #lines: { view: DataView; name: string }[] = [];

  /** The length of a known line that stands at `at`, with its LF, before `end`; 0 for none. */
  lengthAt(view: DataView, at: number, end: number): number {
    const lines = this.#lines;
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index]!;
      if (!isAt(line.view, view, at, end)) continue;
      if (index > 0) {
        lines[index] = lines[0]!;
        lines[0] = line;
      }
      this.name = line.name;
      return line.view.byteLength;
    }
    return 0;
  }

  /** Remembers the line `bytes[start..end)`, which ends with LF. */
  add(bytes: Uint8Array, start: number, end: number, name: string): void {
    const line = { view: viewOf(copyOf(bytes, start, end)), name };
    if (this.#lines.length < KEPT) this.#lines.push(line);
    else this.#lines[KEPT - 1] = line;
  }
}
