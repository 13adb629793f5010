export interface Notice {
  id: number;
  severity: 'error' | 'warning' | 'note';
  message: string;
  action: { label: string; run: () => void } | null;
}

/** Messages that stand at once: more would lie on what is worked with. */
const MOST = 2;

/** Short messages over the window: what went wrong with an action, or how to take it back. */
export class Notices {
  #list = $state.raw<Notice[]>([]);
  #next = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Errors stay for half a minute, others leave sooner. */
  add(severity: Notice['severity'], message: string, action: Notice['action'] = null): void {
    const notice = { id: this.#next++, severity, message, action };
    // Said again, it is one message.
    const others = this.#list.filter((one) => one.message !== message || one.action !== action);
    // An error stays longer than what can be read again elsewhere.
    while (others.length >= MOST) {
      const calm = others.findIndex((one) => one.severity !== 'error');
      others.splice(Math.max(0, calm), 1);
    }
    this.#list = [...others, notice];
    const ms = severity === 'error' ? 30_000 : action ? 12_000 : 6_000;
    setTimeout(() => this.close(notice.id), ms);
  }

  error(error: unknown): void {
    this.add('error', error instanceof Error ? error.message : String(error));
  }

  close(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
