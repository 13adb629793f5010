import type { Settings } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';
import { StoredValues } from './stored.svelte.ts';

/** How the window is set up. */
export class SettingsState extends StoredValues<Settings> {
  constructor(values: Settings, onError: (error: unknown) => void) {
    super(values, (patch) => api.settings.set(patch), onError);
  }

  size(name: string, fallback: number): number {
    return this.values.sizes[name] ?? fallback;
  }
  setSize(name: string, size: number): void {
    this.set({ sizes: { ...this.values.sizes, [name]: Math.round(size) } });
  }
}
