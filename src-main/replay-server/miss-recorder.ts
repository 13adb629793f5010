import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { CaptureMeta } from '../../src-core/capture.ts';
import type { ProxyConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { RecordingProxy } from '../recording-proxy/recording-proxy.ts';

export interface MissTools {
  store: CaptureStore;
  /** Certificates trusted besides the usual ones. */
  ca: string[] | null;
}

/** A request whose body was read already. */
export interface ReadRequest {
  request: IncomingMessage;
  body: Buffer;
}

/** Passes on what a replay server has no recording of, and records it: a recording proxy that does not listen. */
export class MissRecorder {
  readonly #tools: MissTools;
  readonly #changed: () => void;
  readonly #proxies = new Map<string, RecordingProxy>();

  /** @param changed called after each change of a log entry */
  constructor(tools: MissTools, changed: () => void) {
    this.#tools = tools;
    this.#changed = changed;
  }

  /**
   * Writes what the upstream says to `response`, and to `entry` what happened.
   * @returns the capture once it has ended, where it is worth serving: not an error, and whole; null otherwise
   */
  async pass(
    { request, body }: ReadRequest,
    response: ServerResponse,
    entry: ServerLogEntry,
    to: Pick<ProxyConfig, 'name' | 'upstream'>,
  ): Promise<string | null> {
    const { store } = this.#tools;
    const over = new Promise((resolve) => response.once('close', resolve));
    this.#proxyTo(to).passOn(replayed(request, body), response, entry);
    await over;
    const id = entry.capture;
    if (id === null) return null;
    await endOf(store, id);
    return isWorthServing(store.meta(id)) ? id : null;
  }

  /** Cuts what is on its way; resolves when its captures have their ends. */
  async stop(): Promise<void> {
    const proxies = [...this.#proxies.values()];
    this.#proxies.clear();
    await Promise.all(proxies.map((proxy) => proxy.stop()));
  }

  #proxyTo({ name, upstream }: Pick<ProxyConfig, 'name' | 'upstream'>): RecordingProxy {
    const key = JSON.stringify([name, upstream]);
    const known = this.#proxies.get(key);
    if (known) return known;
    const proxy = new RecordingProxy(
      { kind: 'proxy', id: 'misses', name, port: 0, upstream, keyOf: null, show: false },
      { ...this.#tools, headersOf: () => [] },
      this.#changed,
    );
    this.#proxies.set(key, proxy);
    return proxy;
  }
}

/** The request with its body to be read once more. */
function replayed(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, rawTrailers, httpVersion, socket } = request;
  const again = Readable.from(body.length === 0 ? [] : [body]);
  const head = { method, url, headers, rawHeaders, rawTrailers, httpVersion, socket };
  return Object.assign(again, head) as unknown as IncomingMessage;
}

function endOf(store: CaptureStore, id: string): Promise<void> {
  return new Promise((resolve) => {
    const recording = store.recording(id);
    if (!recording) return resolve();
    const stop = recording.listen(() => {
      if (!recording.ended) return;
      stop();
      resolve();
    });
  });
}

function isWorthServing({ response, end }: CaptureMeta): boolean {
  const isWhole = end?.kind === 'closed' || end?.kind === 'failed';
  return isWhole && response !== null && response.status < 400;
}
