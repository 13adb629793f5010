import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { isCaptureId } from './capture-id.ts';

/** How long deleted captures can be brought back, in milliseconds. */
export const TRASH_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Deleted captures: whole folders, moved aside, so that undo is a move back. */
export class Trash {
  readonly #folder: string;
  readonly #captures: string;

  constructor(folder: string, captures: string) {
    this.#folder = folder;
    this.#captures = captures;
  }

  /** @throws Refusal `no-such-capture`; system errors of moving (an open file on Windows). */
  put(id: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const target = join(this.#folder, id);
    this.#move(join(this.#captures, id), target, id);
    // A move keeps the folder's time; from now on it is the time of the deletion.
    const now = new Date();
    utimesSync(target, now, now);
  }

  /** @throws Refusal `no-such-capture` if it was deleted for good; `capture-exists`. */
  restore(id: string): void {
    this.#move(join(this.#folder, id), join(this.#captures, id), id);
  }

  /** Deletes for good what was put in more than `TRASH_KEPT_MS` ago. */
  empty(now = Date.now()): void {
    let ids: string[];
    try {
      ids = readdirSync(this.#folder).filter(isCaptureId);
    } catch {
      return;
    }
    for (const id of ids) {
      const folder = join(this.#folder, id);
      try {
        if (now - statSync(folder).mtimeMs > TRASH_KEPT_MS) rmSync(folder, { recursive: true });
      } catch {
        // In use or not ours: the next start tries again.
      }
    }
  }

  #move(from: string, to: string, id: string): void {
    if (!existsSync(from)) {
      throw new Refusal('no-such-capture', 'This capture is no longer there.', id);
    }
    // On POSIX a rename replaces an empty folder silently.
    if (existsSync(to)) {
      throw new Refusal('capture-exists', 'There is a capture of the same id already.', id);
    }
    renameSync(from, to);
  }
}
