/** What a file or a pasted text was read as. `stream`: the bytes are the body, whatever their framing. */
export const IMPORT_FORMATS = [
  'stream',
  'har',
  'cassette',
  'pairs',
  'session',
  'transcript',
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What people call them. */
export const FORMAT_TITLES: Readonly<Record<ImportFormat, string>> = {
  stream: 'event stream',
  har: 'HAR',
  cassette: 'VCR cassette',
  pairs: 'log of requests and responses',
  session: 'session recording',
  transcript: 'transcript of curl',
};

export type HeaderPairs = [name: string, value: string][];

export interface ImportedRequest {
  method: string;
  url: string;
  /** With their secrets: whoever keeps them strikes those out. */
  headers: HeaderPairs;
  body: string;
}

export interface ImportedResponse {
  status: number;
  statusText: string;
  httpVersion: string;
  headers: HeaderPairs;
}

/** A request and its response as a file keeps them: it becomes one capture. */
export interface ImportedExchange {
  request: ImportedRequest | null;
  response: ImportedResponse | null;
  /** ISO 8601, when the request was made; null where the format does not say. */
  startedAt: string | null;
  body: Uint8Array;
  /** How `body` is still compressed, null where it is not: see `stillCompressed`. */
  encoding: ContentEncoding | null;
  /** Arrival in microseconds since the request was started, and bytes; null where nobody wrote it down. */
  chunks: [timeUs: number, size: number][] | null;
  /** Microseconds since the request was started, null where the format does not say. */
  firstByteUs: number | null;
  endUs: number | null;
  /** The transport's own error where it broke: `net::ERR_ABORTED`. */
  error: string;
  /** What a person has to know: that the body was put together from messages, for one. */
  notes: string[];
}

export const CONTENT_ENCODINGS = ['gzip', 'deflate', 'br'] as const;
export type ContentEncoding = (typeof CONTENT_ENCODINGS)[number];

/** An entry that does not become a capture, and why; sentences are counted by `reason`. */
export interface LeftOut {
  reason: 'no stream' | 'no body' | 'unreadable' | 'too large';
  /** For `unreadable`: what is wrong, and where. */
  detail: string;
}

export function leftOut(reason: LeftOut['reason'], detail = ''): LeftOut {
  return { reason, detail };
}

export function isLeftOut(value: ImportedExchange | LeftOut): value is LeftOut {
  return 'reason' in value;
}

/** The value of the first header of that name, in any case; `''` where there is none. */
export function headerOf(headers: readonly (readonly [string, string])[], name: string): string {
  return headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? '';
}
