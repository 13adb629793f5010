import type { CaptureSummary } from '../src-core/capture.ts';
import type { Events } from '../src-ipc/contract.ts';

export type SendEvent = <Name extends keyof Events>(name: Name, event: Events[Name]) => void;

/**
 * The events for one page, held back until it listens. A page that loads or reloads hears nothing:
 * what was said meanwhile (a file that was opened, a notice) is told when it first asks for the list.
 */
export class PageEvents {
  readonly #send: SendEvent;
  #listening = false;
  #select: string | null = null;
  #captures: CaptureSummary[] | null = null;
  #notices: Events['app.notice'][] = [];
  #imported: Events['captures.imported'][] = [];
  #commands: Events['menu.command'][] = [];

  constructor(send: SendEvent) {
    this.#send = send;
  }

  readonly send: SendEvent = (name, event) => {
    if (this.#listening || !this.#hold(name, event)) this.#send(name, event);
  };

  /** The page has shown that it runs. */
  listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    if (this.#captures && this.#select !== null) {
      this.#send('captures.changed', { captures: this.#captures, select: this.#select });
    }
    for (const notice of this.#notices) this.#send('app.notice', notice);
    for (const report of this.#imported) this.#send('captures.imported', report);
    for (const command of this.#commands) this.#send('menu.command', command);
    this.#forget();
  }

  /** Another page takes its place: until it listens again everything is held back. */
  pause(): void {
    this.#listening = false;
  }

  /** @returns false for what is not worth holding: a page that starts asks for it anyway. */
  #hold<Name extends keyof Events>(name: Name, event: Events[Name]): boolean {
    const held: { [Name in keyof Events]?: (event: Events[Name]) => void } = {
      'captures.changed': ({ captures, select }) => {
        this.#captures = captures;
        this.#select = select ?? this.#select;
      },
      'app.notice': (notice) => this.#notices.push(notice),
      'captures.imported': (report) => this.#imported.push(report),
      'menu.command': (command) => this.#commands.push(command),
    };
    held[name]?.(event);
    return held[name] !== undefined;
  }

  #forget(): void {
    this.#select = null;
    this.#captures = null;
    this.#notices = [];
    this.#imported = [];
    this.#commands = [];
  }
}
