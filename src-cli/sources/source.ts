import type { CaptureMeta } from '../../src-core/capture.ts';

/** Bytes that arrived together, or a part of them. */
export interface Piece {
  /** A Node buffer: its own `indexOf` is what makes the frame parser fast. */
  bytes: Buffer;
  /** Microseconds since the request, or since reading began; 0 where there are no times. */
  timeUs: number;
  /** The rest of a chunk whose beginning came before. */
  continued: boolean;
}

/** One stream to be read, once. */
export interface Source {
  /** As it was named, `(standard input)`, or `file.har#2` for one of several in a file. */
  readonly name: string;
  /** The file that it is in, as it was named, for who wants to open it; null for standard input. */
  readonly path: string | null;
  /** Its bytes are taken out of that file: lines and offsets are those of the stream, not of the file. */
  readonly isPart: boolean;
  /** How many streams of that file, or of its folder where that was named, are read, itself included. */
  readonly streams: number;
  /** What was looked for in vain in its beginning, for who finds no events; `''` for nothing. */
  readonly looked: string;
  /** What is known of it beside its bytes, where it is a capture. */
  readonly capture: CaptureMeta | null;
  /** Its folder, where it is a capture. */
  readonly folder?: string;
  /** Whether pieces have arrival times. */
  readonly isTimed: boolean;
  /** Bytes come as somebody writes them: what is found is told at once. */
  readonly isLive: boolean;
  /**
   * Its bytes from the first to the last, in batches of what was read at once.
   * @throws InputError for what can't be read
   */
  pieces(): AsyncIterable<readonly Piece[]>;
}
