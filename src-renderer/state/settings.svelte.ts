import type { Settings } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';

/** What is kept between starts. Changes show at once and are written a moment later. */
export class SettingsState {
  #values: Settings;
  #pending: Partial<Settings> = {};
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #onError: (error: unknown) => void;

  constructor(values: Settings, onError: (error: unknown) => void) {
    this.#values = $state.raw(values);
    this.#onError = onError;
    window.addEventListener('pagehide', () => this.#write());
  }

  get values(): Settings {
    return this.#values;
  }

  set(patch: Partial<Settings>): void {
    this.#values = { ...this.#values, ...patch };
    this.#pending = { ...this.#pending, ...patch };
    this.#timer ??= setTimeout(() => this.#write(), 300);
  }

  size(name: string, fallback: number): number {
    return this.#values.sizes[name] ?? fallback;
  }
  setSize(name: string, size: number): void {
    this.set({ sizes: { ...this.#values.sizes, [name]: Math.round(size) } });
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const patch = this.#pending;
    if (Object.keys(patch).length === 0) return;
    this.#pending = {};
    api.settings.set(patch).catch(this.#onError);
  }
}
