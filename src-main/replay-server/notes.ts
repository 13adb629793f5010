import type { FaultList } from '../../src-core/faults/fault-list.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import { bytesText } from '../wording.ts';
import type { Played } from './playing.ts';

/** What is served, as the log says it. */
export function servedNote(name: string, pace: Pace, faults: FaultList | null): string {
  const count = faults?.faults.length ?? 0;
  const broken = count === 0 ? '' : `, with ${count} ${count === 1 ? 'fault' : 'faults'}`;
  return `${name}, ${paceText(pace)}${broken}`;
}

/** Likewise, once it is over. */
export function playedNote(served: string, { by, bytes, allBytes }: Played): string {
  const sent =
    bytes === allBytes
      ? bytesText(bytes)
      : `${bytes.toLocaleString('en-US')} of ${bytesText(allBytes)}`;
  switch (by) {
    case 'server':
      return `${served}: ${sent}.`;
    case 'client':
      return `${served}: the client went away after ${sent}.`;
    case 'person':
      return `${served}: the server was stopped after ${sent}.`;
  }
}

function paceText(pace: Pace): string {
  switch (pace.kind) {
    case 'recorded':
      return pace.factor === 1 ? 'as recorded' : `at ${pace.factor}x`;
    case 'instant':
      return 'at once';
    case 'rate':
      return `${pace.perSecond} ${pace.unit} a second`;
    case 'by hand':
      return 'by hand';
  }
}
