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
import { isFolderId } from './folder-id.ts';
import { Refusal } from './refusal.ts';

/** How long what was deleted can be brought back, in milliseconds. */
export const TRASH_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Deleted captures or schemas: whole folders, moved aside, so that undo is a move back. */
export class Trash {
  readonly #folder: string;
  readonly #home: string;
  readonly #what: 'capture' | 'schema';

  /** @param home the folder whose folders are put in, and go back to. */
  constructor(folder: string, home: string, what: 'capture' | 'schema') {
    this.#folder = folder;
    this.#home = home;
    this.#what = what;
  }

  /** @throws Refusal `no-such-capture` (or `-schema`); system errors of moving (an open file on Windows). */
  put(id: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const target = join(this.#folder, id);
    this.#move(join(this.#home, id), target, id);
    // A move keeps the folder's time; from now on it is the time of the deletion.
    const now = new Date();
    utimesSync(target, now, now);
  }

  /** @throws Refusal `no-such-capture` if it was deleted for good; `capture-exists`; the same of schemas. */
  restore(id: string): void {
    this.#move(join(this.#folder, id), join(this.#home, id), id);
  }

  /** Deletes for good what was put in more than `TRASH_KEPT_MS` ago. */
  empty(now = Date.now()): void {
    let ids: string[];
    try {
      ids = readdirSync(this.#folder).filter(isFolderId);
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
      throw new Refusal(`no-such-${this.#what}`, `This ${this.#what} is no longer there.`, id);
    }
    // On POSIX a rename replaces an empty folder silently.
    if (existsSync(to)) {
      const message = `There is a ${this.#what} of the same id already.`;
      throw new Refusal(`${this.#what}-exists`, message, id);
    }
    renameSync(from, to);
  }
}
