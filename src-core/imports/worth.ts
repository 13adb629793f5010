import { asksForStream } from '../stream-asked.ts';
import { decodeUtf8 } from '../text.ts';
import {
  CONTENT_ENCODINGS,
  type ContentEncoding,
  headerOf,
  type ImportedExchange,
} from './exchange.ts';

const STREAM_TYPES =
  /^(text\/event-stream|application\/(x-)?ndjson|application\/(x-)?jsonl(ines)?|application\/json-seq|application\/stream\+json)$/i;
const START_BYTES = 2048;

/**
 * Whether an entry of a file is worth a capture: its answer is a stream, or was asked to be one and is
 * something else, such as an error. Pages, pictures and whole JSON answers are not.
 */
export function isStream({ request, response, body, encoding }: ImportedExchange): boolean {
  const type = headerOf(response?.headers ?? [], 'content-type')
    .split(';')[0]!
    .trim();
  if (STREAM_TYPES.test(type)) return true;
  if (asksForStream(request)) return true;
  return encoding === null && startsLikeEvents(decodeUtf8(body.subarray(0, START_BYTES)));
}

/** Whether a text begins as an event stream does. */
export function startsLikeEvents(text: string): boolean {
  const line = /^\uFEFF?[\r\n]*([^\r\n]*)/.exec(text)![1]!;
  return /^(data|event|id|retry)(:|$)/.test(line) || /^:./.test(line) || line === ':';
}

/**
 * How a body is still compressed: recorders keep the header `content-encoding` with bytes that they have
 * decoded as well as with those that they have not. gzip and deflate are known by their first bytes; of
 * br, which has no such mark, all that can be said is that it does not look like text.
 */
export function stillCompressed(header: string, body: Uint8Array): ContentEncoding | null {
  const [a = 0, b = 0] = body;
  // RFC 1952, section 2.3.1: whatever the header says, no text begins with these.
  if (a === 0x1f && b === 0x8b) return 'gzip';
  const named = header.trim().toLowerCase();
  const encoding = CONTENT_ENCODINGS.find((one) => one === named);
  if (encoding === 'deflate' && (a & 15) === 8 && ((a << 8) | b) % 31 === 0) return 'deflate';
  if (encoding === 'br' && body.length > 0 && !isPlainText(body)) return 'br';
  return null;
}

function isPlainText(body: Uint8Array): boolean {
  const start = decodeUtf8(body.subarray(0, START_BYTES));
  // The start may have cut a character in its middle.
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u0008\u000e-\u001f]|\uFFFD(?!$)/.test(start);
}
