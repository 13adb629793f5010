import { copyOf } from '../bytes.ts';

const LF = 10;
const CR = 13;

/** A line of a text, without its end, and where it stands. */
export interface ByteLine {
  /** From 1. */
  line: number;
  /** Offset in the text. */
  start: number;
  /** Null for a line that is longer than the limit. */
  bytes: Uint8Array | null;
}

/** Cuts a text that comes in pieces into lines, by LF or CRLF. Only the open line is kept. */
export class ByteLines {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #size = 0;
  #line = 1;
  #start = 0;
  #position = 0;

  /** @param limit bytes of a line; longer ones are passed over */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get position(): number {
    return this.#position;
  }

  /** The lines that this piece completed. */
  push(piece: Uint8Array): ByteLine[] {
    const lines: ByteLine[] = [];
    let from = 0;
    for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, from)) {
      this.#keep(piece, from, at);
      lines.push(this.#complete());
      from = at + 1;
      this.#start = this.#position + from;
      this.#line++;
    }
    this.#keep(piece, from, piece.length);
    this.#position += piece.length;
    return lines;
  }

  /** The last line, where no line end closed it. */
  end(): ByteLine[] {
    return this.#size === 0 ? [] : [this.#complete()];
  }

  #keep(piece: Uint8Array, from: number, to: number): void {
    this.#size += to - from;
    if (this.#size > this.#limit) this.#parts = [];
    else if (to > from) this.#parts.push(copyOf(piece, from, to));
  }

  #complete(): ByteLine {
    const bytes = this.#size > this.#limit ? null : withoutCr(this.#joined());
    const line = { line: this.#line, start: this.#start, bytes };
    this.#parts = [];
    this.#size = 0;
    return line;
  }

  #joined(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0]!;
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}

function withoutCr(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
}
