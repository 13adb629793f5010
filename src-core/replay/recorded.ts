import type {
  CaptureEnd,
  CapturedRequest,
  CapturedResponse,
  ConnectionTiming,
} from '../capture.ts';

/** A chunk of a body: when it came, in microseconds since the request was started, and its bytes. */
export interface RecordedChunk {
  timeUs: number;
  size: number;
}

/** Bytes as they came, and in which chunks; null where nobody wrote them down. */
export interface RecordedBytes {
  body: Uint8Array;
  /** They follow each other without gaps and add up to the body. */
  chunks: readonly RecordedChunk[] | null;
}

/** A request and its answer, as far as serving it again needs them: a capture, or a file of bytes. */
export interface Recorded extends RecordedBytes {
  /** Null where only the answer is known. */
  request: CapturedRequest | null;
  response: CapturedResponse | null;
  timing: ConnectionTiming | null;
  end: CaptureEnd | null;
  /** The bytes before a `content-encoding` was undone, where they were kept. */
  wire: RecordedBytes | null;
}
