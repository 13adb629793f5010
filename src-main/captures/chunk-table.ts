import { closeSync, openSync, readSync } from 'node:fs';

/** One read from the network: when it arrived, and how many bytes of the body it is. */
export interface ChunkRecord {
  /** Microseconds since the request was started. */
  timeUs: number;
  /** Bytes. */
  size: number;
}

const LF = 10;
const PIECE = 64 * 1024;

/** The line of `chunks.jsonl` that stands for a chunk. */
export function chunkLine(record: ChunkRecord): string {
  return `[${record.timeUs},${record.size}]\n`;
}

/**
 * Reads `chunks.jsonl` from its start and on as it grows. A last line without its end is left for
 * later: the recorder may be writing it, or died while it did. From the first line on that is no
 * record nothing is read: what follows damage can't be placed in the body.
 */
export class ChunkTableReader {
  readonly #path: string;
  #descriptor = -1;
  #position = 0;
  #rest: Buffer = Buffer.alloc(0);
  #damaged = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** True if a line was no record: the table counts up to there. */
  get damaged(): boolean {
    return this.#damaged;
  }

  /** The records that were completed since the last call, at most about 64 KiB of lines. */
  read(): ChunkRecord[] {
    if (this.#damaged) return [];
    if (this.#descriptor < 0) {
      try {
        this.#descriptor = openSync(this.#path, 'r');
      } catch {
        return [];
      }
    }
    const piece = Buffer.allocUnsafe(PIECE);
    const length = readSync(this.#descriptor, piece, 0, PIECE, this.#position);
    if (length === 0) return [];
    this.#position += length;
    const bytes = Buffer.concat([this.#rest, piece.subarray(0, length)]);
    const end = bytes.lastIndexOf(LF) + 1;
    this.#rest = Buffer.from(bytes.subarray(end));
    // A line is at most some 40 bytes: this much without an end is no table.
    if (this.#rest.length > 4096) this.#damaged = true;
    return this.#records(bytes.toString('latin1', 0, end));
  }

  close(): void {
    if (this.#descriptor >= 0) closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  #records(text: string): ChunkRecord[] {
    const records: ChunkRecord[] = [];
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const match = /^\[(\d{1,16}(?:\.\d{1,6})?),(\d{1,16})\]$/.exec(line);
      if (!match) {
        this.#damaged = true;
        break;
      }
      records.push({ timeUs: Number(match[1]), size: Number(match[2]) });
    }
    return records;
  }
}
