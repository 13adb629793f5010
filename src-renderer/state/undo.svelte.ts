import type { Notices } from './notices.svelte.ts';

interface Step {
  what: string;
  run: () => void;
}

/** What was taken away and can be brought back: by its message's button, or the last one by key. */
export class Undo {
  readonly #notices: Notices;
  #steps = $state.raw<readonly Step[]>([]);

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** What would be undone, as in `remove of breakpoint type:error`; null for nothing. */
  get what(): string | null {
    return this.#steps.at(-1)?.what ?? null;
  }

  /** Says what was done, and how to undo it. */
  offer(message: string, what: string, run: () => void): void {
    const step = { what, run };
    this.#steps = [...this.#steps.slice(-49), step];
    this.#notices.add('note', message, { label: 'Undo', run: () => this.#undo(step) });
  }

  /** Undoes the last step that was not undone. */
  last(): void {
    const step = this.#steps.at(-1);
    if (step) this.#undo(step);
  }

  #undo(step: Step): void {
    if (!this.#steps.includes(step)) return;
    this.#steps = this.#steps.filter((one) => one !== step);
    step.run();
  }
}
