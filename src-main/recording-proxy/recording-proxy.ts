import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProxyConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { ListeningServer } from '../servers/listening-server.ts';

/** What a recording proxy needs of the rest. */
export interface ProxyTools {
  store: CaptureStore;
  /** Certificates trusted besides the usual ones: `trustedCertificates`. */
  ca: string[] | null;
  /** Headers that main adds for an endpoint, its key included; throws a Refusal where it is not there. */
  headersOf(endpoint: string): [name: string, value: string][];
}

/** Passes requests on to its upstream as they are, and the answers back, and makes a capture of each. */
export class RecordingProxy extends ListeningServer<ProxyConfig> {
  readonly #tools: ProxyTools;

  constructor(config: ProxyConfig, tools: ProxyTools, changed: () => void) {
    super(config, changed);
    this.#tools = tools;
  }

  protected serve(request: IncomingMessage, response: ServerResponse, entry: ServerLogEntry): void {
    void this.#tools;
    request.resume();
    entry.status = 501;
    entry.note = 'Requests are not passed on yet.';
    response.writeHead(501).end(entry.note);
    this.tell();
  }
}
