import { join } from 'node:path';
import * as v from 'valibot';
import { Settings, type SettingsPatch } from '../src-ipc/contract.ts';
import { JsonFile } from './json-file.ts';

/** What the page keeps between starts. */
export class SettingsStore {
  readonly #file: JsonFile<typeof Settings>;

  constructor(folder: string, notice: (message: string) => void) {
    const path = join(folder, 'settings.json');
    this.#file = new JsonFile(path, Settings, () => v.parse(Settings, {}), notice);
  }

  get(): Settings {
    return this.#file.value;
  }

  /** Fields that are left out stay as they are. @throws system errors of writing */
  set(patch: v.InferOutput<typeof SettingsPatch>): Settings {
    const next: Record<string, unknown> = { ...this.#file.value };
    for (const [name, value] of Object.entries(patch)) {
      if (value !== undefined) next[name] = value;
    }
    this.#file.write(v.parse(Settings, next));
    return this.#file.value;
  }
}
