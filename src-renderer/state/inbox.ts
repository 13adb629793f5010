import type { Events } from '../../src-ipc/contract.ts';
import { listen } from '../api.ts';

const NAMES = [
  'captures.changed',
  'captures.importProgress',
  'captures.imported',
  'schemas.changed',
  'replayServer.changed',
  'runs.changed',
  'servers.changed',
  'exports.progress',
  'app.notice',
] as const;
type Name = (typeof NAMES)[number];
type Handlers = { [Each in Name]: (event: Events[Each]) => void };

/** Keeps what main tells while the window is being built, in order, until there is one to tell. */
export class Inbox {
  #handlers: Handlers | null = null;
  #waiting: (() => void)[] = [];

  constructor() {
    for (const name of NAMES) this.#listen(name);
  }

  #listen<Each extends Name>(name: Each): void {
    listen(name, (event) => {
      if (this.#handlers) this.#handlers[name](event);
      else this.#waiting.push(() => this.#handlers![name](event));
    });
  }

  deliver(handlers: Handlers): void {
    this.#handlers = handlers;
    for (const tell of this.#waiting.splice(0)) tell();
  }
}
