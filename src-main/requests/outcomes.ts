import type { CaptureEnd } from '../../src-core/capture.ts';
import { isObject, parseJson } from '../../src-core/json.ts';
import { messageOf, systemCode } from '../refusal.ts';
import { bytesText, durationText } from '../wording.ts';
import { framingOfType } from '../../src-core/framing/content-type.ts';
import { errorIn } from './error-body.ts';
import { limitText, type RateLimits } from './rate-limits.ts';

const ENDED = 'The server ended the stream.';

/** An end without its time, which the recording knows. */
export type Outcome = Omit<CaptureEnd, 'atUs'>;

/** How far an exchange had come, for the sentence about its end. */
export interface Progress {
  host: string;
  status: number | null;
  bytes: number;
  nowUs: number;
  /** When the last byte arrived; null before the first. */
  lastByteUs: number | null;
}

/** The person pressed Stop. */
export function abortedOutcome(progress: Progress): Outcome {
  const { bytes, nowUs, lastByteUs, status } = progress;
  const after = durationText(nowUs);
  let message: string;
  if (status === null) {
    message = `Stopped by you after ${after}: ${progress.host} had not answered yet.`;
  } else if (lastByteUs === null) {
    message = `Stopped by you after ${after}: no byte of the body had arrived.`;
  } else {
    const silence = nowUs - lastByteUs;
    message = `Stopped by you after ${after} and ${bytesText(bytes)}`;
    message += silence > 2_000_000 ? `; the last byte came ${durationText(silence)} before.` : '.';
  }
  return { kind: 'aborted', code: null, message };
}

/** The connection broke, or never came to be. */
export function brokenOutcome(error: unknown, progress: Progress): Outcome {
  const code = codeOf(error);
  if (progress.status === null)
    return { kind: 'failed', code, message: refusalText(code, error, progress) };
  const where =
    progress.bytes > 0 ? `after ${bytesText(progress.bytes)}` : 'before the first byte of the body';
  const why = code === 'ECONNRESET' || code === 'closed-early' ? '' : ` (${messageOf(error)})`;
  return {
    kind: 'disconnected',
    code,
    message: `The connection broke ${where}${why}: the server or something between did not finish the response.`,
  };
}

function codeOf(error: unknown): string {
  const code = systemCode(error);
  if (code) return code;
  // Several addresses were tried: Node collects their errors.
  const errors = error instanceof Error && 'errors' in error ? error.errors : null;
  return (Array.isArray(errors) && systemCode(errors[0])) || 'error';
}

/** Why a server could not be reached, as a sentence. */
export function unreachableText(error: unknown, host: string): string {
  return refusalText(codeOf(error), error, { host });
}

function refusalText(code: string, error: unknown, { host }: Pick<Progress, 'host'>): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `${host} refused the connection: no server listens there. Check the base URL and that the server runs.`;
    case 'ENOTFOUND':
      return `The name in ${host} can't be found. Check the base URL and the network.`;
    case 'EAI_AGAIN':
      return `The name in ${host} could not be looked up: the name server did not answer. Check the network.`;
    case 'ETIMEDOUT':
      return `${host} did not answer in time. Check the network, a VPN or a firewall.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no route to ${host}. Check the network.`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'closed-early':
      return `${host} closed the connection without an answer.`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `The certificate of ${host} is self-signed (${code}). To trust it, start Deltascope with NODE_EXTRA_CA_CERTS naming its PEM file.`;
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return `The certificate of ${host} comes from an unknown authority (${code}), as behind a company proxy. To trust it, start Deltascope with NODE_EXTRA_CA_CERTS naming its PEM file.`;
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} is not valid now (${code}). Check the server's certificate and this computer's clock.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${host} is for another name (${code}): ${messageOf(error)}`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${host} does not speak TLS (${code}). The base URL may have to start with http:// instead of https://.`;
    case 'HPE_HEADER_OVERFLOW':
      return `${host} sent more than 256 KiB of headers.`;
    default:
      if (code.startsWith('HPE_')) {
        return `${host} did not answer in HTTP (${code}): ${messageOf(error)}. The base URL may have to start with https://.`;
      }
      return `The request to ${host} failed: ${messageOf(error)}`;
  }
}

