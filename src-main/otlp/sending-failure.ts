import { Refusal, messageOf } from '../refusal.ts';
import { secretsOf, withoutSecrets } from '../requests/key-mask.ts';
import { unreachableText } from '../requests/outcomes.ts';
import type { Attempts } from './attempts.ts';
import type { SpanTarget } from './span-target.ts';

/** The longest part of an answer that is quoted. */
const QUOTED = 300;

/** Why a batch was not sent, for the person: what happened, and what to do. */
export function sendingFailure(error: unknown, attempts: Attempts, target: SpanTarget): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return new Refusal('canceled', 'Sending was stopped: what was on its way may have arrived.');
  const { host } = new URL(target.url);
  const { status } = attempts;
  if (status === null) {
    if (/timed out/i.test(messageOf(error)))
      return new Refusal('collector-timeout', `${host} did not answer within ${seconds(target)}.`);
    return new Refusal('collector-unreachable', unreachableText(error, host), messageOf(error));
  }
  const quoted = quotedAnswer(error, target);
  const [code, message] = refusalOf(status, host, target);
  return new Refusal(code, message, quoted);
}

function refusalOf(status: number, host: string, target: SpanTarget): [code: string, text: string] {
  switch (status) {
    case 401:
    case 403:
      return [
        'collector-refused',
        `${host} refused the spans with ${status}: its key or token is missing or wrong. Check the headers of the collector.`,
      ];
    case 404:
    case 405:
      return [
        'collector-refused',
        `${host} takes no spans at ${new URL(target.url).pathname} (${status}). Check the path of the URL: OTLP/HTTP mostly has /v1/traces.`,
      ];
    case 413:
      return [
        'collector-too-large',
        `${host} takes no request of this size (413). Send fewer captures at once, or without messages and tools.`,
      ];
    case 415:
      return [
        'collector-refused',
        `${host} does not take ${target.protocol === 'json' ? 'JSON' : 'protobuf'} (415). Choose the other protocol.`,
      ];
    case 429:
    case 502:
    case 503:
    case 504:
      return [
        'collector-busy',
        `${host} answered ${status} for ${seconds(target)}: it is busy, or what is behind it can't be reached. Try again later.`,
      ];
    default: {
      const isRedirect = status >= 300 && status < 400;
      const why = isRedirect ? 'redirects, which are not followed: enter the address itself' : '';
      return [
        'collector-failed',
        why === '' ? `${host} refused the spans with ${status}.` : `${host} ${why} (${status}).`,
      ];
    }
  }
}

/** What the collector wrote, without secrets: it may quote a header. */
function quotedAnswer(error: unknown, { headers }: SpanTarget): string {
  const data = error instanceof Error && 'data' in error ? error.data : '';
  const text = typeof data === 'string' ? data : '';
  // Protobuf answers are no text to show.
  const shown = /[^\P{Cc}\t\n\r]|\ufffd/u.test(text) ? '' : text.trim();
  return withoutSecrets(shown, secretsOf(headers)).slice(0, QUOTED);
}

function seconds({ timeoutMs }: SpanTarget): string {
  return `${Math.round(timeoutMs / 100) / 10} s`;
}
