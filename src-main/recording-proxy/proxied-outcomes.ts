import { type EndedBy, WHOLE_ANSWER } from '../../src-core/capture.ts';
import { framingOfType } from '../../src-core/framing/content-type.ts';
import { messageOf, systemCode } from '../refusal.ts';
import { errorIn } from '../requests/error-body.ts';
import {
  brokenOutcome,
  finishedOutcome,
  looksLikeEvents,
  type Outcome,
  type Progress,
} from '../requests/outcomes.ts';
import { limitsOf, limitText } from '../requests/rate-limits.ts';
import { bytesText, durationText } from '../wording.ts';

/** What is known of an answer whose body came to its end. */
export interface Answered {
  status: number;
  statusText: string;
  contentType: string;
  location: string;
  rawHeaders: readonly string[];
  /** Whether the request asked for a stream; null where it does not say. */
  asksForStream: boolean | null;
  /** The beginning of the body, as text. */
  start: string;
  bytes: number;
}

/** The body came to its regular end. */
export function answeredOutcome(answered: Answered): Outcome {
  const { status, statusText, contentType, location, rawHeaders, start, bytes } = answered;
  const by: EndedBy = 'server';
  const title = `${status}${statusText ? ` ${statusText}` : ''}`;
  if (status >= 400) {
    const said = errorIn(start);
    const message = said ? `HTTP ${title}: ${said}` : `HTTP ${title}.`;
    const limits = status === 429 || status >= 500 ? limitText(limitsOf(rawHeaders)) : '';
    return { kind: 'failed', by, code: `http-${status}`, message: `${message} ${limits}`.trim() };
  }
  const isStream =
    framingOfType(contentType) !== undefined ||
    (answered.asksForStream !== false && (answered.asksForStream ?? looksLikeEvents(start)));
  if (status >= 200 && status < 300 && isStream) {
    const head = { status, statusText, contentType, location, path: '', withKey: true };
    return { ...finishedOutcome({ ...head, limits: limitsOf(rawHeaders) }, start, bytes), by };
  }
  const message =
    location && status >= 300
      ? `HTTP ${title}: the server redirects to ${location}, and the client was told so.`
      : `HTTP ${title}: the server answered in full, with ${bytesText(bytes)}.`;
  return { kind: 'closed', by, code: WHOLE_ANSWER, message };
}

/** The upstream's connection broke, or never came to be. @param failure null where it was just closed */
export function upstreamBroke(failure: unknown, progress: Progress): Outcome {
  const isClosed = !failure || (systemCode(failure) === 'ECONNRESET' && !isReset(failure));
  const error = isClosed ? CLOSED_EARLY : failure;
  const outcome = brokenOutcome(error, progress);
  const by = isClosed || isReset(failure) ? 'server' : 'network';
  if (progress.status === null || by === 'network') return { ...outcome, by };
  const how = isClosed ? 'closed in the middle' : 'reset';
  return { ...outcome, by, message: `${outcome.message} It was ${how}.` };
}

const CLOSED_EARLY = Object.assign(new Error('closed early'), { code: 'closed-early' });

/** A reset of the connection, and no regular close in the middle: Node gives both the same code. */
export function isReset(error: unknown): boolean {
  return systemCode(error) === 'ECONNRESET' && error instanceof Error && 'syscall' in error;
}

/** The client closed its connection while the answer was on its way. */
export function clientLeft(progress: Progress): Outcome {
  return {
    kind: 'aborted',
    by: 'client',
    code: null,
    message: leftText('The client went away', progress),
  };
}

/** The person stopped the proxy. */
export function proxyStopped(progress: Progress): Outcome {
  const message = leftText('The recording proxy was stopped', progress);
  return { kind: 'aborted', by: 'person', code: null, message };
}

function leftText(what: string, { host, status, bytes, nowUs, lastByteUs }: Progress): string {
  const after = `${what} after ${durationText(nowUs)}`;
  if (status === null) return `${after}: ${host} had not answered yet. The request was cut.`;
  if (lastByteUs === null)
    return `${after}, before the first byte of the body. The request was cut.`;
  const silence = nowUs - lastByteUs;
  const last = silence > 2_000_000 ? `; the last byte came ${durationText(silence)} before` : '';
  return `${after} and ${bytesText(bytes)}${last}. The request was cut.`;
}

/** The request could not be passed on, for a reason of this side. */
export function notPassed(error: unknown): Outcome {
  const code = systemCode(error) || 'bad-request';
  return { kind: 'failed', code, message: `The request can't be passed on: ${messageOf(error)}` };
}

/** The recording ends before the exchange does. */
export function notKept(error: unknown): Outcome {
  const code = systemCode(error) || 'not-kept';
  const why = code === 'ENOSPC' ? 'the disk is full' : messageOf(error);
  return {
    kind: 'disconnected',
    code,
    message: `The response can't be kept any further: ${why}. The client got all of it.`,
  };
}
