import { closeSync, fsync, openSync, rmSync, writeSync } from 'node:fs';
import type {
  CaptureEnd,
  CaptureMeta,
  CapturedRequest,
  CapturedResponse,
  ConnectionTiming,
} from '../../src-core/capture.ts';
import { type CapturePaths, writeMeta } from './capture-folder.ts';
import { chunkLine } from './chunk-table.ts';
import { StreamFacts } from './stream-facts.ts';

/** What a recording tells: it grew, its metadata changed, or it ended. */
export type RecordingListener = () => void;

/** What is written on a capture by others than its recorder, while it is recorded too. */
export type Annotations = Partial<
  Pick<CaptureMeta, 'name' | 'bookmarks' | 'silenced' | 'run' | 'checks'>
> & {
  /** Null: no longer chosen by a person. */
  [Choice in 'dialect' | 'profile']?: CaptureMeta[Choice] | null;
};

/** The metadata with what is written on it. */
export function annotated(meta: CaptureMeta, notes: Annotations): CaptureMeta {
  const { dialect, profile, ...others } = notes;
  const next = { ...meta, ...others };
  if (dialect) next.dialect = dialect;
  else if (dialect === null) delete next.dialect;
  if (profile) next.profile = profile;
  else if (profile === null) delete next.profile;
  return next;
}

/** How long what describes a recording waits to be written, in milliseconds. */
const WRITE_MS = 100;

/**
 * A capture that is being received. Chunks are appended with synchronous writes, the body first and
 * its line in the chunk table second: what `append` took outlives a crash of the app, and a table
 * that lacks its last line is the worst that a crash between the two leaves.
 */
export class Recording {
  readonly paths: CapturePaths;
  #meta: CaptureMeta;
  #body: number;
  #chunks: number;
  /** Of what came on the wire where that is not the body: opened with its first byte. */
  #wire: { bytes: number; chunks: number } | null = null;
  #bytes = 0;
  #writing: NodeJS.Timeout | null = null;
  readonly #facts = new StreamFacts(() => this.#meta);
  readonly #listeners = new Set<RecordingListener>();

  /** @throws system errors of writing. The folder exists. */
  constructor(paths: CapturePaths, meta: CaptureMeta) {
    this.paths = paths;
    this.#meta = meta;
    writeMeta(paths, meta, { durable: false });
    this.#body = openSync(paths.body, 'ax', 0o600);
    this.#chunks = openSync(paths.chunks, 'ax', 0o600);
  }

  get id(): string {
    return this.#meta.id;
  }
  /** A new object whenever something in it changed. */
  get meta(): CaptureMeta {
    return this.#meta;
  }
  get ended(): boolean {
    return this.#meta.end !== null;
  }
  /** Bytes of the body so far. */
  get bytes(): number {
    return this.#bytes;
  }
  /** What the events say so far. */
  get facts(): StreamFacts {
    return this.#facts;
  }

  /** Returns the function that ends the subscription. */
  listen(listener: RecordingListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Keeps one chunk. @param timeUs microseconds since the request was started.
   * @throws system errors of writing (a full disk): the caller ends the recording.
   */
  append(chunk: Uint8Array, timeUs: number): void {
    if (this.ended || chunk.byteLength === 0) return;
    writeAll(this.#body, chunk);
    this.#bytes += chunk.byteLength;
    writeAll(this.#chunks, Buffer.from(chunkLine({ timeUs, size: chunk.byteLength })));
    this.#facts.push(chunk, timeUs);
    this.#tell();
  }

  /**
   * Keeps a chunk of a compressed body as it came on the wire; `append` gets what it holds. Its times and sizes are
   * like those of `append`. @throws system errors of writing
   */
  appendWire(chunk: Uint8Array, timeUs: number): void {
    if (this.ended || chunk.byteLength === 0) return;
    this.#wire ??= {
      bytes: openSync(this.paths.wire, 'ax', 0o600),
      chunks: openSync(this.paths.wireChunks, 'ax', 0o600),
    };
    writeAll(this.#wire.bytes, chunk);
    writeAll(this.#wire.chunks, Buffer.from(chunkLine({ timeUs, size: chunk.byteLength })));
  }

  /** Removes what `appendWire` kept. */
  dropWire(): void {
    this.#closeWire();
    rmSync(this.paths.wire, { force: true });
    rmSync(this.paths.wireChunks, { force: true });
  }

  #closeWire(): void {
    if (!this.#wire) return;
    closeSync(this.#wire.bytes);
    closeSync(this.#wire.chunks);
    this.#wire = null;
  }

  /**
   * The response's head has arrived, the connection has come a step further, or the request is there as a whole.
   */
  describe(facts: {
    name?: string;
    request?: CapturedRequest;
    response?: CapturedResponse;
    timing?: ConnectionTiming;
  }): void {
    if (this.ended) return;
    this.#meta = { ...this.#meta, ...facts };
    this.#writing ??= setTimeout(() => this.#write(), WRITE_MS).unref();
    this.#tell();
  }

  /** What comes close together is written once. */
  #write(): void {
    this.#writing = null;
    try {
      if (!this.ended) writeMeta(this.paths, this.#meta, { durable: false });
    } catch {
      // The disk is full: the next chunk says so.
    }
  }

  annotate(notes: Annotations): void {
    this.#meta = annotated(this.#meta, notes);
    writeMeta(this.paths, this.#meta);
    this.#tell();
  }

  /** Ends the recording; later calls change nothing. */
  finish(end: CaptureEnd, timing?: ConnectionTiming): void {
    if (this.ended) return;
    this.#meta = { ...this.#meta, end, ...(timing ? { timing } : {}) };
    this.#facts.end(end);
    if (this.#writing) clearTimeout(this.#writing);
    try {
      writeMeta(this.paths, this.#meta, { durable: false });
    } finally {
      const body = this.#body;
      // Hundreds of streams may end at once: nothing waits for the disk.
      fsync(body, () => closeSync(body));
      closeSync(this.#chunks);
      this.#closeWire();
      this.#tell();
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** `writeSync` may write less than asked, on a disk that is nearly full. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.byteLength) {
    written += writeSync(descriptor, bytes, written, bytes.byteLength - written);
  }
}
