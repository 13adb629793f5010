import { join } from 'node:path';
import * as v from 'valibot';
import { JsonFile } from './json-file.ts';
import { messageOf } from './refusal.ts';

/** Encryption by the system, bound to its user: Electron's `safeStorage`. */
export interface SecretBox {
  /** False where the system has no keyring, or only pretends to have one. */
  readonly available: boolean;
  encrypt(text: string): Buffer;
  /** @throws whatever the system says, such as for another user's text */
  decrypt(bytes: Buffer): string;
}

const KeysFile = v.object({
  version: v.literal(1),
  /** Base64 of the encrypted key, by endpoint; of a header's secret, by endpoint and header. */
  keys: v.record(v.string(), v.pipe(v.string(), v.base64())),
});

/**
 * API keys by endpoint, and the secrets in an endpoint's headers. They are kept encrypted by the system, or where it can't, in memory until the
 * app ends. They leave this object only towards a request's head.
 */
export class KeyStore {
  readonly #file: JsonFile<typeof KeysFile>;
  readonly #box: SecretBox;
  readonly #notice: (message: string) => void;
  readonly #memory = new Map<string, string>();
  readonly #unreadable = new Set<string>();

  constructor(folder: string, box: SecretBox, notice: (message: string) => void) {
    const none = () => ({ version: 1 as const, keys: {} });
    this.#file = new JsonFile(join(folder, 'keys.json'), KeysFile, none, notice);
    this.#box = box;
    this.#notice = notice;
  }

  get encryption(): boolean {
    return this.#box.available;
  }

  state(endpoint: string): 'none' | 'memory' | 'encrypted' {
    if (this.#memory.has(endpoint)) return 'memory';
    return this.#stored(endpoint) === undefined ? 'none' : 'encrypted';
  }

  /** Null where there is none, or where the system no longer gives it out. */
  get(endpoint: string): string | null {
    const inMemory = this.#memory.get(endpoint);
    if (inMemory !== undefined) return inMemory;
    const stored = this.#stored(endpoint);
    if (stored === undefined || !this.#box.available) return null;
    try {
      return this.#box.decrypt(Buffer.from(stored, 'base64'));
    } catch (error) {
      this.#unreadable.add(endpoint);
      this.#notice(
        `A stored key can't be decrypted any more; enter it again. (${messageOf(error)})`,
      );
      return null;
    }
  }

  set(endpoint: string, key: string): void {
    this.clear(endpoint);
    if (!this.#box.available) {
      this.#memory.set(endpoint, key);
      return;
    }
    const encrypted = this.#box.encrypt(key).toString('base64');
    this.#file.write({ version: 1, keys: { ...this.#file.value.keys, [endpoint]: encrypted } });
  }

  clear(endpoint: string): void {
    this.#memory.delete(endpoint);
    this.#unreadable.delete(endpoint);
    if (!Object.hasOwn(this.#file.value.keys, endpoint)) return;
    const keys = { ...this.#file.value.keys };
    delete keys[endpoint];
    this.#file.write({ version: 1, keys });
  }

  #stored(endpoint: string): string | undefined {
    const { keys } = this.#file.value;
    if (this.#unreadable.has(endpoint) || !Object.hasOwn(keys, endpoint)) return undefined;
    return keys[endpoint];
  }
}
