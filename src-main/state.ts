import { join } from 'node:path';
import * as v from 'valibot';
import { JsonFile } from './json-file.ts';

/** What main itself remembers between starts; the page never sees it. */
const State = v.object({
  version: v.literal(1),
  /** The examples have been imported once: those that were deleted stay deleted. */
  examplesImported: v.optional(v.boolean(), false),
  window: v.optional(
    v.nullable(
      v.object({
        x: v.number(),
        y: v.number(),
        width: v.number(),
        height: v.number(),
        maximized: v.boolean(),
      }),
    ),
    null,
  ),
});
export type State = v.InferOutput<typeof State>;
export type WindowState = NonNullable<State['window']>;

export class StateStore {
  readonly #file: JsonFile<typeof State>;

  constructor(folder: string, notice: (message: string) => void) {
    const path = join(folder, 'state.json');
    this.#file = new JsonFile(path, State, () => v.parse(State, { version: 1 }), notice);
  }

  get(): State {
    return this.#file.value;
  }

  /** @throws system errors of writing */
  set(patch: Partial<Omit<State, 'version'>>): void {
    this.#file.write({ ...this.#file.value, ...patch });
  }
}
