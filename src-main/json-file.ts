import { copyFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as v from 'valibot';
import { writeFileAtomic } from './atomic-file.ts';
import { messageOf, systemCode } from './refusal.ts';

/** What is left of a value, and what was taken out, in words; empty for nothing. */
export type Mend = (value: unknown) => { value: unknown; lost: string };

/**
 * A small JSON file that main keeps, validated when it is read. A broken one is put aside under
 * another name, never overwritten, and the defaults count.
 */
export class JsonFile<Schema extends v.GenericSchema> {
  readonly #path: string;
  readonly #schema: Schema;
  readonly #defaults: () => v.InferOutput<Schema>;
  readonly #notice: (message: string) => void;
  readonly #mend: Mend | undefined;
  #value: v.InferOutput<Schema> | null = null;

  /**
   * @param notice called with a sentence for the person when the file could not be used.
   * @param mend takes out what is damaged before the rest is validated.
   */
  constructor(
    path: string,
    schema: Schema,
    defaults: () => v.InferOutput<Schema>,
    notice: (message: string) => void,
    mend?: Mend,
  ) {
    this.#path = path;
    this.#schema = schema;
    this.#defaults = defaults;
    this.#notice = notice;
    this.#mend = mend;
  }

  get value(): v.InferOutput<Schema> {
    this.#value ??= this.#read() as v.InferOutput<Schema>;
    return this.#value as v.InferOutput<Schema>;
  }

  /** @throws system errors of writing; the value in memory is the new one all the same. */
  write(value: v.InferOutput<Schema>): void {
    this.#value = value;
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileAtomic(this.#path, `${JSON.stringify(value, null, 2)}\n`);
  }

  #read(): v.InferOutput<Schema> {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') {
        this.#notice(
          `${basename(this.#path)} can't be read (${messageOf(error)}); defaults are used.`,
        );
      }
      return this.#defaults();
    }
    try {
      const { value, lost } = this.#mended(JSON.parse(text));
      const parsed = v.parse(this.#schema, value) as v.InferOutput<Schema>;
      if (lost !== '') this.#copyAside(lost);
      return parsed;
    } catch (error) {
      return this.#putAside(error);
    }
  }

  #mended(value: unknown): ReturnType<Mend> {
    return this.#mend?.(value) ?? { value, lost: '' };
  }

  #copyAside(lost: string): void {
    const name = basename(this.#path);
    const aside = this.#asidePath();
    let kept = `the file as it was is kept as ${basename(aside)}`;
    try {
      copyFileSync(this.#path, aside);
    } catch (error) {
      kept = `the file could not be kept as it was (${messageOf(error)})`;
    }
    this.#notice(`${name} is damaged: ${lost} left out, the rest is used; ${kept}.`);
  }

  #asidePath(): string {
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    return `${this.#path}.broken-${stamp}`;
  }

  #putAside(error: unknown): v.InferOutput<Schema> {
    const name = basename(this.#path);
    const aside = this.#asidePath();
    let kept = `it is kept as ${basename(aside)}`;
    try {
      renameSync(this.#path, aside);
    } catch {
      kept = 'it stays where it is until something is saved';
    }
    this.#notice(`${name} is damaged (${messageOf(error)}); ${kept}, and defaults are used.`);
    return this.#defaults();
  }
}
