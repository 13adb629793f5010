import { messageOf } from '../refusal.ts';
import type { CaptureStore } from '../captures/store.ts';
import { answerIn, readRecorded } from './read-recorded.ts';
import type { Shelf, Shelved } from './shelf.ts';

/** The captures of those ids, in that order. */
export class StoreShelf implements Shelf {
  readonly #store: CaptureStore;
  readonly #ids: string[];
  readonly #known = new Map<string, Shelved>();

  constructor(store: CaptureStore, ids: readonly string[]) {
    this.#store = store;
    this.#ids = [...ids];
  }

  async list(): Promise<{ recordings: Shelved[]; faults: string[] }> {
    const recordings: Shelved[] = [];
    const faults: string[] = [];
    for (const id of this.#ids) {
      try {
        recordings.push(await this.#shelved(id));
      } catch (error) {
        this.#known.delete(id);
        faults.push(`The capture ${id} can't be served: ${messageOf(error)}`);
      }
    }
    return { recordings, faults };
  }

  add(capture: string): Promise<void> {
    this.#ids.push(capture);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#known.clear();
    return Promise.resolve();
  }

  async #shelved(id: string): Promise<Shelved> {
    const { name, request, end, dialect } = this.#store.meta(id);
    if (!end) throw new Error(`${name} is still being recorded.`);
    const known = this.#known.get(id);
    const now = { name, ...(dialect && { dialect }) };
    if (known) return { ...known, ...now };
    const paths = this.#store.paths(id);
    const answer = await answerIn(paths, request);
    const read = () => readRecorded(paths, this.#store.meta(id));
    // A person may name it, and read it as something else, at any time.
    const shelved = { id, name: '', answer, read };
    this.#known.set(id, shelved);
    return { ...shelved, ...now };
  }
}
