import { MOST_SILENCED } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import type { Notices } from '../state/notices.svelte.ts';
import type { Session } from '../state/session.svelte.ts';
import type { SettingsState } from '../state/settings.svelte.ts';
import type { Undo } from '../state/undo.svelte.ts';
import type { Silenced } from './capture-problems.svelte.ts';

/** As much of the window's state as silencing needs. */
interface Owner {
  readonly session: Session | null;
  readonly settings: SettingsState;
  readonly undo: Undo;
  readonly notices: Notices;
  try<T>(action: () => Promise<T>): Promise<T | undefined>;
}

export type SilencedWhere = 'capture' | 'everywhere';

/** Rules that a person does not want to be told of: in the open capture, or in any. */
export class Silencing {
  readonly #app: Owner;

  constructor(app: Owner) {
    this.#app = app;
  }

  /** The ids of the rules that are silenced everywhere. */
  get everywhere(): readonly string[] {
    return this.#app.settings.values.silencedRules;
  }
  readonly #everywhereSet: ReadonlySet<string> = $derived(new Set(this.everywhere));

  /** What is silenced for an open capture. */
  of(view: Pick<CaptureView, 'silenced'>): Silenced {
    return { here: new Set(view.silenced), everywhere: this.#everywhereSet };
  }
  isSilencedEverywhere(rule: string): boolean {
    return this.#everywhereSet.has(rule);
  }

  /** Tells no more of a rule, and offers to take that back. */
  silence(rule: string, where: SilencedWhere): void {
    const view = this.#app.session?.view ?? null;
    if (where === 'capture' && !view) return;
    if (!this.#put(rule, where, view, true)) return;
    const place = where === 'capture' ? 'in this capture' : 'everywhere';
    this.#app.undo.offer(
      `Silenced ${rule} ${place}.`,
      `silencing of ${rule}`,
      () => void this.#put(rule, where, view, false),
    );
  }

  /** Tells of a rule again that was silenced, wherever it was. */
  takeBack(rule: string): void {
    const view = this.#app.session?.view ?? null;
    const here = view?.silenced.includes(rule) ?? false;
    const everywhere = this.#everywhereSet.has(rule);
    if (here) this.#put(rule, 'capture', view, false);
    if (everywhere) this.#put(rule, 'everywhere', view, false);
    if (!here && !everywhere) return;
    this.#app.undo.offer(`${rule} is told of again.`, `taking back of ${rule}`, () => {
      if (here) this.#put(rule, 'capture', view, true);
      if (everywhere) this.#put(rule, 'everywhere', view, true);
    });
  }

  /** Returns whether the list has changed. */
  #put(rule: string, where: SilencedWhere, view: CaptureView | null, isSilenced: boolean): boolean {
    const known = where === 'capture' ? (view?.silenced ?? []) : this.everywhere;
    const others = known.filter((one) => one !== rule);
    if (known.includes(rule) === isSilenced) return false;
    if (isSilenced && others.length >= MOST_SILENCED) {
      this.#app.notices.add(
        'error',
        `${MOST_SILENCED} rules are silenced. Take others back first.`,
      );
      return false;
    }
    const rules = isSilenced ? [...others, rule] : others;
    if (where === 'everywhere') this.#app.settings.set({ silencedRules: rules });
    else if (view) {
      view.setSilenced(rules);
      void this.#app.try(() => api.captures.setSilenced({ id: view.id, rules }));
    }
    return true;
  }
}
