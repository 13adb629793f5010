import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  type Zlib,
} from 'node:zlib';
import { Decompress } from 'fzstd';
import { decodedPrefix } from './decoded-prefix.ts';

/** What came out of some bytes, and what is wrong with them: after a fault nothing more comes. */
export interface Decoded {
  out: Buffer[];
  fault: Error | null;
  /** How many of the last bytes were sound, where that is known of a fault. */
  sound?: number;
}

/** Undoes one content coding. */
export interface DecodingStep {
  push(bytes: Buffer): Promise<Decoded>;
  /** Nothing more comes. The fault says that it is cut. */
  end(): Promise<Decoded>;
}

type ZlibStream = Transform & Zlib;

const FLUSH = { flush: constants.Z_SYNC_FLUSH };
const MAKERS: Readonly<Record<string, (first: Buffer) => ZlibStream>> = {
  gzip: () => createGunzip(FLUSH),
  'x-gzip': () => createGunzip(FLUSH),
  // Some servers leave out zlib's own head.
  deflate: (first) => ((first[0]! & 0x0f) === 8 ? createInflate(FLUSH) : createInflateRaw(FLUSH)),
  br: () => createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH }),
};

/** The step for a content coding in lower case, null for one that can't be undone. */
export function decodingStep(coding: string): DecodingStep | null {
  if (coding === 'zstd') return new ZstdStep();
  const make = MAKERS[coding];
  return make ? new ZlibStep(coding, make) : null;
}

/** So much is held to find, where the data breaks, how far it is sound; later faults lose their last write. */
const MOST_HELD = 1024 * 1024;

/** What Node's own decoders undo. */
class ZlibStep implements DecodingStep {
  readonly #coding: string;
  readonly #make: (first: Buffer) => ZlibStream;
  /** All that came; null once it is too much. */
  #held: Buffer[] | null = [];
  #heldBytes = 0;
  /** Bytes that came out in earlier turns. */
  #given = 0;
  #stream: ZlibStream | null = null;
  #out: Buffer[] = [];
  #fault: Error | null = null;

  constructor(coding: string, make: (first: Buffer) => ZlibStream) {
    this.#coding = coding;
    this.#make = make;
  }

  async push(bytes: Buffer): Promise<Decoded> {
    if (bytes.length === 0 || this.#fault) return this.#taken();
    this.#hold(bytes);
    const stream = (this.#stream ??= this.#open(bytes));
    await this.#settled(stream, (done) => stream.write(bytes, done));
    return this.#fault ? this.#mended(bytes.length) : this.#taken();
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > MOST_HELD) this.#held = null;
    this.#held?.push(bytes);
  }

  /** The last write broke: what came before the fault in it is decoded once more. */
  #mended(length: number): Decoded {
    const before = this.#heldBytes - length;
    const mended = this.#held && decodedPrefix(this.#coding, Buffer.concat(this.#held), before);
    this.#held = null;
    if (!mended || mended.out.length < this.#given) return this.#taken();
    this.#out = [mended.out.subarray(this.#given)];
    return { ...this.#taken(), sound: mended.length - before };
  }

  async end(): Promise<Decoded> {
    const stream = this.#stream;
    if (stream) await this.#settled(stream, () => stream.end());
    return this.#taken();
  }

  /** Waits until the work is done, or the stream is over. */
  async #settled(stream: ZlibStream, work: (done: () => void) => void): Promise<void> {
    if (!stream.destroyed)
      await new Promise<void>((resolve) => {
        stream.once('close', resolve);
        work(() => {
          stream.off('close', resolve);
          resolve();
        });
      });
    // What came out is told of in a turn of its own.
    await new Promise((resolve) => setImmediate(resolve));
  }

  #open(first: Buffer): ZlibStream {
    const stream = this.#make(first);
    stream.on('data', (chunk: Buffer) => this.#out.push(chunk));
    stream.on('error', (error) => (this.#fault = error));
    return stream;
  }

  #taken(): Decoded {
    const out = this.#out.splice(0);
    for (const { length } of out) this.#given += length;
    return { out, fault: this.#fault };
  }
}

/** A decoder takes as much memory as the data asks for; RFC 9659 allows so much. */
const ZSTD_WINDOW = 8 * 1024 * 1024;
/** The longest head of a frame. */
const ZSTD_HEAD = 18;

class ZstdStep implements DecodingStep {
  readonly #out: Buffer[] = [];
  readonly #decoder = new Decompress((chunk) => this.#out.push(Buffer.from(chunk)));
  /** The beginning, while it is too short to be looked at; null afterwards. */
  #begun: Buffer | null = Buffer.alloc(0);
  #fault: Error | null = null;

  push(bytes: Buffer): Promise<Decoded> {
    return this.#run(() => {
      if (!this.#begun) return this.#decoder.push(bytes);
      this.#begun = Buffer.concat([this.#begun, bytes]);
      if (this.#begun.length >= ZSTD_HEAD) this.#begin();
    });
  }

  end(): Promise<Decoded> {
    return this.#run(() => {
      this.#begin();
      this.#decoder.push(new Uint8Array(0), true);
    });
  }

  #begin(): void {
    const bytes = this.#begun;
    this.#begun = null;
    if (!bytes || bytes.length === 0) return;
    if (zstdWindow(bytes) > ZSTD_WINDOW) throw new Error('its window is larger than 8 MiB');
    this.#decoder.push(bytes);
  }

  #run(work: () => void): Promise<Decoded> {
    try {
      if (!this.#fault) work();
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error));
    }
    return Promise.resolve({ out: this.#out.splice(0), fault: this.#fault });
  }
}

/** Bytes of the window that a frame asks for (RFC 8878, 3.1.1.1). */
function zstdWindow(bytes: Buffer): number {
  const descriptor = bytes[4] ?? 0;
  if ((descriptor & 0x20) === 0) {
    const window = bytes[5] ?? 0;
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  // A single segment: the window is as large as the content.
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  const size = [1, 2, 4, 8][descriptor >> 6]!;
  if (bytes.length < at + size) return 0;
  return size === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, size);
}
