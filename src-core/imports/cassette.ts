import { isObject, type JsonObject, jsonText, type JsonValue, stringOf } from '../json.ts';
import { decodeUtf8, encodeUtf8 } from '../text.ts';
import {
  headerOf,
  type ImportedExchange,
  type ImportedRequest,
  type ImportedResponse,
  type LeftOut,
  leftOut,
} from './exchange.ts';
import { bodyOf, headersOf, MAX_MS, momentOf, statusOf, textOf } from './records.ts';
import { isStream, stillCompressed } from './worth.ts';

const NONE = new Uint8Array(0);

/**
 * An interaction of a VCR cassette: vcrpy (`interactions`), VCR for Ruby (`http_interactions`) and go-vcr, which
 * has `url`, `code` and `duration`. A cassette of httpmock has one, as `when` and `then`. None has times of
 * events.
 */
export function cassetteExchange(interaction: unknown): ImportedExchange | LeftOut {
  if (!isObject(interaction)) return leftOut('unreadable', 'it is no object');
  const { request = interaction.when, response = interaction.then } = interaction;
  if (!isObject(request) || !isObject(response))
    return leftOut('unreadable', 'it has no request and response');
  return exchangeOf({
    request: requestOf(request),
    response: responseOf(response),
    body: bodyOf(response.body ?? response.parsed_body) ?? NONE,
    startedAt: momentOf(interaction.recorded_at),
    firstByteUs: durationUs(response.duration),
  });
}

/**
 * An entry of a session recording as Azure's test proxy writes them: flat, the body as a list of pieces of text,
 * as text, or as parsed JSON.
 */
export function sessionExchange(entry: unknown): ImportedExchange | LeftOut {
  if (!isObject(entry)) return leftOut('unreadable', 'it is no object');
  return exchangeOf({
    request: {
      method: stringOf(entry.RequestMethod) || 'GET',
      url: stringOf(entry.RequestUri),
      headers: headersOf(entry.RequestHeaders),
      body: decodeUtf8(bodyOf(entry.RequestBody) ?? NONE),
    },
    response: {
      status: statusOf(entry.StatusCode),
      statusText: '',
      httpVersion: '',
      headers: headersOf(entry.ResponseHeaders),
    },
    body: bodyOf(entry.ResponseBody) ?? NONE,
    startedAt: null,
    firstByteUs: null,
  });
}

type Given = Pick<ImportedExchange, 'request' | 'response' | 'body' | 'startedAt' | 'firstByteUs'>;

/** What recorders without arrival times keep, as an exchange, where it is a stream. */
export function exchangeOf(given: Given): ImportedExchange | LeftOut {
  const exchange: ImportedExchange = {
    ...given,
    encoding: stillCompressed(
      headerOf(given.response?.headers ?? [], 'content-encoding'),
      given.body,
    ),
    chunks: null,
    endUs: null,
    error: '',
    notes: [],
  };
  if (!isStream(exchange)) return leftOut('no stream');
  if (given.body.length === 0 && (given.response?.status ?? 0) < 400) return leftOut('no body');
  return exchange;
}

function requestOf(request: JsonObject): ImportedRequest {
  const { parsed_body } = request;
  const body =
    bodyOf(request.body) ??
    (parsed_body ? encodeUtf8(jsonText(parsed_body as JsonValue) ?? '') : NONE);
  return {
    method: (textOf(request.method) ?? 'GET').replace(/^:/, '').toUpperCase(),
    url: stringOf(request.uri) || stringOf(request.url) || stringOf(request.path),
    headers: headersOf(request.headers ?? request.header),
    body: decodeUtf8(body),
  };
}

/** The status is a number (`code` beside a text, in go-vcr) or `{code, message}`. */
function responseOf(response: JsonObject): ImportedResponse {
  const { status } = response;
  const code = isObject(status) ? status.code : (response.code ?? response.status_code ?? status);
  const message = isObject(status) ? stringOf(status.message) : stringOf(status);
  const version = textOf(response.http_version ?? response.proto) ?? '';
  return {
    status: statusOf(code),
    statusText: message.replace(/^\d{3} ?/, ''),
    httpVersion: version.replace(/^HTTP\//i, ''),
    headers: headersOf(response.headers ?? response.header),
  };
}

/** A duration as Go writes it (`516.03875ms`, `1m2.5s`), or in nanoseconds; until the response's head came. */
function durationUs(value: unknown): number | null {
  if (typeof value === 'number' && value > 0) return bounded(value / 1000);
  if (typeof value !== 'string' || !/^([\d.]+(h|m|s|ms|us|µs|ns))+$/.test(value)) return null;
  const units: Record<string, number> = {
    h: 3.6e9,
    m: 6e7,
    s: 1e6,
    ms: 1000,
    us: 1,
    µs: 1,
    ns: 0.001,
  };
  let us = 0;
  for (const [, number, unit] of value.matchAll(/([\d.]+)(h|ms|m|s|us|µs|ns)/g))
    us += Number(number) * units[unit!]!;
  return us > 0 ? bounded(us) : null;
}

function bounded(us: number): number | null {
  return us <= MAX_MS * 1000 ? Math.round(us) : null;
}
