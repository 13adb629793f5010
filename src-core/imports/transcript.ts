import { decodeUtf8 } from '../text.ts';
import {
  headerOf,
  type HeaderPairs,
  type ImportedExchange,
  type ImportedResponse,
  type LeftOut,
  leftOut,
} from './exchange.ts';
import { statusOf } from './records.ts';
import { stillCompressed } from './worth.ts';

const LF = 10;
/** A line of curl's own is short: what is longer is of the body. */
const HEAD = 16 * 1024;
/** `* Connected to`, `{ [312 bytes data]`, and the progress meter. */
const OF_CURL = /^(\* |[{}] \[\d+ bytes data\]|\s*% Total|\s*Dload|[\r\s]*\d+\s+\d+\s.*:--:--)/;

/** Whether a text is what `curl -i` or `curl -v` print: the response's head, and with `-v` the request's. */
export function looksLikeTranscript(text: string): boolean {
  return /^HTTP\/\d(\.\d)? \d{3}\b/.test(text) || (/^[*>] /.test(text) && /^< HTTP\//m.test(text));
}

/** What `curl -i` or `curl -v` printed, as an exchange. The request's body and the times are in neither. */
export function transcriptExchange(bytes: Uint8Array): ImportedExchange | LeftOut {
  const isVerbose = !decodeUtf8(bytes.subarray(0, 5)).startsWith('HTTP/');
  const sent: HeaderPairs = [];
  const parts: Uint8Array[] = [];
  let first = '';
  let response: ImportedResponse | null = null;
  let inHead = true;
  for (let from = 0; from < bytes.length;) {
    const lf = bytes.indexOf(LF, from);
    const end = lf < 0 ? bytes.length : lf + 1;
    const line = decodeUtf8(bytes.subarray(from, Math.min(end, from + HEAD))).replace(/\r?\n$/, '');
    const [, mark, head] = isVerbose ? (/^([<>]) ?(.*)$/.exec(line) ?? []) : [line, '<', line];
    const status: RegExpExecArray | null =
      mark === '<' && inHead ? /^HTTP\/([\d.]+) (\d{3}) ?(.*)$/.exec(head!) : null;
    if (status)
      response = {
        status: statusOf(status[2]),
        statusText: status[3]!,
        httpVersion: status[1]!,
        headers: [],
      };
    else if (inHead && head !== undefined) {
      if (mark === '>' && first === '') first = head;
      else if (head !== '') addHeader(mark === '>' ? sent : (response?.headers ?? []), head);
      // After "100 Continue" and a redirect another head follows.
      else if (mark === '<' && response)
        inHead = decodeUtf8(bytes.subarray(end, end + 5)) === 'HTTP/' || response.status < 200;
    } else if (response && !(isVerbose && OF_CURL.test(line)))
      parts.push(bytes.subarray(from, end));
    from = end;
  }
  if (!response) return leftOut('unreadable', 'it has no head of a response');
  const body = joined(parts);
  const [, method, path] = /^(\S+) (\S+)/.exec(first) ?? [];
  const host = headerOf(sent, 'host');
  const scheme = /^(localhost|127\.|\[)/.test(host) ? 'http' : 'https';
  const url =
    path === undefined || /^https?:/.test(path) ? (path ?? '') : `${scheme}://${host}${path}`;
  return {
    request: method === undefined ? null : { method, url, headers: sent, body: '' },
    response,
    startedAt: null,
    body,
    encoding: stillCompressed(headerOf(response.headers, 'content-encoding'), body),
    chunks: null,
    firstByteUs: null,
    endUs: null,
    error: '',
    notes: [],
  };
}

function addHeader(headers: HeaderPairs, line: string): void {
  const colon = line.indexOf(':');
  if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
