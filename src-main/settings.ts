import { join } from 'node:path';
import * as v from 'valibot';
import { MOST_ENTRIES, Settings, Workspace, WorkspaceEntry } from '../src-ipc/contract.ts';
import { JsonFile, type Mend } from './json-file.ts';
import { soundEntries } from './sound-entries.ts';

/** A JSON file of fields that the page keeps between starts, changed field by field. */
class FieldStore<Schema extends v.GenericSchema<unknown, object>> {
  readonly #schema: Schema;
  readonly #file: JsonFile<Schema>;

  constructor(path: string, schema: Schema, notice: (message: string) => void, mend?: Mend) {
    this.#schema = schema;
    this.#file = new JsonFile(path, schema, () => v.parse(schema, {}), notice, mend);
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
    super(join(folder, 'workspace.json'), Workspace, notice, mendWorkspace);
  }
}

const LIST_NAMES = {
  breakpoints: 'breakpoints',
  watches: 'watches',
  filters: 'saved filters',
  colorRules: 'colour rules',
};

/** One bad or repeated entry costs nothing but itself. */
function mendWorkspace(value: unknown): ReturnType<Mend> {
  if (typeof value !== 'object' || value === null) return { value, lost: '' };
  const mended: Record<string, unknown> = { ...value };
  const lost: string[] = [];
  for (const name of Object.keys(LIST_NAMES) as (keyof typeof LIST_NAMES)[]) {
    const list = mended[name];
    if (list === undefined) continue;
    const schema: v.GenericSchema<unknown, { id: string }> = WorkspaceEntry[name];
    const kept = Array.isArray(list)
      ? soundEntries(list, schema, ({ id }) => id, MOST_ENTRIES)
      : [];
    mended[name] = kept;
    if (!Array.isArray(list)) lost.push(`all ${LIST_NAMES[name]}`);
    else if (kept.length < list.length)
      lost.push(`${list.length - kept.length} of ${list.length} ${LIST_NAMES[name]}`);
  }
  return { value: mended, lost: lost.join(', ') };
}
