import type { CaptureSummary } from '../../src-core/capture.ts';
import type { ReplayServerEntry } from '../../src-ipc/contract.ts';
import type { ServerLogEntry } from '../../src-ipc/server-contract.ts';
import { duration, plural } from '../state/format.ts';

/** A request in a log: the built-in server tells less of it. */
export type LogEntry = ReplayServerEntry & Partial<ServerLogEntry>;

/** What became of a request that made or served a capture: what the capture says, and the server's note. */
export function answerWords(entry: LogEntry, capture: CaptureSummary | undefined): string {
  const facts = capture ? captureWords(capture) : [];
  return [entry.note, ...facts].filter(Boolean).join(' · ');
}

function captureWords({ model, events, durationUs, timed }: CaptureSummary): string[] {
  const words = [model];
  if (events > 0) words.push(plural(events, 'event'));
  if (timed && durationUs > 0) words.push(duration(durationUs));
  return words;
}

/** How an HTTP status is coloured; 0 is none yet. */
export function statusClass(status: number): string {
  if (status === 0) return 'dim';
  return status < 400 ? 'status-completed' : 'status-failed';
}
