import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '../refusal.ts';
import type { CapturePaths } from './capture-folder.ts';
import { type ChunkRecord, ChunkTableReader } from './chunk-table.ts';

/** A run of bytes that arrived in one chunk, or a part of it. */
export interface Piece {
  /** A Node buffer: its own `indexOf` is what makes the frame parser fast. */
  bytes: Buffer;
  /** Microseconds since the request was started; 0 where times are not recorded. */
  timeUs: number;
  /** The rest of a chunk whose beginning came before. */
  continued: boolean;
}

export interface ReadResult {
  /** All pieces' bytes in one plain array of exactly that length, as the page gets it. */
  bytes: Uint8Array;
  /** Offset of the first of them in the body. */
  firstByte: number;
  pieces: Piece[];
}

/**
 * Reads a capture's body in order, cut into chunks as the chunk table says, while it is written or
 * afterwards. Once nobody writes, bytes beyond the table are one last chunk with the last known
 * time, and records beyond the body are dropped.
 */
export class CaptureReader {
  readonly #paths: CapturePaths;
  readonly #table: ChunkTableReader | null;
  #records: ChunkRecord[] = [];
  #next = 0;
  #file: FileHandle | null = null;
  #position = 0;
  /** Of the chunk that is being read: bytes left, time, and whether it was begun. */
  #left = 0;
  #timeUs = 0;
  #begun = false;

  constructor(paths: CapturePaths, options: { timed: boolean }) {
    this.#paths = paths;
    this.#table = options.timed ? new ChunkTableReader(paths.chunks) : null;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  /**
   * What is there now and was not read yet, up to `maxBytes`; no bytes if there is nothing.
   * @param complete nobody writes to the capture any more
   * @throws system errors of reading
   */
  async read(maxBytes: number, complete: boolean): Promise<ReadResult> {
    const firstByte = this.#position;
    const size = await this.#size();
    const spans = this.#plan(Math.min(maxBytes, size - firstByte), size, complete);
    const planned = spans.reduce((sum, span) => sum + span.size, 0);
    const bytes = await this.#bytes(planned);
    this.#position += bytes.byteLength;
    const buffer = Buffer.from(bytes.buffer);
    const pieces: Piece[] = [];
    let start = 0;
    for (const span of spans) {
      const end = start + span.size;
      pieces.push({
        bytes: buffer.subarray(start, end),
        timeUs: span.timeUs,
        continued: span.continued,
      });
      start = end;
    }
    return { bytes, firstByte, pieces };
  }

  async close(): Promise<void> {
    this.#table?.close();
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async #size(): Promise<number> {
    try {
      this.#file ??= await open(this.#paths.body, 'r');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return 0;
      throw error;
    }
    return (await this.#file.stat()).size;
  }

  /** Which chunks the next `budget` bytes belong to. */
  #plan(budget: number, size: number, complete: boolean) {
    const spans: { size: number; timeUs: number; continued: boolean }[] = [];
    let position = this.#position;
    while (budget > 0) {
      if (this.#left === 0 && !this.#nextChunk()) {
        if (!complete && this.#table) break;
        this.#left = size - position;
        // A file without a table is one chunk, however often it is read on.
        this.#begun = this.#table === null && position > 0;
      }
      const span = Math.min(this.#left, budget);
      spans.push({ size: span, timeUs: this.#timeUs, continued: this.#begun });
      this.#left -= span;
      this.#begun = true;
      position += span;
      budget -= span;
    }
    return spans;
  }

  #nextChunk(): boolean {
    if (!this.#table) return false;
    for (;;) {
      if (this.#next >= this.#records.length) {
        this.#records = this.#table.read();
        this.#next = 0;
        if (this.#records.length === 0) return false;
      }
      const record = this.#records[this.#next++]!;
      this.#timeUs = record.timeUs;
      this.#begun = false;
      this.#left = record.size;
      if (record.size > 0) return true;
    }
  }

  async #bytes(count: number): Promise<Uint8Array<ArrayBuffer>> {
    // An array of its own: a view of a shared pool would take the pool along to the page.
    const bytes = new Uint8Array(count);
    let filled = 0;
    while (this.#file && filled < count) {
      const { bytesRead } = await this.#file.read(
        bytes,
        filled,
        count - filled,
        this.#position + filled,
      );
      if (bytesRead === 0) {
        throw new Error(`the body became shorter than ${this.#position + count} bytes`);
      }
      filled += bytesRead;
    }
    return bytes;
  }
}
