import { isObject, type JsonObject, stringOf } from '../json.ts';
import { decodeUtf8, encodeUtf8 } from '../text.ts';
import { bytesOfBase64 } from './base64.ts';
import {
  headerOf,
  type HeaderPairs,
  type ImportedExchange,
  type ImportedRequest,
  type ImportedResponse,
  type LeftOut,
  leftOut,
} from './exchange.ts';
import { arrivalTimes, bodyOfMessages, notedMessages, sizesOfMessages } from './message-times.ts';
import { bodyOf, headersOf, MAX_MS, millisecondsOf, momentOf, statusOf } from './records.ts';
import { isStream, stillCompressed } from './worth.ts';

/** What stands for the address of a capture without a request, which a HAR has to have. */
export const NO_ADDRESS = 'about:blank';

const NONE = new Uint8Array(0);

/**
 * An entry of a HAR (HAR 1.2, `log.entries`), with Chrome's `_eventSourceMessages`, which have the time of
 * each event. What is no stream is left out.
 */
export function harExchange(entry: unknown): ImportedExchange | LeftOut {
  if (!isObject(entry) || !isObject(entry.request))
    return leftOut('unreadable', 'it is no object with a request');
  const request = entry.request.url === NO_ADDRESS ? null : requestOf(entry.request);
  const response = isObject(entry.response) ? responseOf(entry.response) : null;
  const content = isObject(entry.response) ? entry.response.content : undefined;
  const times = timesOf(entry);
  const read = readBody(content, entry, times);
  const encoding = stillCompressed(
    headerOf(response?.headers ?? [], 'content-encoding'),
    read.body,
  );
  const exchange: ImportedExchange = {
    request,
    response,
    ...read,
    encoding,
    startedAt: momentOf(entry.startedDateTime),
    firstByteUs: times.firstByteUs,
    endUs: times.endUs,
    error: isObject(entry.response) ? stringOf(entry.response._error) : '',
  };
  if (!isStream(exchange)) return leftOut('no stream');
  // Saved without content: there would be nothing to see but the head.
  if (read.body.length === 0 && (response?.status ?? 0) < 400) return leftOut('no body');
  return exchange;
}

function requestOf(request: JsonObject): ImportedRequest {
  const data = isObject(request.postData) ? request.postData : {};
  return {
    method: stringOf(request.method) || 'GET',
    url: stringOf(request.url),
    headers: withoutPseudo(headersOf(request.headers)),
    body: decodeUtf8(bodyOf(data.text) ?? NONE),
  };
}

function responseOf(response: JsonObject): ImportedResponse | null {
  const status = statusOf(response.status);
  if (status === 0) return null;
  const { content } = response;
  const headers = withoutPseudo(headersOf(response.headers));
  const type = isObject(content) ? stringOf(content.mimeType) : '';
  // Some recorders write no headers, but every HAR has the type.
  if (type !== '' && type !== 'x-unknown' && headerOf(headers, 'content-type') === '')
    headers.push(['content-type', type]);
  return {
    status,
    statusText: stringOf(response.statusText),
    httpVersion: stringOf(response.httpVersion).replace(/^HTTP\//i, ''),
    headers,
  };
}

/** HTTP/2 sends method and path as headers whose names begin with a colon; they stand beside already. */
function withoutPseudo(headers: HeaderPairs): HeaderPairs {
  return headers.filter(([name]) => !name.startsWith(':'));
}

interface Times {
  startMs: number | null;
  firstByteUs: number | null;
  endUs: number | null;
}

/** Phases are in milliseconds, -1 for one that did not happen; `ssl` is part of `connect`. */
function timesOf(entry: JsonObject): Times {
  const timings = isObject(entry.timings) ? entry.timings : {};
  const phase = (name: string) => Math.max(0, numberOf(timings[name]) ?? 0);
  const wait = numberOf(timings.wait);
  const before = phase('blocked') + phase('dns') + phase('connect') + phase('send');
  const total = numberOf(entry.time);
  return {
    startMs: millisecondsOf(entry.startedDateTime),
    // All of nothing is what a writer puts there that measured nothing.
    firstByteUs:
      wait === null || wait < 0 || total === 0 ? null : Math.round((before + wait) * 1000),
    endUs: total === null || total <= 0 ? null : Math.round(total * 1000),
  };
}

/** Milliseconds; one that is no number, or longer than any connection stood (30 years), is none. */
function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Math.abs(value) < MAX_MS ? value : null;
}

type Read = Pick<ImportedExchange, 'body' | 'chunks' | 'notes'>;

function readBody(content: unknown, entry: JsonObject, times: Times): Read {
  const kept = isObject(content) ? textOfContent(content) : NONE;
  const chunks = notedChunks(entry._chunks, kept.length);
  if (chunks) return { body: kept, chunks, notes: [] };
  const messages = notedMessages(entry._eventSourceMessages);
  const arrivals = arrivalTimes(messages, times.startMs, times.firstByteUs ?? 0);
  if (messages.length === 0) return { body: kept, chunks: null, notes: [] };
  if (kept.length > 0) {
    const sizes = arrivals && sizesOfMessages(kept, messages);
    if (sizes) return { body: kept, chunks: paired(arrivals, sizes), notes: [] };
    const note = `The ${messages.length} messages that the browser noted are not the events of the body: their times are left out.`;
    return { body: kept, chunks: null, notes: [note] };
  }
  const { body, sizes } = bodyOfMessages(messages);
  const note =
    'The HAR has no body: it was put together from the messages that the browser noted. ' +
    'Comments, retry fields and the exact bytes are lost.';
  return { body, chunks: arrivals && paired(arrivals, sizes), notes: [note] };
}

/** The chunks that Deltascope's own HARs tell of (`src-core/export/har.ts`); null where they are not those of the body. */
function notedChunks(value: unknown, length: number): [number, number][] | null {
  if (!Array.isArray(value) || length === 0) return null;
  const chunks: [number, number][] = [];
  let last = 0;
  let sum = 0;
  for (const one of value as unknown[]) {
    const [time, size] = Array.isArray(one) ? (one as unknown[]) : [];
    if (typeof time !== 'number' || typeof size !== 'number') return null;
    if (!(time >= last && time <= MAX_MS * 1000) || !Number.isInteger(size) || size < 0)
      return null;
    last = time;
    sum += size;
    chunks.push([time, size]);
  }
  return sum === length ? chunks : null;
}

function paired(times: readonly number[], sizes: readonly number[]): [number, number][] {
  return times.map((time, index) => [time, sizes[index]!]);
}

function textOfContent(content: JsonObject): Uint8Array {
  const text = stringOf(content.text);
  if (stringOf(content.encoding).toLowerCase() !== 'base64') return encodeUtf8(text);
  return bytesOfBase64(text) ?? encodeUtf8(text);
}
