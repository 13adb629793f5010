import { isObject, type JsonObject, jsonText, type JsonValue, stringOf } from '../json.ts';
import { decodeUtf8 } from '../text.ts';
import { exchangeOf } from './cassette.ts';
import { type ImportedExchange, isLeftOut, type LeftOut, leftOut } from './exchange.ts';
import {
  bodyOf,
  headersOf,
  linesOf,
  MAX_MS,
  millisecondsOf,
  momentOf,
  statusOf,
} from './records.ts';

const NONE = new Uint8Array(0);

/**
 * A request with its response as logs have them, one a line. claude-trace writes `request` with `timestamp` in
 * seconds, `method`, `url`, `headers` and the parsed `body`, and `response` with `timestamp`, `status_code`,
 * `headers` and `body_raw` (the text of the stream) or `body`; a request that got no answer has `response:
 * null`. Others keep the stream's `events`, parsed.
 */
export function pairExchange(pair: unknown): ImportedExchange | LeftOut {
  if (!isObject(pair) || !isObject(pair.request))
    return leftOut('unreadable', 'it is no object with a request');
  const { request } = pair;
  const response = isObject(pair.response) ? pair.response : null;
  const started = request.timestamp ?? request.startedAt ?? pair.timestamp;
  const { body, note } = response ? responseBody(response) : { body: NONE, note: '' };
  const exchange = exchangeOf({
    request: {
      method: stringOf(request.method) || 'POST',
      url: stringOf(request.url) || stringOf(request.uri),
      headers: headersOf(request.headers),
      body: decodeUtf8(bodyOf(request.body) ?? NONE),
    },
    response: response && {
      status: statusOf(response.status_code ?? response.statusCode ?? response.status),
      statusText: stringOf(response.statusText),
      httpVersion: '',
      headers: headersOf(response.headers),
    },
    body,
    startedAt: momentOf(started ?? pair.logged_at),
    firstByteUs: between(started, response?.timestamp),
  });
  if (isLeftOut(exchange) || note === '') return exchange;
  return { ...exchange, notes: [note] };
}

/** True for a line of such a log. */
export function isPair(value: unknown): boolean {
  return isObject(value) && isObject(value.request) && 'response' in value && hasUrl(value.request);
}

function hasUrl(request: JsonObject): boolean {
  return typeof (request.url ?? request.uri) === 'string';
}

function responseBody(response: JsonObject): { body: Uint8Array; note: string } {
  const kept = bodyOf(response.body_raw ?? response.bodyRaw ?? response.body ?? response.text);
  if (kept && kept.length > 0) return { body: kept, note: '' };
  if (!Array.isArray(response.events)) return { body: NONE, note: '' };
  const note =
    'The log has parsed events only: the body was put together from them, and its exact bytes are lost.';
  return { body: bodyOfEvents(response.events), note };
}

/** Events as `{event, data}` are an event stream again; others are JSON Lines. */
function bodyOfEvents(events: readonly unknown[]): Uint8Array {
  const frames = events.map((event) => {
    if (!isObject(event) || !('data' in event) || event.type !== undefined) return null;
    const data =
      typeof event.data === 'string'
        ? event.data
        : (jsonText((event.data ?? null) as JsonValue) ?? '');
    const name = stringOf(event.event);
    return `${name === '' ? '' : `event: ${name}\n`}${data.replace(/^/gm, 'data: ')}\n\n`;
  });
  if (frames.includes(null)) return linesOf(events);
  return bodyOf(frames) ?? NONE;
}

function between(from: unknown, to: unknown): number | null {
  const [start, end] = [millisecondsOf(from), millisecondsOf(to)];
  if (start === null || end === null || end < start || end - start > MAX_MS) return null;
  return Math.round((end - start) * 1000);
}
