import type { CaptureSummary } from '../../src-core/capture.ts';
import { plural } from './format.ts';

/** What tells captures of one name apart where they are chosen: when, what was asked, the model, how many events. */
export function captureFacts(capture: CaptureSummary): string {
  const { origin, createdAt, asked = '', model, events } = capture;
  const when = origin === 'example' ? '' : new Date(createdAt).toLocaleTimeString('en-GB');
  return [when, asked, model, plural(events, 'event')].filter(Boolean).join(' · ');
}

/** Whether a capture has all of the words that were typed. */
export function hasWords(capture: CaptureSummary, typed: string): boolean {
  const { name, status, model, asked = '' } = capture;
  const text = `${name} ${status} ${model} ${asked}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
