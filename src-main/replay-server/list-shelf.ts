import type { Recorded } from '../../src-core/replay/recorded.ts';
import { answerOf, type Shelf } from './shelf.ts';

/** A recording that is served from memory. */
export type NamedRecording = { name: string; body: Uint8Array } & Partial<Recorded>;

/** A shelf of recordings that are in memory; what they do not say is not known. */
export function listShelf(list: readonly NamedRecording[]): Shelf {
  const recordings = list.map(({ name, ...known }, at) => {
    const recorded: Recorded = {
      ...{ request: null, response: null, timing: null, end: null, chunks: null, wire: null },
      ...known,
    };
    const answer = answerOf(recorded.request, recorded.body);
    return { id: String(at), name, answer, read: () => Promise.resolve(recorded) };
  });
  return {
    list: () => Promise.resolve({ recordings, faults: [] }),
    add: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
