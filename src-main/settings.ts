import { join } from 'node:path';
import * as v from 'valibot';
import { Settings, Workspace } from '../src-ipc/contract.ts';
import { JsonFile } from './json-file.ts';

/** A JSON file of fields that the page keeps between starts, changed field by field. */
class FieldStore<Schema extends v.GenericSchema<unknown, object>> {
  readonly #schema: Schema;
  readonly #file: JsonFile<Schema>;

  constructor(path: string, schema: Schema, notice: (message: string) => void) {
    this.#schema = schema;
    this.#file = new JsonFile(path, schema, () => v.parse(schema, {}), notice);
  }

  get(): v.InferOutput<Schema> {
    return this.#file.value;
  }

  /** Fields that are left out stay as they are. @throws system errors of writing */
  set(patch: { [Name in keyof v.InferOutput<Schema>]?: unknown }): v.InferOutput<Schema> {
    const next = { ...this.#file.value } as Record<string, unknown>;
    for (const [name, value] of Object.entries(patch)) {
      if (value !== undefined) next[name] = value;
    }
    this.#file.write(v.parse(this.#schema, next));
    return this.#file.value;
  }
}

/** How the window is set up. */
export class SettingsStore extends FieldStore<typeof Settings> {
  constructor(folder: string, notice: (message: string) => void) {
    super(join(folder, 'settings.json'), Settings, notice);
  }
}

/** What a person debugs with: breakpoints, watches, saved filters, colour rules. */
export class WorkspaceStore extends FieldStore<typeof Workspace> {
  constructor(folder: string, notice: (message: string) => void) {
    super(join(folder, 'workspace.json'), Workspace, notice);
  }
}
