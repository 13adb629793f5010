import type { CollectorInput } from '../../src-ipc/export-contract.ts';
import { api } from '../api.ts';

/** The collector as it stands in the form. Main has the secrets of its headers. */
export class CollectorDraft {
  url = $state('');
  serviceName = $state('');
  protocol = $state<CollectorInput['protocol']>('protobuf');
  headers = $state<{ name: string; value: string }[]>([]);
  #timeoutMs = 10_000;
  #isLoaded = $state(false);

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Fetches what is kept; what was typed since stays. */
  async load(): Promise<void> {
    if (this.#isLoaded) return;
    this.#take(await api.collector.get());
    this.#isLoaded = true;
  }

  /** Keeps what stands in the form. @throws CommandError where main refuses it */
  async save(): Promise<void> {
    const headers = this.headers.map(({ name, value }): [string, string] => [
      name.trim(),
      value.trim(),
    ]);
    this.#take(
      await api.collector.save({
        url: withScheme(this.url.trim()),
        serviceName: this.serviceName.trim() || 'deltascope',
        protocol: this.protocol,
        headers: headers.filter(([name, value]) => name !== '' || value !== ''),
        timeoutMs: this.#timeoutMs,
      }),
    );
  }

  #take({ url, serviceName, protocol, headers, timeoutMs }: CollectorInput): void {
    this.url = url;
    this.serviceName = serviceName;
    this.protocol = protocol;
    this.headers = headers.map(([name, value]) => ({ name, value }));
    this.#timeoutMs = timeoutMs;
  }
}

/** `localhost:4318` is what people type. */
function withScheme(url: string): string {
  return url === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
}
