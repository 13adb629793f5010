import type { DialectId } from '../../src-core/dialects/dialect.ts';
import type { Recorded } from '../../src-core/replay/recorded.ts';
import { answerOf, type Shelf } from './shelf.ts';

/** A recording that is served from memory. */
export type NamedRecording = {
  name: string;
  body: Uint8Array;
  /** See `Shelved`. */
  dialect?: DialectId;
} & Partial<Recorded>;

/** A shelf of recordings that are in memory; what they do not say is not known. */
export function listShelf(list: readonly NamedRecording[]): Shelf {
  const recordings = list.map(({ name, dialect, ...known }, at) => {
    const recorded: Recorded = {
      ...{ request: null, response: null, timing: null, end: null, chunks: null, wire: null },
      ...known,
    };
    const answer = answerOf(recorded.request, recorded.body);
    const read = () => Promise.resolve(recorded);
    return { id: String(at), name, answer, read, ...(dialect && { dialect }) };
  });
  return {
    list: () => Promise.resolve({ recordings, faults: [] }),
    add: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
