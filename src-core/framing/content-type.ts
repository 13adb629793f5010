import type { CapturedResponse } from '../capture.ts';
import type { Framing } from '../dialects/dialect.ts';

/** What servers call a JSON value a line. */
const LINES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/jsonlines',
  'application/x-jsonlines',
  'application/stream+json',
]);

/** The framing that a content type names, undefined where it names none: then the bytes say it. */
export function framingOfType(contentType: string): Framing | undefined {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'text/event-stream') return 'sse';
  return LINES.has(type) ? 'lines' : undefined;
}

/**
 * The framing of an answer as its head tells it. The body of an error is no stream: as an event stream it
 * has no events, whatever it is.
 */
export function framingOfResponse(response: CapturedResponse | null): Framing | undefined {
  if (!response) return undefined;
  if (response.status < 200 || response.status > 299) return 'sse';
  const header = response.headers.find(([name]) => name.toLowerCase() === 'content-type');
  return framingOfType(header?.[1] ?? '');
}
