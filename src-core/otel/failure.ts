import { errorText } from '../dialects/facts.ts';
import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import type { SpannedCapture } from './span-facts.ts';

/** Why an operation failed. */
export interface Failure {
  /** `error.type`: an HTTP status, the server's own code, a system code, or a word. */
  type: string;
  /** One sentence. */
  message: string;
}

/** Events from the end that are looked at for what the server said. */
const LAST = 5;

/**
 * Why the operation of a capture failed, null where it did not. A stream that said how it ended is
 * believed, whatever became of the connection after that.
 */
export function failureOf(capture: SpannedCapture, root: JsonObject | null): Failure | null {
  const { meta, index } = capture;
  const { end } = meta;
  if (end?.kind === 'failed')
    return { type: end.code?.replace(/^http-/, '') || '_OTHER', message: end.message };
  const told = index.streamStatus;
  if (told === 'completed' || told === 'incomplete') return null;
  if (told === 'failed') return saidFailure(capture, root);
  // Of events that are not understood, the regular end of the transport is all there is to know.
  if (end?.kind === 'closed' && (told === 'idle' || index.dialect === 'plain')) return null;
  // Nobody saw an end: it may still go on.
  if (end === null) return null;
  const type = end.code ?? (end.kind === 'closed' ? 'closed-early' : end.kind);
  return { type, message: end.message || 'The stream ended before it was complete.' };
}

function saidFailure(capture: SpannedCapture, root: JsonObject | null): Failure {
  const { count } = capture.index;
  let error: JsonValue | undefined = root?.error;
  for (let seq = count - 1; !error && seq >= 0 && seq >= count - LAST; seq--) {
    const event = capture.value(seq);
    if (!isObject(event)) continue;
    error = event.error ?? (event.type === 'error' ? event : undefined);
  }
  if (typeof error === 'string') return { type: '_OTHER', message: error };
  if (!isObject(error)) return { type: '_OTHER', message: 'The server said that it failed.' };
  const { code, status, type } = error;
  const name = [code, status, type].find(
    (word) =>
      (typeof word === 'string' && word !== '' && word !== 'error') || typeof word === 'number',
  );
  return {
    type: name === undefined ? '_OTHER' : String(name),
    message: stringOf(error.message) || errorText(error),
  };
}
