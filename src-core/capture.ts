import type { DialectId } from './dialects/dialect.ts';
import type { ImportFormat } from './imports/exchange.ts';
import type { ProblemTally } from './problem.ts';

/** The facts about a capture that are not its bytes. See `docs/capture-format.md`. */
export interface CaptureMeta {
  version: 1;
  id: string;
  name: string;
  /** ISO 8601, when the request was made or the file was opened. */
  createdAt: string;
  /** ISO 8601, when it came into the library, which is what lists go by; left out: `createdAt`. */
  addedAt?: string;
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
  /** The dialect that a person reads it as; left out: the one that its events say. */
  dialect?: DialectId;
  /** The id of the profile that a person has it judged by; left out: the one that is recognised. */
  profile?: string;
  /** Rules whose problems are not told of in this capture; left out where there are none. */
  silenced?: string[];
  /** The run that it was made by; left out where it is none. */
  run?: CaptureRun;
  /** What was found when it was checked again by schemas, oldest first; left out where it never was. */
  checks?: CaptureRun[];
}

export interface Bookmark {
  seq: number;
  /** Empty where there is nothing to say. */
  note: string;
}

/** A row in the table of a schema: a request that tried it, or a capture that was checked by it. */
export interface CaptureRun {
  kind: 'run' | 'check';
  /** The schema's id in the library, and its version, from 1. */
  schema: string;
  version: number;
  /** The row's own number within the schema, from 1. */
  number: number;
  /** ISO 8601. */
  at: string;
  endpoint: string;
  model: string;
  /** What the built-in endpoint was asked for; null where a model decides. */
  planned: RunPlan | null;
  /** Null until the capture has ended and was judged. */
  facts: RunFacts | null;
}
export type RunPlan = 'valid' | 'violation' | 'refusal' | 'instance' | 'capture';

/**
 * What is said of an output in the end. `failed`: there is none, because the request failed, was
 * stopped, or brought no text. `not judged`: the schema can't be used in full.
 */
export const RUN_VERDICTS = [
  'valid',
  'invalid',
  'refusal',
  'truncated',
  'not JSON',
  'failed',
  'not judged',
] as const;
export type RunVerdict = (typeof RUN_VERDICTS)[number];

export interface RunFacts {
  verdict: RunVerdict;
  /** The value that is wrong first, or where the text was cut; null where no place is meant. */
  pointer: string | null;
  /** The event that closed that value, or with which the text stopped being right; null likewise. */
  seq: number | null;
  /** The event from which on it was certain: values can be wrong before they are closed. */
  certainSeq: number | null;
  /** The keyword's place in the schema. */
  schemaPath: string | null;
  /** What is wrong, in words; empty where nothing is. */
  message: string;
  errors: number;
  /** Microseconds since the request; null without text, or where times were not recorded. */
  firstTextUs: number | null;
  totalUs: number | null;
  /** As the server counted them. */
  inputTokens: number | null;
  outputTokens: number | null;
}

export type CaptureOrigin =
  | { kind: 'request'; endpoint: string }
  /** Recorded between a client and its upstream; `server` is the proxy's name. */
  | { kind: 'proxy'; server: string; upstream: string }
  | ({ kind: 'file'; path: string } & ImportedFrom)
  | ({ kind: 'paste' } & ImportedFrom)
  | { kind: 'example' };

/** What a file or a text was read as; left out where it was not known, and in older captures. */
export interface ImportedFrom {
  format?: ImportFormat;
  /** Which entry of the file it is, from 0; left out where the file is the body. */
  entry?: number;
}

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
  /** Who ended it, where somebody between a client and a server saw it: left out elsewhere. */
  by?: EndedBy;
  /** A machine-readable cause where there is one: `ECONNREFUSED`, `http-401`. */
  code: string | null;
  /** One sentence for the person: what happened, where, and what to do. */
  message: string;
}

/** The `code` of an end: the answer came as a whole, and that is what was asked for. */
export const WHOLE_ANSWER = 'whole-answer';

/** `person`: who stopped the proxy; `network`: neither side said that it ends. */
export const ENDED_BY = ['client', 'server', 'person', 'network'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

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
  /** When it came into the library, where that is not when the request was made. */
  addedAt?: string;
  /** Of an imported or proxied exchange: host and path that were asked, without the query. */
  asked?: string;
  origin: CaptureOrigin['kind'];
  status: StreamStatus;
  model: string;
  events: number;
  bytes: number;
  /** Microseconds from the request to the end; 0 where times are not recorded. */
  durationUs: number;
  timed: boolean;
  /** All problems, silenced ones included, by rule and severity, before any profile. */
  problems: ProblemTally[];
  /** The id of the profile that they are judged by: a person's choice, or the one that is recognised. */
  profile: string | null;
  /** Rules that are silenced in it; left out where there are none. */
  silenced?: string[];
  bookmarks: number;
  run?: CaptureRun;
  checks?: CaptureRun[];
}
