import { isSecretName, REDACTED } from '../src-ipc/secret-headers.ts';
import type { KeyStore } from './keys.ts';
import { Refusal } from './refusal.ts';

export type Header = [name: string, value: string];

/**
 * Headers that a person sets for a server. Values of secret names are kept like keys, by whose they are and the
 * name; where headers are stored they are empty, and the page gets `•••` for them.
 */
export class KeptHeaders {
  readonly #keys: KeyStore;

  constructor(keys: KeyStore) {
    this.#keys = keys;
  }

  /** Hands secret values to the `KeyStore`; `•••` leaves the one that is there. @returns what is stored */
  keep(owner: string, headers: readonly Header[]): Header[] {
    return headers.map(([name, value]) => {
      if (!isSecretName(name)) return [name, value];
      if (value === '') this.#keys.clear(keyOf(owner, name));
      else if (value !== REDACTED) this.#keys.set(keyOf(owner, name), value);
      return [name, ''];
    });
  }

  /**
   * A header that was given another name has no value kept under it.
   * @param owner null for one that has nothing kept because it was just brought back
   * @throws Refusal `no-value`
   */
  refuseLost(owner: string | null, headers: readonly Header[]): void {
    for (const [name, value] of headers) {
      if (value !== REDACTED) continue;
      const isKept =
        isSecretName(name) && (owner === null || this.#keys.state(keyOf(owner, name)) !== 'none');
      if (!isKept) throw new Refusal('no-value', `Enter the value of ${name} again.`);
    }
  }

  /** As they are sent, secrets included; one whose secret is not kept is left out. */
  toSend(owner: string, headers: readonly Header[]): Header[] {
    return headers.flatMap(([name, value]): Header[] => {
      const sent = isSecretName(name) ? this.#keys.get(keyOf(owner, name)) : value;
      return sent === null ? [] : [[name, sent]];
    });
  }

  /** As the page gets them: `•••` where there is a secret, empty where there is none. */
  shown(owner: string, headers: readonly Header[]): Header[] {
    return headers.map(([name, value]) => {
      if (!isSecretName(name)) return [name, value];
      return [name, this.#keys.state(keyOf(owner, name)) === 'none' ? '' : REDACTED];
    });
  }

  /** Forgets the secrets of headers, but for those whose names are among `still`. */
  forget(owner: string, headers: readonly Header[], still: readonly Header[] = []): void {
    const names = new Set(still.map(([name]) => name.toLowerCase()));
    for (const [name] of headers)
      if (!names.has(name.toLowerCase())) this.#keys.clear(keyOf(owner, name));
  }
}

/** What the `KeyStore` calls a header's secret: neither part can hold a slash. */
function keyOf(owner: string, header: string): string {
  return `${owner}/${header.toLowerCase()}`;
}
