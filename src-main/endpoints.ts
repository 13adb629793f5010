import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Endpoint, EndpointInput } from '../src-ipc/contract.ts';
import { JsonFile } from './json-file.ts';
import type { KeyStore } from './keys.ts';
import { Refusal } from './refusal.ts';

/** The replay server of the app itself. */
export const BUILT_IN = 'built-in';

const EndpointsFile = v.object({
  version: v.literal(1),
  endpoints: v.array(v.required(EndpointInput, ['id'])),
});
type StoredEndpoint = v.InferOutput<typeof EndpointsFile>['endpoints'][number];

const OPENAI: StoredEndpoint = {
  id: 'openai',
  name: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  headers: [],
  keyHeader: 'authorization',
};

export interface EndpointStoreOptions {
  folder: string;
  keys: KeyStore;
  /** The replay server's base URL, `''` while it is stopped. */
  builtInUrl(): string;
  notice(message: string): void;
}

/** Where requests go: the built-in replay server, OpenAI, and what the person adds. */
export class EndpointStore {
  readonly #options: EndpointStoreOptions;
  readonly #file: JsonFile<typeof EndpointsFile>;

  constructor(options: EndpointStoreOptions) {
    this.#options = options;
    this.#file = new JsonFile(
      join(options.folder, 'endpoints.json'),
      EndpointsFile,
      () => ({ version: 1 as const, endpoints: [OPENAI] }),
      options.notice,
    );
  }

  list(): Endpoint[] {
    return [this.#builtIn(), ...this.#file.value.endpoints.map((stored) => this.#endpoint(stored))];
  }

  /** @throws Refusal `no-such-endpoint` */
  get(id: string): Endpoint {
    return id === BUILT_IN ? this.#builtIn() : this.#endpoint(this.#stored(id));
  }

  /**
   * Adds or replaces one. A key belongs to the server it was entered for: when the base URL moves to
   * another origin the key is forgotten, so that nobody can send it elsewhere by editing a URL.
   * @throws Refusal `not-editable`, `no-such-endpoint`, `bad-url`
   */
  save(input: EndpointInput): Endpoint {
    this.#refuseBuiltIn(input.id);
    if (new URL(input.baseUrl).username !== '' || new URL(input.baseUrl).password !== '') {
      throw new Refusal(
        'bad-url',
        'A base URL must hold no user or password: send them as a header.',
      );
    }
    const { endpoints } = this.#file.value;
    const saved: StoredEndpoint = { ...input, id: input.id ?? newId() };
    if (input.id === undefined) this.#write([...endpoints, saved]);
    else {
      const before = this.#stored(input.id);
      if (new URL(before.baseUrl).origin !== new URL(saved.baseUrl).origin) {
        this.#options.keys.clear(saved.id);
      }
      this.#write(endpoints.map((known) => (known.id === saved.id ? saved : known)));
    }
    return this.#endpoint(saved);
  }

  /** Forgets its key too. @throws Refusal `not-editable`, `no-such-endpoint` */
  delete(id: string): void {
    this.#refuseBuiltIn(id);
    this.#stored(id);
    this.#options.keys.clear(id);
    this.#write(this.#file.value.endpoints.filter((known) => known.id !== id));
  }

  /** @throws Refusal `not-editable`, `no-such-endpoint` */
  setKey(id: string, key: string): Endpoint {
    this.#refuseBuiltIn(id);
    const stored = this.#stored(id);
    this.#options.keys.set(id, key);
    return this.#endpoint(stored);
  }

  /** @throws Refusal `not-editable`, `no-such-endpoint` */
  clearKey(id: string): Endpoint {
    this.#refuseBuiltIn(id);
    const stored = this.#stored(id);
    this.#options.keys.clear(id);
    return this.#endpoint(stored);
  }

  #write(endpoints: StoredEndpoint[]): void {
    this.#file.write({ version: 1, endpoints });
  }

  #stored(id: string): StoredEndpoint {
    const stored = this.#file.value.endpoints.find((known) => known.id === id);
    if (!stored) throw new Refusal('no-such-endpoint', 'This endpoint is no longer there.', id);
    return stored;
  }

  #refuseBuiltIn(id: string | undefined): void {
    if (id === BUILT_IN) {
      throw new Refusal(
        'not-editable',
        'The built-in endpoint is part of the app: it has nothing to set.',
      );
    }
  }

  #endpoint(stored: StoredEndpoint): Endpoint {
    return { ...stored, builtIn: false, key: this.#options.keys.state(stored.id) };
  }

  #builtIn(): Endpoint {
    return {
      id: BUILT_IN,
      name: 'Built-in replay',
      baseUrl: this.#options.builtInUrl(),
      headers: [],
      keyHeader: 'authorization',
      builtIn: true,
      key: 'none',
    };
  }
}

function newId(): string {
  return `endpoint-${randomBytes(5).toString('hex')}`;
}
