export interface Notice {
  id: number;
  severity: 'error' | 'warning' | 'note';
  message: string;
  action: { label: string; run: () => void } | null;
}

/** Short messages over the window: what went wrong with an action, or how to take it back. */
export class Notices {
  #list = $state.raw<Notice[]>([]);
  #next = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Errors stay until they are closed; others leave after a while. */
  add(severity: Notice['severity'], message: string, action: Notice['action'] = null): void {
    const notice = { id: this.#next++, severity, message, action };
    this.#list = [...this.#list.slice(-3), notice];
    if (severity !== 'error') setTimeout(() => this.close(notice.id), action ? 12_000 : 6_000);
  }

  error(error: unknown): void {
    this.add('error', error instanceof Error ? error.message : String(error));
  }

  close(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