/** What a response's head says about it; the body's beginning is needed where the head is unclear. */
export interface ResponseHead {
  status: number;
  statusText: string;
  contentType: string;
  location: string;
  /** The path of the API, after the base URL. */
  path: string;
  limits: RateLimits;
  /** Whether a key went with the request. */
  withKey: boolean;
}

/** The body came to its regular end. @param start its first bytes, as text */
export function finishedOutcome(head: ResponseHead, start: string, bytes: number): Outcome {
  if (head.status < 200 || head.status > 299) {
    return { kind: 'failed', code: `http-${head.status}`, message: statusText(head, start) };
  }
  const type = head.contentType.split(';')[0]!.trim().toLowerCase();
  if (framingOfType(type) !== undefined) {
    if (bytes > 0) return { kind: 'closed', code: null, message: ENDED };
    return {
      kind: 'closed',
      code: 'empty',
      message: 'The server ended the stream without sending a byte.',
    };
  }
  const named = type === '' ? 'no content type' : `the content type ${type}`;
  const fitting = looksLikeEvents(start)
    ? 'text/event-stream'
    : looksLikeLines(start)
      ? 'application/x-ndjson'
      : null;
  // Gemini without `alt=sse`: the elements come as they are made.
  if (/^\s*\[\s*\{/.test(start)) return { kind: 'closed', code: null, message: ENDED };
  if (fitting) {
    return {
      kind: 'closed',
      code: 'content-type',
      message: `The server ended the stream. It gave it ${named}, not ${fitting}: some clients refuse that.`,
    };
  }
  const error = errorIn(start);
  return {
    kind: 'failed',
    code: 'not-event-stream',
    message:
      `The answer is no event stream: it has ${named} and ${bytesText(bytes)}.` +
      (error
        ? ` It says: ${error}`
        : ' The server may not support "stream": true, or the base URL leads elsewhere.'),
  };
}

/** True if a text begins like an event stream. */
export function looksLikeEvents(start: string): boolean {
  return /^\uFEFF?[\r\n]*(?:(?:data|event|id|retry)(?::|[\r\n])|:)/.test(start);
}

/** True if a text begins with at least two lines that are JSON objects. */
function looksLikeLines(start: string): boolean {
  const lines = start.split('\n', 3).filter((line) => line.trim() !== '');
  // The last of three may have been cut.
  return lines.length > 1 && lines.slice(0, 2).every((line) => isObject(parseJson(line)));
}

function statusText(head: ResponseHead, start: string): string {
  const { status } = head;
  const said = errorIn(start);
  const title = `HTTP ${status}${head.statusText ? ` ${head.statusText}` : ''}`;
  return [said ? `${title}: ${said}` : `${title}.`, adviceFor(head, start)]
    .filter(Boolean)
    .join(' ');
}

function adviceFor(head: ResponseHead, start: string): string {
  const { status } = head;
  if (status >= 300 && status < 400) {
    return head.location
      ? `The server redirects to ${head.location}; redirects are not followed: change the base URL if that is right.`
      : 'Redirects are not followed: check the base URL.';
  }
  switch (status) {
    case 401:
      return head.withKey
        ? "The server did not accept the key: check this endpoint's key, and the header that it goes in."
        : 'No key was sent: set one for this endpoint.';
    case 402:
      return 'The account has no credit left.';
    case 403:
      return 'The key may lack the right to do this, or the region is not served.';
    case 404:
      return /model/i.test(start)
        ? `Check the model, and that the base URL ends where ${head.path} follows (often /v1).`
        : `Check the base URL: ${head.path} is appended to it (often it ends in /v1).`;
    case 405:
      return 'Check the base URL: this address takes no POST.';
    case 407:
      return 'The proxy asks for a user and password: put them into the proxy URL of the environment.';
    case 429:
      if (/insufficient_quota|credit_balance_exhausted/.test(start))
        return 'Sending again will not help.';
      return limitText(head.limits) || 'Wait a little and send again.';
    default:
      if (status < 500) return '';
      // Anthropic's, and that of servers like it.
      if (status === 529)
        return limitText(head.limits) || 'The server is overloaded: wait and send again.';
      return limitText(head.limits) || "This is the server's own failure; sending again may help.";
  }
}
