import { join } from 'node:path';
import * as v from 'valibot';
import { CollectorInput } from '../../src-ipc/export-contract.ts';
import { JsonFile } from '../json-file.ts';
import { KeptHeaders } from '../kept-headers.ts';
import type { KeyStore } from '../keys.ts';
import { Refusal } from '../refusal.ts';
import {
  DEFAULT_SERVICE_NAME,
  DEFAULT_TIMEOUT_MS,
  type SpanTarget,
  tracesUrl,
} from './span-target.ts';

/** Secret headers stand in it with an empty value: the `KeyStore` has what they hold. */
const CollectorFile = v.object({ version: v.literal(1), collector: CollectorInput });

/** Whose secrets they are in the `KeyStore`; endpoints' ids are longer. */
const OWNER = 'collector';

const NONE: CollectorInput = {
  url: '',
  headers: [],
  protocol: 'protobuf',
  serviceName: DEFAULT_SERVICE_NAME,
  timeoutMs: DEFAULT_TIMEOUT_MS,
};

/** The collector of OpenTelemetry that a person's spans go to. */
export class CollectorStore {
  readonly #file: JsonFile<typeof CollectorFile>;
  readonly #headers: KeptHeaders;

  constructor(folder: string, keys: KeyStore, notice: (message: string) => void) {
    this.#file = new JsonFile(
      join(folder, 'collector.json'),
      CollectorFile,
      () => ({ version: 1 as const, collector: NONE }),
      notice,
    );
    this.#headers = new KeptHeaders(keys);
  }

  /** As the page gets it: a secret is `•••`. */
  get(): CollectorInput {
    const { collector } = this.#file.value;
    return { ...collector, headers: this.#headers.shown(OWNER, collector.headers) };
  }

  /**
   * Secrets belong to the server they were entered for: with another origin they are forgotten.
   * @throws Refusal `bad-url`, `no-value`
   */
  save(input: CollectorInput): CollectorInput {
    const before = this.#file.value.collector;
    const url = input.url.trim();
    const origin = originOf(url);
    if (url !== '' && origin === '')
      throw new Refusal(
        'bad-url',
        'The address of a collector is a URL without a user or password: send these as a header.',
      );
    if (originOf(before.url) !== origin) this.#headers.forget(OWNER, before.headers);
    this.#headers.refuseLost(OWNER, input.headers);
    const headers = this.#headers.keep(OWNER, input.headers);
    this.#headers.forget(OWNER, before.headers, headers);
    this.#file.write({ version: 1, collector: { ...input, url, headers } });
    return this.get();
  }

  /** With its secrets. @throws Refusal `no-collector` where none is set */
  target(): SpanTarget {
    const { collector } = this.#file.value;
    if (collector.url === '')
      throw new Refusal('no-collector', 'Enter the address of a collector first.');
    return { ...collector, headers: this.#headers.toSend(OWNER, collector.headers) };
  }
}

/** Empty where it is no URL, or one with a user, whose password would be shown. */
function originOf(url: string): string {
  try {
    const { origin, username, password } = tracesUrl(url);
    return username === '' && password === '' ? origin : '';
  } catch {
    return '';
  }
}
