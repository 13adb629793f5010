import { SvelteMap } from 'svelte/reactivity';
import type { SchemaVersion } from '../../src-core/schema.ts';
import type { OpenSchema } from './open-schema.svelte.ts';
import { versionWords } from './version-words.ts';

/**
 * What changed with each version, in words. They are worked out one after another for those that are
 * asked for, and kept: versions never change.
 */
export class VersionChanges {
  readonly #schemaOf: () => OpenSchema;
  readonly #words = new SvelteMap<string, string>();
  /** Counts the questions: an earlier one ends when there is another. */
  #asked = 0;
  /** What the working text changes of the newest version; `''` before that is known. */
  ofText = $state('');

  constructor(schemaOf: () => OpenSchema) {
    this.#schemaOf = schemaOf;
  }

  /** `''` for the first one, and before they are known. */
  of(number: number): string {
    return this.#words.get(`${this.#schemaOf().id} ${number}`) ?? '';
  }

  /** Works out the words of these; to be called in an effect. */
  find(versions: readonly SchemaVersion[]): () => void {
    const asked = ++this.#asked;
    const schema = this.#schemaOf();
    const { text, name, description, strict, kind, fault } = schema;
    const present = { text, name, description, strict, kind };
    void (async () => {
      const isStale = () => asked !== this.#asked;
      const read = async (version: SchemaVersion) => ({
        ...version,
        text: await schema.versionText(version.number),
      });
      try {
        const newest = schema.versions.at(-1);
        const words = newest && !fault ? versionWords(await read(newest), present) : '';
        if (isStale()) return;
        this.ofText = words;
        for (const version of versions) {
          const key = `${schema.id} ${version.number}`;
          if (this.#words.has(key)) continue;
          const before = schema.versions[schema.versions.indexOf(version) - 1];
          const found = versionWords(before ? await read(before) : null, await read(version));
          if (isStale()) return;
          this.#words.set(key, found);
        }
      } catch {
        // A version whose file is gone says nothing; choosing it says why.
      }
    })();
    return () => this.#asked++;
  }
}
