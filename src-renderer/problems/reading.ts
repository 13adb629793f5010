import type { DialectId } from '../../src-core/dialects/dialect.ts';
import { api } from '../api.ts';
import type { Session } from '../state/session.svelte.ts';

/** As much of the window's state as this needs. */
interface Owner {
  readonly session: Session | null;
  reread(): void;
  try<T>(action: () => Promise<T>): Promise<T | undefined>;
}

/** What the open capture is read as and judged by, where a person knows better than its events. */
export class Reading {
  readonly #app: Owner;

  constructor(app: Owner) {
    this.#app = app;
  }

  /** Judges the capture by a profile, null for the one that is recognised; kept with the capture. */
  chooseProfile(profile: string | null): void {
    const view = this.#app.session?.view;
    if (!view || view.chosenProfile === profile) return;
    view.setProfile(profile);
    void this.#app.try(() => api.captures.setProfile({ id: view.id, profile }));
  }

  /** Reads the capture as a dialect, null for what its events say; kept with the capture. */
  async chooseDialect(dialect: DialectId | null): Promise<void> {
    const view = this.#app.session?.view;
    if (!view || (view.meta.dialect ?? null) === dialect) return;
    await this.#app.try(async () => {
      await api.captures.setDialect({ id: view.id, dialect });
      // Another one may be open by now.
      if (this.#app.session?.view === view) this.#app.reread();
    });
  }
}
