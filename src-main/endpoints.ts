import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Api, API_FACTS, APIS } from '../src-core/apis.ts';
import { type Endpoint, EndpointInput } from '../src-ipc/contract.ts';
import { isSecretName } from '../src-ipc/secret-headers.ts';
import { JsonFile } from './json-file.ts';
import { KeptHeaders } from './kept-headers.ts';
import type { KeyStore } from './keys.ts';
import { Refusal } from './refusal.ts';

/** The replay server of the app itself, once for each API that it speaks. */
const BUILT_IN: Readonly<Record<Api, { id: string; name: string }>> = {
  responses: { id: 'built-in', name: 'Built-in replay' },
  chat: { id: 'built-in-chat', name: 'Built-in chat' },
  messages: { id: 'built-in-messages', name: 'Built-in messages' },
};

/** Secret headers stand in it with an empty value: the `KeyStore` has what they hold. */
const EndpointsFile = v.object({
  version: v.literal(1),
  endpoints: v.array(v.required(EndpointInput, ['id'])),
});
type StoredEndpoint = v.InferOutput<typeof EndpointsFile>['endpoints'][number];

const OPENAI: StoredEndpoint = {
  id: 'openai',
  name: 'OpenAI',
  api: 'responses',
  baseUrl: 'https://api.openai.com/v1',
  headers: [],
  keyHeader: 'authorization',
};

export interface EndpointStoreOptions {
  folder: string;
  keys: KeyStore;
  /** The replay server's base URL, `''` while it is stopped. */
  builtInUrl(): string;
  /** What it answers as. */
  builtInModels(api: Api): string[];
  notice(message: string): void;
}

/** Where requests go: the built-in replay server for each API, OpenAI, and what the person adds. */
export class EndpointStore {
  readonly #options: EndpointStoreOptions;
  readonly #headers: KeptHeaders;
  readonly #file: JsonFile<typeof EndpointsFile>;

  constructor(options: EndpointStoreOptions) {
    this.#options = options;
    this.#headers = new KeptHeaders(options.keys);
    this.#file = new JsonFile(
      join(options.folder, 'endpoints.json'),
      EndpointsFile,
      () => ({ version: 1 as const, endpoints: [OPENAI] }),
      options.notice,
    );
  }

  list(): Endpoint[] {
    return [
      ...APIS.map((api) => this.#builtIn(api)),
      ...this.#all.map((stored) => this.#endpoint(stored)),
    ];
  }

  /** @throws Refusal `no-such-endpoint` */
  get(id: string): Endpoint {
    const api = builtInApi(id);
    return api ? this.#builtIn(api) : this.#endpoint(this.#stored(id));
  }

  /** The headers as they are sent, secrets included; one whose secret is not kept is left out. */
  headersToSend(id: string): [name: string, value: string][] {
    if (builtInApi(id)) return [];
    return this.#headers.toSend(id, this.#stored(id).headers);
  }

  /**
   * Adds or replaces one. Secrets belong to the server they were entered for: when the base URL moves
   * to another origin they are forgotten, so that nobody can send them elsewhere by editing a URL.
   * @throws Refusal `not-editable`, `no-such-endpoint`, `bad-url`, `no-value`
   */
  save(input: EndpointInput): Endpoint {
    this.#refuseBuiltIn(input.id);
    if (new URL(input.baseUrl).username !== '' || new URL(input.baseUrl).password !== '') {
      throw new Refusal(
        'bad-url',
        'A base URL must hold no user or password: send them as a header.',
      );
    }
    const endpoints = this.#all;
    const id = input.id ?? newId();
    const before = input.id === undefined ? null : this.#stored(input.id);
    // A deleted endpoint that is brought back has lost its secrets: that was said.
    this.#headers.refuseLost(before?.id ?? null, input.headers);
    if (before && new URL(before.baseUrl).origin !== new URL(input.baseUrl).origin) {
      this.#forgetSecrets(before);
    }
    const saved: StoredEndpoint = { ...input, id, headers: this.#headers.keep(id, input.headers) };
    this.#headers.forget(id, before?.headers ?? [], saved.headers);
    this.#write(
      before ? endpoints.map((known) => (known.id === id ? saved : known)) : [...endpoints, saved],
    );
    return this.#endpoint(saved);
  }

  /** Forgets its secrets too. @throws Refusal `not-editable`, `no-such-endpoint` */
  delete(id: string): void {
    this.#refuseBuiltIn(id);
    this.#forgetSecrets(this.#stored(id));
    this.#write(this.#all.filter((known) => known.id !== id));
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

  /** A file of an older version, or one that was edited, may hold secrets: they move out of it. */
  get #all(): StoredEndpoint[] {
    const { endpoints } = this.#file.value;
    if (!endpoints.some(({ headers }) => headers.some(isSecretInClear))) return endpoints;
    this.#write(
      endpoints.map((one) => ({ ...one, headers: this.#headers.keep(one.id, one.headers) })),
    );
    return this.#file.value.endpoints;
  }

  #forgetSecrets({ id, headers }: StoredEndpoint): void {
    this.#options.keys.clear(id);
    this.#headers.forget(id, headers);
  }

  #write(endpoints: StoredEndpoint[]): void {
    this.#file.write({ version: 1, endpoints });
  }

  #stored(id: string): StoredEndpoint {
    const stored = this.#all.find((known) => known.id === id);
    if (!stored) throw new Refusal('no-such-endpoint', 'This endpoint is no longer there.', id);
    return stored;
  }

  #refuseBuiltIn(id: string | undefined): void {
    if (builtInApi(id)) {
      throw new Refusal(
        'not-editable',
        'The built-in endpoint is part of the app: it has nothing to set.',
      );
    }
  }

  #endpoint(stored: StoredEndpoint): Endpoint {
    const { keys } = this.#options;
    const headers = this.#headers.shown(stored.id, stored.headers);
    return { ...stored, headers, models: [], builtIn: false, key: keys.state(stored.id) };
  }

  #builtIn(api: Api): Endpoint {
    return {
      ...BUILT_IN[api],
      api,
      baseUrl: this.#options.builtInUrl(),
      headers: [],
      keyHeader: API_FACTS[api].keyHeader,
      models: this.#options.builtInModels(api),
      builtIn: true,
      key: 'none',
    };
  }
}

function builtInApi(id: string | undefined): Api | undefined {
  return APIS.find((api) => BUILT_IN[api].id === id);
}

function isSecretInClear([name, value]: readonly [string, string]): boolean {
  return value !== '' && isSecretName(name);
}

function newId(): string {
  return `endpoint-${randomBytes(5).toString('hex')}`;
}
