/** The facts about a capture that are not its bytes. See `docs/capture-format.md`. */
export interface CaptureMeta {
  version: 1;
  id: string;
  name: string;
  /** ISO 8601, when the request was made or the file was opened. */
  createdAt: string;
  origin: CaptureOrigin;
  request: CapturedRequest | null;
  response: CapturedResponse | null;
  timing: ConnectionTiming | null;
  /** Null while recording; a capture that was never closed has none either. */
  end: CaptureEnd | null;
  /** False: the bytes came from a file or the clipboard, which keep no arrival times. */
  timed: boolean;
  /** Events that a person marked, ascending, one an event. */
  bookmarks: Bookmark[];
}

export interface Bookmark {
  seq: number;
  /** Empty where there is nothing to say. */
  note: string;
}

export type CaptureOrigin =
  | { kind: 'request'; endpoint: string }
  | { kind: 'file'; path: string }
  | { kind: 'paste' }
  | { kind: 'example' };

/** A request as sent, less its secrets: their values are replaced, their names are kept. */
export interface CapturedRequest {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  body: string;
}

export interface CapturedResponse {
  status: number;
  statusText: string;
  httpVersion: string;
  /** In the order and the case they came in. */
  headers: [name: string, value: string][];
}

/** Microseconds since the request was started; null where a step did not happen. */
export interface ConnectionTiming {
  dnsUs: number | null;
  connectUs: number | null;
  tlsUs: number | null;
  sentUs: number | null;
  firstByteUs: number | null;
}

/**
 * How the transport ended; what the stream itself said (completed, failed ...) is read from its
 * events.
 * - `closed`: the server ended the body in the regular way.
 * - `aborted`: the person stopped it.
 * - `disconnected`: the connection broke, or the recording was interrupted.
 * - `failed`: there is no event stream: refused, certificate, status, content type.
 */
export interface CaptureEnd {
  kind: 'closed' | 'aborted' | 'disconnected' | 'failed';
  /** Microseconds since the request was started. */
  atUs: number;
  /** A machine-readable cause where there is one: `ECONNREFUSED`, `http-401`. */
  code: string | null;
  /** One sentence for the person: what happened, where, and what to do. */
  message: string;
}

export type StreamStatus =
  | 'idle'
  | 'connecting'
  | 'streaming'
  | 'completed'
  | 'incomplete'
  | 'failed'
  | 'aborted'
  | 'disconnected';

/** What the list of captures shows. */
export interface CaptureSummary {
  id: string;
  name: string;
  createdAt: string;
  origin: CaptureOrigin['kind'];
  status: StreamStatus;
  model: string;
  events: number;
  bytes: number;
  /** Microseconds from the request to the end; 0 where times are not recorded. */
  durationUs: number;
  timed: boolean;
  problems: number;
  bookmarks: number;
}
