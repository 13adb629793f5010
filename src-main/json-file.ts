import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as v from 'valibot';
import { writeFileAtomic } from './atomic-file.ts';
import { messageOf, systemCode } from './refusal.ts';

/**
 * A small JSON file that main keeps, validated when it is read. A broken one is put aside under
 * another name, never overwritten, and the defaults count.
 */
export class JsonFile<Schema extends v.GenericSchema> {
  readonly #path: string;
  readonly #schema: Schema;
  readonly #defaults: () => v.InferOutput<Schema>;
  readonly #notice: (message: string) => void;
  #value: v.InferOutput<Schema> | null = null;

  /** @param notice called with a sentence for the person when the file could not be used. */
  constructor(
    path: string,
    schema: Schema,
    defaults: () => v.InferOutput<Schema>,
    notice: (message: string) => void,
  ) {
    this.#path = path;
    this.#schema = schema;
    this.#defaults = defaults;
    this.#notice = notice;
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
      return v.parse(this.#schema, JSON.parse(text)) as v.InferOutput<Schema>;
    } catch (error) {
      return this.#putAside(error);
    }
  }

  #putAside(error: unknown): v.InferOutput<Schema> {
    const name = basename(this.#path);
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const aside = `${this.#path}.broken-${stamp}`;
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
