import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { isWellFormedUtf8 } from '../../src-core/text.ts';
import { bytesText } from '../wording.ts';

/** Of a request's body so much is kept; all of it is passed on. */
export const KEPT_REQUEST = 16 * 1024 * 1024;

const UNDO: Readonly<Record<string, (bytes: Buffer, options: object) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Keeps a copy of a request's body while it passes. */
export class RequestCopy {
  readonly #parts: Buffer[] = [];
  readonly #encoding: string;
  readonly #most: number;
  #bytes = 0;
  #kept = 0;

  /** @param encoding the request's `content-encoding` @param most bytes that are kept */
  constructor(encoding: string | undefined, most = KEPT_REQUEST) {
    this.#most = most;
    this.#encoding = (encoding ?? '').trim().toLowerCase();
  }

  /** Bytes that have passed. */
  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#kept >= this.#most) return;
    const part = chunk.subarray(0, this.#most - this.#kept);
    this.#parts.push(part);
    this.#kept += part.length;
  }

  /** The text of what was kept, and a sentence on what was not; `''` where that is all. */
  text(): { text: string; note: string } {
    const bytes = Buffer.concat(this.#parts);
    const cut =
      this.#kept < this.#bytes
        ? ` Of the ${bytesText(this.#bytes)} of the request's body the first ${bytesText(this.#kept)} are kept; all were passed on.`
        : '';
    if (this.#encoding !== '' && this.#encoding !== 'identity') {
      const plain = cut === '' ? this.#decoded(bytes) : null;
      if (plain) return { text: plain.toString('utf8'), note: '' };
      const note = ` The request's body (${bytesText(this.#bytes)}) is encoded as ${this.#encoding}: it was passed on and is not kept.`;
      return { text: '', note };
    }
    if (cut === '' && !isWellFormedUtf8(bytes)) {
      const note = ` The request's body (${bytesText(this.#bytes)}) is no text: what is none in it is kept as replacement characters.`;
      return { text: bytes.toString('utf8'), note };
    }
    return { text: bytes.toString('utf8'), note: cut };
  }

  #decoded(bytes: Buffer): Buffer | null {
    try {
      return UNDO[this.#encoding]?.(bytes, { maxOutputLength: this.#most }) ?? null;
    } catch {
      return null;
    }
  }
}
