import type { Api } from '../../src-core/apis.ts';
import type { CaptureRun } from '../../src-core/capture.ts';
import type { Endpoint } from '../../src-ipc/contract.ts';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import { formatOf } from '../../src-core/request-body/format-place.ts';
import type { CaptureStore } from '../captures/store.ts';
import { Refusal } from '../refusal.ts';
import { Exchange } from './exchange.ts';
import { secretsOf, withoutSecrets } from './key-mask.ts';
import { streamingBody } from './request-body.ts';
import { redactedHeaders, redactedUrl, requestHeaders, requestUrl } from './request-head.ts';

export interface RequestServiceOptions {
  store: CaptureStore;
  /** @throws Refusal for an endpoint that is not there. */
  endpoint(id: string): Endpoint;
  /** Its own headers as they are sent, secrets included. */
  headers(endpoint: string): [name: string, value: string][];
  key(endpoint: string): string | null;
  /** Certificates trusted besides the usual ones: `trustedCertificates`. */
  ca: string[] | null;
}

/** Sends requests. Each is a capture of its own; they run side by side. */
export class RequestService {
  readonly #options: RequestServiceOptions;
  readonly #running = new Map<string, Exchange>();

  constructor(options: RequestServiceOptions) {
    this.#options = options;
  }

  /**
   * Starts a `POST` to the path of the endpoint's API with `stream: true`.
   * @returns the id of its capture, which exists and is recorded from now on
   * @throws Refusal `invalid-json`, `not-an-object`, `bad-url`, `no-such-endpoint`,
   *   `replay-server-stopped`; whatever comes later is the capture's end.
   */
  send(endpointId: string, body: string): string {
    return this.#start(endpointId, body, null).id;
  }

  /** The same for a run of a schema: its capture says so, and the window goes on showing what it shows. */
  run(endpointId: string, body: string, run: CaptureRun): { id: string; done: Promise<void> } {
    return this.#start(endpointId, body, run);
  }

  #start(endpointId: string, body: string, run: CaptureRun | null) {
    const { store, ca } = this.#options;
    const text = streamingBody(body);
    const endpoint = this.#options.endpoint(endpointId);
    if (endpoint.baseUrl === '') {
      throw new Refusal(
        'replay-server-stopped',
        'The built-in replay server is stopped. Start it in the Servers view, or choose another endpoint.',
      );
    }
    const { api, keyHeader } = endpoint;
    const url = requestUrl(endpoint.baseUrl, api);
    const key = this.#options.key(endpointId);
    const bytes = Buffer.from(text, 'utf8');
    const own = { api, headers: this.#options.headers(endpointId), keyHeader };
    const headers = requestHeaders(own, key, bytes.byteLength);
    const secrets = secretsOf(headers);
    const request = {
      method: 'POST',
      url: withoutSecrets(redactedUrl(url), secrets),
      headers: redactedHeaders(headers).map(([name, value]): [string, string] => [
        name,
        withoutSecrets(value, secrets),
      ]),
      body: withoutSecrets(text, secrets),
    };
    const recording = store.record(
      {
        name: run ? `run ${run.number} · ${nameOf(api, text)}` : nameOf(api, text),
        origin: { kind: 'request', endpoint: endpoint.name },
        request,
        ...(run && { run }),
      },
      { show: run === null },
    );
    const exchange = new Exchange(recording, { api, url, headers, body: bytes, secrets, ca });
    this.#running.set(recording.id, exchange);
    const done = exchange.done.then(() => void this.#running.delete(recording.id));
    exchange.start();
    return { id: recording.id, done };
  }

  /** Stops a request that runs; one that has ended stays as it is. */
  stop(id: string): void {
    this.#running.get(id)?.stop();
  }

  /** The app is about to end: what came is kept, with an end that says why. */
  stopAll(): void {
    for (const exchange of [...this.#running.values()]) exchange.stop();
  }
}

/** What the list calls a request until the person renames it: its model, and the output's schema. */
function nameOf(api: Api, body: string): string {
  const value = parseJson(body);
  if (!isObject(value)) return 'Request';
  const schema = stringOf(formatOf(api, value)?.name);
  return [stringOf(value.model), schema].filter(Boolean).join(' · ').slice(0, 200) || 'Request';
}
