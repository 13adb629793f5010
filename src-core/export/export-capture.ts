import type { CaptureMeta } from '../capture.ts';

/** Bytes of a body that arrived together, or a part of them. */
export interface ExportPiece {
  bytes: Uint8Array;
  /** Microseconds since the request; 0 where times are not recorded. */
  timeUs: number;
  /** The rest of a chunk whose beginning came before. */
  continued: boolean;
}

/** A capture as exports read it: from the disk, from the command line's sources, or with parts struck out. */
export interface ExportCapture {
  /** Ended: what is still recorded is exported as far as it came, with an `end` that says so. */
  meta: CaptureMeta;
  /** The body from its first byte to its last. May be called again, and reads anew each time. */
  pieces(): AsyncIterable<readonly ExportPiece[]>;
  /** What came on the wire, compressed, where that is not the body; left out where it is. */
  wire?: () => AsyncIterable<readonly ExportPiece[]>;
}

/** What an export says of itself. */
export interface ExportedBy {
  /** Of Deltascope: `0.5.0`. */
  version: string;
  /** ISO 8601, when it was exported. */
  at: string;
}
