import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import {
  BUNDLE_FILE,
  bundleAbout,
  bundleFolder,
  type BundledFile,
} from '../../src-core/export/bundle-layout.ts';
import type {
  ExportCapture,
  ExportedBy,
  ExportPiece,
} from '../../src-core/export/export-capture.ts';
import type { RedactionOptions } from '../../src-core/redaction/options.ts';
import { chunkLine } from '../captures/chunk-table.ts';
import { Refusal } from '../refusal.ts';

/** A zip without its 64-bit extension counts in 32 bits. */
const MOST_BYTES = 0xffff_ffff;
/** What is left for the list of files at the end. */
const RESERVED = 16 * 1024 * 1024;
/** Captures of a bundle. */
const MOST_CAPTURES = 500;

/**
 * Captures as one zip (`docs/bundle-format.md`), in pieces. It takes the memory of what one read gives, and of
 * the table of chunks.
 * @throws Refusal `too-large` where it grows beyond 4 GiB, `too-many` for more than 500 captures
 */
export async function* bundlePieces(
  captures: readonly ExportCapture[],
  redaction: RedactionOptions,
  by: ExportedBy,
): AsyncGenerator<Uint8Array> {
  if (captures.length > MOST_CAPTURES)
    throw new Refusal('too-many', `A bundle holds at most ${MOST_CAPTURES} captures.`);
  const out = new ZipOutput(by.at);
  const names = captures.map(({ meta }) => meta.name);
  const about = bundleAbout(names, redaction, by);
  out.text(BUNDLE_FILE, `${JSON.stringify(about, null, 2)}\n`);
  for (const [index, capture] of captures.entries()) {
    const { meta, wire } = capture;
    const file = (name: BundledFile) => `${bundleFolder(index)}/${name}`;
    const { addedAt: _, ...facts } = meta;
    out.text(file('capture.json'), `${JSON.stringify(facts, null, 2)}\n`);
    const chunks = yield* out.body(file('body'), capture.pieces());
    if (meta.timed) out.text(file('chunks.jsonl'), chunks);
    if (wire) {
      const table = yield* out.body(file('wire'), wire());
      out.text(file('wire.jsonl'), table);
    }
    yield* out.take();
  }
  out.end();
  yield* out.take();
}

class ZipOutput {
  readonly #zip: Zip;
  readonly #mtime: Date;
  #pieces: Uint8Array[] = [];
  #written = 0;

  constructor(at: string) {
    this.#mtime = timeOf(at);
    this.#zip = new Zip((error, piece) => {
      if (error) throw error;
      this.#written += piece.length;
      this.#pieces.push(piece);
    });
  }

  /** What was written since the last call. */
  *take(): Generator<Uint8Array> {
    if (this.#written > MOST_BYTES - RESERVED)
      throw new Refusal(
        'too-large',
        'The bundle would be larger than 4 GiB: export fewer captures.',
      );
    const pieces = this.#pieces;
    this.#pieces = [];
    yield* pieces;
  }

  text(name: string, text: string): void {
    const file = this.#add(name, name === BUNDLE_FILE);
    file.push(Buffer.from(text), true);
  }

  /** @returns the table of its chunks, as `chunks.jsonl` has it */
  async *body(
    name: string,
    pieces: AsyncIterable<readonly ExportPiece[]>,
  ): AsyncGenerator<Uint8Array, string> {
    const file = this.#add(name, false);
    let table = '';
    let chunk: { timeUs: number; size: number } | null = null;
    let read = 0;
    for await (const some of pieces) {
      for (const { bytes, timeUs, continued } of some) {
        if (continued && chunk) chunk.size += bytes.length;
        else {
          if (chunk) table += chunkLine(chunk);
          chunk = { timeUs, size: bytes.length };
        }
        read += bytes.length;
        // fflate keeps what it is given.
        file.push(bytes.slice(), false);
      }
      if (read > MOST_BYTES)
        throw new Refusal('too-large', 'A body of more than 4 GiB goes into no bundle.');
      yield* this.take();
    }
    file.push(new Uint8Array(0), true);
    return chunk ? table + chunkLine(chunk) : table;
  }

  end(): void {
    this.#zip.end();
  }

  #add(name: string, asItIs: boolean): ZipDeflate | ZipPassThrough {
    const file = asItIs ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    file.mtime = this.#mtime;
    this.#zip.add(file);
    return file;
  }
}

/** Zips know years from 1980 to 2099. */
function timeOf(at: string): Date {
  const time = new Date(at);
  const year = time.getFullYear();
  return year >= 1980 && year < 2099 ? time : new Date(1980, 0, 1);
}
