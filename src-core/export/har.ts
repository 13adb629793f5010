import type { CapturedRequest, CaptureMeta } from '../capture.ts';
import { headerOf, type HeaderPairs } from '../imports/exchange.ts';
import { NO_ADDRESS } from '../imports/har.ts';
import type { JsonObject } from '../json.ts';
import { encodeUtf8 } from '../text.ts';
import { type EventRow, eventRows } from './event-rows.ts';
import type { ExportCapture, ExportedBy } from './export-capture.ts';
import { frameFields } from './frame-fields.ts';
import { base64PiecesOf, type BodyFacts, bodyFacts, textPiecesOf } from './utf8-pieces.ts';

/**
 * Captures as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), an entry each, in pieces. Beside what
 * the format has, an entry of timed captures has `_eventSourceMessages` as browsers write them, where the body
 * is an event stream, and `_chunks`: when the body's chunks arrived, in microseconds since the request, and how
 * many bytes each is. A body that is no UTF-8 stands as base64.
 */
export async function* harPieces(
  captures: readonly ExportCapture[],
  { version }: ExportedBy,
): AsyncGenerator<Uint8Array> {
  const creator = JSON.stringify({ name: 'Deltascope', version });
  yield encodeUtf8(`{"log":{"version":"1.2","creator":${creator},"entries":[`);
  for (const [at, capture] of captures.entries()) {
    if (at > 0) yield encodeUtf8(',');
    for await (const text of entryTexts(capture)) yield encodeUtf8(text);
  }
  yield encodeUtf8(']}}\n');
}

async function* entryTexts(capture: ExportCapture): AsyncGenerator<string> {
  const { meta } = capture;
  const facts = await bodyFacts(capture.pieces());
  const { time, timings } = timesOf(meta, facts);
  const head = {
    startedDateTime: meta.createdAt,
    time,
    request: requestOf(meta.request),
    cache: {},
    timings,
    comment: meta.name,
  };
  const { content, ...response } = responseOf(meta, facts);
  yield `${open(head)},"response":${open(response)},"content":${open(content)},"text":"`;
  const body = facts.isText ? textPiecesOf(capture.pieces()) : base64PiecesOf(capture.pieces());
  for await (const text of body) yield JSON.stringify(text).slice(1, -1);
  yield `"}}`;
  if (meta.timed) {
    yield* messageTexts(capture);
    yield `,"_chunks":${JSON.stringify(facts.chunks)}`;
  }
  yield '}';
}

/** An object that is not closed yet. */
const open = (value: object): string => JSON.stringify(value).slice(0, -1);

async function* messageTexts(capture: ExportCapture): AsyncGenerator<string> {
  const startMs = Date.parse(capture.meta.createdAt);
  let count = 0;
  for await (const row of eventRows(capture)) {
    if (row.framing !== 'sse') return;
    yield count++ === 0 ? ',"_eventSourceMessages":[' : ',';
    yield JSON.stringify(messageOf(row, startMs));
  }
  if (count > 0) yield ']';
}

/** As Chrome has it; `time` in seconds since 1970. */
function messageOf({ timeUs, frame, data }: EventRow, startMs: number) {
  const { name, id } = frameFields(frame);
  const time = ((Number.isNaN(startMs) ? 0 : startMs) * 1000 + (timeUs ?? 0)) / 1e6;
  return { time, eventName: name === '' ? 'message' : name, eventId: id ?? '', data };
}

function requestOf(request: CapturedRequest | null): JsonObject {
  const { method, url, headers, body } = request ?? {
    ...{ method: 'GET', url: NO_ADDRESS, headers: [], body: '' },
  };
  const mimeType = headerOf(headers, 'content-type') || 'application/json';
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairsOf(headers),
    queryString: queryOf(url),
    ...(body !== '' && { postData: { mimeType, text: body } }),
    headersSize: -1,
    bodySize: encodeUtf8(body).length,
    ...(request === null && { comment: 'The request was not recorded.' }),
  };
}

function responseOf({ response, end }: CaptureMeta, { size, isText }: BodyFacts) {
  const headers = response?.headers ?? [];
  return {
    status: response?.status ?? 0,
    statusText: response?.statusText ?? '',
    httpVersion: response?.httpVersion ? `HTTP/${response.httpVersion}` : '',
    cookies: [],
    headers: pairsOf(headers),
    redirectURL: headerOf(headers, 'location'),
    headersSize: -1,
    bodySize: size,
    ...(end?.kind === 'disconnected' && { _error: end.code ?? 'disconnected' }),
    content: {
      size,
      mimeType: headerOf(headers, 'content-type') || 'x-unknown',
      ...(!isText && { encoding: 'base64' }),
    },
  };
}

/** Milliseconds. Each phase goes on from the one before; what was not measured is -1, or 0 where a number has to be. */
function timesOf({ timing, timed, end }: CaptureMeta, { chunks }: BodyFacts) {
  const ms = (us: number) => us / 1000;
  let at = 0;
  const phase = (until: number | null | undefined): number | null => {
    if (until === null || until === undefined) return null;
    const length = Math.max(0, until - at);
    at = Math.max(at, until);
    return ms(length);
  };
  const dns = phase(timing?.dnsUs);
  const connected = phase(timing?.connectUs);
  const ssl = phase(timing?.tlsUs);
  const send = phase(timing?.sentUs) ?? 0;
  const wait = phase(timing?.firstByteUs ?? (timed ? chunks[0]?.[0] : null)) ?? 0;
  const receive = phase(timed || timing ? (end?.atUs ?? chunks.at(-1)?.[0]) : null) ?? 0;
  const connect = connected === null && ssl === null ? -1 : (connected ?? 0) + (ssl ?? 0);
  return {
    time: ms(at),
    timings: { blocked: -1, dns: dns ?? -1, connect, ssl: ssl ?? -1, send, wait, receive },
  };
}

function pairsOf(pairs: HeaderPairs): { name: string; value: string }[] {
  return pairs.map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): { name: string; value: string }[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      return { name: decoded(name), value: decoded(value) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
