import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReplayConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { ListeningServer } from '../servers/listening-server.ts';

/** What a replay server needs of the rest. */
export interface ReplayTools {
  store: CaptureStore;
  ca: string[] | null;
}

/** Serves captures, byte for byte, to whoever asks for what they are answers of. */
export class CaptureServer extends ListeningServer<ReplayConfig> {
  readonly #tools: ReplayTools;

  constructor(config: ReplayConfig, tools: ReplayTools, changed: () => void) {
    super(config, changed);
    this.#tools = tools;
  }

  protected serve(request: IncomingMessage, response: ServerResponse, entry: ServerLogEntry): void {
    void this.#tools;
    request.resume();
    entry.status = 501;
    entry.note = 'Captures are not served yet.';
    response.writeHead(501).end(entry.note);
    this.tell();
  }
}
