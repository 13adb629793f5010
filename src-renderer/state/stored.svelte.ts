/** Values that main keeps between starts. Changes show at once and are written a moment later. */
export class StoredValues<Values extends object> {
  #values: Values;
  #pending: Partial<Values> = {};
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #save: (patch: Partial<Values>) => Promise<unknown>;
  readonly #onError: (error: unknown) => void;

  constructor(
    values: Values,
    save: (patch: Partial<Values>) => Promise<unknown>,
    onError: (error: unknown) => void,
  ) {
    this.#values = $state.raw(values);
    this.#save = save;
    this.#onError = onError;
    window.addEventListener('pagehide', () => this.#write());
  }

  get values(): Values {
    return this.#values;
  }

  set(patch: Partial<Values>): void {
    this.#values = { ...this.#values, ...patch };
    this.#pending = { ...this.#pending, ...patch };
    this.#timer ??= setTimeout(() => this.#write(), 300);
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const patch = this.#pending;
    if (Object.keys(patch).length === 0) return;
    this.#pending = {};
    // Field by field: one that main refuses takes no other with it.
    for (const name of Object.keys(patch) as (keyof Values)[]) {
      const field: Partial<Values> = {};
      field[name] = patch[name];
      this.#save(field).catch(this.#onError);
    }
  }
}
