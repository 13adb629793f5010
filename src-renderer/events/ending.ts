import type { CaptureEnd, CaptureOrigin, StreamStatus } from '../../src-core/capture.ts';
import type { Dialect } from '../../src-core/dialects/dialect.ts';
import type { Problem } from '../../src-core/problem.ts';

/** The rules that say that bytes at the end are no whole event. */
const CUT = new Set(['W7', 'W13', 'W14', 'W16']);

export interface EndedStream {
  end: CaptureEnd;
  status: StreamStatus;
  dialect: Dialect;
  origin: CaptureOrigin['kind'];
  /** What was found, silenced or not. */
  problems: readonly Problem[];
}

/** How a stream with events ended, where that is not the regular end of its protocol; null where it is. */
export function endingOf({ end, status, dialect, origin, problems }: EndedStream): string | null {
  if (end.kind !== 'closed') return end.message;
  if (status !== 'disconnected') return null;
  const cut = problems.find(({ rule }) => CUT.has(rule));
  if (cut) return cut.message;
  const isSeen = origin === 'request' || origin === 'proxy';
  const closed = isSeen ? 'The server closed the stream' : 'The stream ends';
  return `${closed} in the regular way, but ${dialect.endsWith} never came.`;
}
