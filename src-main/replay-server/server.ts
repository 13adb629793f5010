import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { scoreOf } from '../../src-core/replay/score.ts';
import type { ReplayServerEntry, ReplayServerState } from '../../src-ipc/contract.ts';
import { listenOn, strangerAt } from '../loopback.ts';
import { messageOf } from '../refusal.ts';
import { type Answer, answerTo, type Asked } from './answer.ts';
import type { Example } from './examples.ts';
import { failure } from './failure.ts';
import type { SchemaAnswers } from './from-schema.ts';
import { play } from './playback.ts';
import { readBody } from './read-body.ts';

const MAX_LOG = 200;

/**
 * Serves the examples, and what is made from schemas, on this computer only, as Responses, Chat
 * Completions and Messages. A page of the web can't reach it: `strangerAt`.
 */
export class ReplayServer {
  readonly #examples: readonly Example[];
  readonly #schemas: SchemaAnswers;
  readonly #changed: (state: ReplayServerState) => void;
  #server: Server | null = null;
  #port = 0;
  #speed: number | 'instant' = 1;
  #error: string | null = null;
  readonly #log: ReplayServerEntry[] = [];

  /** @param changed called with the new state after each change, requests included */
  constructor(
    examples: readonly Example[],
    schemas: SchemaAnswers,
    changed: (state: ReplayServerState) => void,
  ) {
    this.#examples = examples;
    this.#schemas = schemas;
    this.#changed = changed;
  }

  /** `http://127.0.0.1:PORT/v1`, `''` while it is stopped. */
  get url(): string {
    return this.#server ? `http://127.0.0.1:${this.#port}/v1` : '';
  }

  get state(): ReplayServerState {
    return {
      running: this.#server !== null,
      url: this.url || null,
      speed: this.#speed,
      error: this.#error,
      log: [...this.#log],
    };
  }

  /** A server that can't start says so in its state. */
  async start(): Promise<ReplayServerState> {
    if (this.#server) return this.state;
    const server = createServer((request, response) => void this.#serve(request, response));
    try {
      this.#port = await listenOn(server, 0);
      this.#server = server;
      this.#error = null;
    } catch (error) {
      this.#error = `The replay server can't start: ${messageOf(error)}`;
    }
    return this.#tell();
  }

  /** Open streams are cut. */
  async stop(): Promise<ReplayServerState> {
    const server = this.#server;
    this.#server = null;
    if (server) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
    return this.#tell();
  }

  /** Counts for streams that start from now on. */
  setSpeed(speed: number | 'instant'): ReplayServerState {
    this.#speed = speed;
    return this.#tell();
  }

  #tell(): ReplayServerState {
    const state = this.state;
    this.#changed(state);
    return state;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that goes away in the middle is no failure of the app.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    const method = request.method ?? '';
    const path = (request.url ?? '/').split('?')[0]!;
    const stranger = this.#refusal(request);
    const body = stranger ? null : await readBody(request);
    const answer =
      stranger ?? (body instanceof Error ? tooLarge() : await this.#answer({ method, path, body }));
    if (response.destroyed) return;
    response.setHeader('x-request-id', `req_${randomBytes(12).toString('hex')}`);
    if (answer.kind === 'json') this.#sendJson(response, answer);
    const note = answer.kind === 'json' ? answer.note : this.#stream(response, answer);
    const status = response.statusCode;
    this.#log.push({ at: new Date().toISOString(), method, path, status, note });
    if (this.#log.length > MAX_LOG) this.#log.shift();
    this.#tell();
  }

  async #answer(asked: Asked): Promise<Answer> {
    try {
      return await answerTo(asked, this.#examples, this.#schemas);
    } catch (error) {
      return failure(500, `The answer can't be made: ${messageOf(error)}`, 'internal');
    }
  }

  #refusal(request: IncomingMessage): Answer | null {
    const stranger = strangerAt(this.#port, request.headers);
    return stranger && failure(403, stranger.message, stranger.code);
  }

  #sendJson(response: ServerResponse, answer: Answer & { kind: 'json' }): void {
    response.statusCode = answer.status;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer.body));
  }

  /** @returns the note for the log */
  #stream(response: ServerResponse, answer: Answer & { kind: 'stream' }): string {
    const { stream, seed, note } = answer;
    const { portions, rhythm } = scoreOf(stream, seed);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-deltascope-example': stream.name,
      'x-deltascope-rhythm': rhythm,
      ...answer.headers,
    });
    response.flushHeaders();
    // Each event is a write of its own; delaying small ones would join them.
    response.socket?.setNoDelay(true);
    const stop = play(portions, response, this.#speed);
    response.once('close', stop);
    const speed = this.#speed === 'instant' ? 'at once' : `at ${this.#speed}x`;
    const kind =
      rhythm === 'recorded' ? 'its recorded rhythm' : 'a plausible rhythm (none was recorded)';
    return this.#speed === 'instant' ? `${note}, ${speed}` : `${note} in ${kind}, ${speed}`;
  }
}

function tooLarge(): Answer {
  return failure(413, 'The request body is larger than 32 MiB.', 'request_too_large');
}
