import type { CaptureEnd } from '../capture.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { parseJson } from '../json.ts';
import { decodeUtf8 } from '../text.ts';
import type { Recorded } from './recorded.ts';
import type { Ending, Reply } from './reply.ts';
import { scoreOf } from './score.ts';

/** Whether the coding of the bytes of the wire is one that a client takes (RFC 9110, 12.5.3). */
export function takesWire({ response, wire }: Recorded, acceptEncoding: string): boolean {
  if (!wire || !response) return false;
  const codings = response.headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','));
  const taken = acceptEncoding
    .toLowerCase()
    .split(',')
    .filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
    .map((one) => one.split(';')[0]!.trim());
  return codings.every((one) => taken.includes(one.trim()) || taken.includes('*'));
}

/** They belong to the connection of the recording (RFC 9110, 7.6.1), not to its answer. */
const OF_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What may stand in a field's value (RFC 9110, 5.5). A struck out secret (`•••`) may not. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * What a recording says again: its status, its headers in their order and case, and its body in the chunks in
 * which it came, at the times of the recording. Left out are headers of the connection, names that are none
 * (`:status`), and values that were struck out. `content-encoding` stays only where the bytes are still so
 * encoded, `content-length` where it is the number of bytes. A recording without a response gets status 200
 * and the content type that its framing has.
 * @param bytes `wire`: before their `content-encoding` was undone, where these were kept
 */
export function replyOf(recorded: Recorded, bytes: 'wire' | 'decoded' = 'decoded'): Reply {
  const { response, timing, end } = recorded;
  const wire = bytes === 'wire' ? recorded.wire : null;
  const served = wire ?? recorded;
  const { portions } = scoreOf(served);
  const isTimed = served.chunks !== null;
  const first = isTimed ? (timing?.firstByteUs ?? portions[0]?.atUs ?? 0) : 0;
  const size = served.body.length;
  return {
    status: statusOf(response?.status),
    statusText: response && VALUE.test(response.statusText) ? response.statusText : 'OK',
    headers: response
      ? headersOf(response.headers, size, wire !== null || isEncoded(served.body))
      : [['content-type', typeOfBytes(served.body)]],
    headAtUs: isTimed ? Math.max(0, first - (timing?.sentUs ?? 0)) : 0,
    portions: portions.map(({ bytes, atUs }) => ({ bytes, atUs: Math.max(0, atUs - first) })),
    ending: endingOf(end),
  };
}

function statusOf(status: number | undefined): number {
  return status !== undefined && status >= 200 && status <= 999 ? status : 200;
}

function headersOf(
  headers: readonly [string, string][],
  size: number,
  isEncodedStill: boolean,
): [string, string][] {
  return headers.filter(([name, value]) => {
    const lower = name.toLowerCase();
    if (OF_CONNECTION.has(lower) || !NAME.test(name) || !VALUE.test(value)) return false;
    if (lower === 'content-encoding') return isEncodedStill;
    return lower !== 'content-length' || value.trim() === String(size);
  });
}

/** Whether bytes are gzip or zstd: an import that could not decode a body has kept it so. */
function isEncoded(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0x1f && b === 0x8b) || (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd);
}

/** Longer bodies of JSON are taken for lines without a look. */
const MOST_OF_ONE_VALUE = 4 * 1024 * 1024;

function typeOfBytes(body: Uint8Array): string {
  const reader = new FrameReader({ frame: () => undefined, deviation: () => undefined });
  reader.push(body);
  reader.end();
  if (reader.framing === 'sse') return 'text/event-stream; charset=utf-8';
  if (reader.framing === 'array') return 'application/json';
  const isOne = body.length <= MOST_OF_ONE_VALUE && parseJson(decodeUtf8(body)) !== undefined;
  return isOne ? 'application/json' : 'application/x-ndjson';
}

/** A body that was cut is not ended as if it were whole. */
function endingOf(end: CaptureEnd | null): Ending {
  if (end?.kind === 'disconnected') return end.code === 'ECONNRESET' ? 'rst' : 'fin';
  return end?.kind === 'aborted' ? 'fin' : 'end';
}
