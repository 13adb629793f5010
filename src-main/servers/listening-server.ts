import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ServerConfig, ServerLogEntry, ServerState } from '../../src-ipc/server-contract.ts';
import { keptUrl } from '../imports/request-secrets.ts';
import { listenOn, strangerAt } from '../loopback.ts';
import { messageOf } from '../refusal.ts';
import { secretsOf, withoutSecrets } from '../requests/key-mask.ts';
import type { LocalServer } from './local-server.ts';

/** Entries of a log that are kept. */
const MAX_LOG = 200;

/**
 * Streams may be silent for as long as they like, and a client's connection may rest between two requests: none is
 * closed for having waited.
 */
const HTTP_OPTIONS = {
  requestTimeout: 0,
  headersTimeout: 0,
  keepAliveTimeout: 0,
  noDelay: true,
  maxHeaderSize: 256 * 1024,
};

/** What every server of this program does: it listens on loopback, refuses strangers, and keeps a log. */
export abstract class ListeningServer<Config extends ServerConfig> implements LocalServer<Config> {
  #config: Config;
  readonly #changed: () => void;
  #server: Server | null = null;
  #port = 0;
  #error: string | null = null;
  #log: ServerLogEntry[] = [];
  #requests = 0;
  #open = 0;

  /** @param changed called after each change of the state */
  constructor(config: Config, changed: () => void) {
    this.#config = config;
    this.#changed = changed;
  }

  get config(): Config {
    return this.#config;
  }

  get state(): ServerState {
    return {
      config: this.#config,
      running: this.#server !== null,
      url: this.#server ? `http://127.0.0.1:${this.#port}` : null,
      error: this.#error,
      log: [...this.#log],
      open: this.#open,
      waiting: this.waiting(),
    };
  }

  configure(config: Config): void {
    this.#config = config;
    this.tell();
  }

  async start(): Promise<void> {
    if (this.#server) return;
    const server = createServer(HTTP_OPTIONS, (request, response) => this.#take(request, response));
    server.timeout = 0;
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
      this.#take(request, response, true),
    );
    try {
      this.#port = await listenOn(server, this.#config.port);
      this.#server = server;
      this.#error = null;
    } catch (error) {
      this.#error = `${this.#config.name} can't start: ${messageOf(error)}`;
    }
    this.tell();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) {
      const closed = new Promise((resolve) => server.close(resolve));
      this.cut();
      server.closeAllConnections();
      await closed;
    }
    this.tell();
  }

  clearLog(): void {
    this.#log = [];
    this.tell();
  }

  step(_number: number, _by: 'event' | 'chunk' | 'run'): void {
    // Only a replay server has streams that wait.
  }

  /** Answers a request that is none of a stranger. It must not throw. */
  protected abstract serve(
    request: IncomingMessage,
    response: ServerResponse,
    entry: ServerLogEntry,
  ): void;

  /** The client waits with its body until it is told to send it (`Expect: 100-continue`). */
  protected expected(_request: IncomingMessage, response: ServerResponse): void {
    response.writeContinue();
  }

  /** Called when the person stops the server, before its connections are closed. */
  protected cut(): void {
    // Closing the connections is all there is to do.
  }

  protected waiting(): ServerState['waiting'] {
    return [];
  }

  /** What it can't do, for its state; null where all is well. */
  protected report(error: string | null): void {
    this.#error = error;
    this.tell();
  }

  protected tell(): void {
    this.#changed();
  }

  #take(request: IncomingMessage, response: ServerResponse, isExpecting = false): void {
    // A client that goes away in the middle is no failure of the app.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    this.#open++;
    response.once('close', () => {
      this.#open--;
      this.tell();
    });
    const entry: ServerLogEntry = {
      number: ++this.#requests,
      at: new Date().toISOString(),
      method: request.method ?? '',
      path: withoutSecrets(
        keptUrl(request.url ?? '/'),
        secretsOf(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      ),
      status: 0,
      capture: null,
      note: '',
      misses: [],
    };
    this.#log.push(entry);
    if (this.#log.length > MAX_LOG) this.#log.shift();
    const stranger = strangerAt(this.#port, request.headers);
    if (!stranger) {
      if (isExpecting) this.expected(request, response);
      return this.serve(request, response, entry);
    }
    entry.status = 403;
    entry.note = stranger.message;
    request.resume();
    response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ error: { message: stranger.message, code: stranger.code } }));
    this.tell();
  }
}
