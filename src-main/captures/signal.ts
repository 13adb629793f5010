/**
 * Wakes one waiting loop. A notification that comes while nobody waits is kept for the next wait, so
 * none is lost between looking and waiting; several count as one.
 */
export class Signal {
  #notified = false;
  #resolve: (() => void) | null = null;

  notify(): void {
    const resolve = this.#resolve;
    if (resolve) {
      this.#resolve = null;
      resolve();
    } else this.#notified = true;
  }

  wait(): Promise<void> {
    if (this.#notified) {
      this.#notified = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => (this.#resolve = resolve));
  }
}
