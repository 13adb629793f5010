import type { IncomingMessage, ServerResponse } from 'node:http';
import { Choice } from '../../src-core/replay/choice.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import { paced } from '../../src-core/replay/paced.ts';
import { RequestFacts } from '../../src-core/replay/request-facts.ts';
import {
  MOST_SERVED,
  type ReplayConfig,
  type ServerLogEntry,
  type WaitingStream,
} from '../../src-ipc/server-contract.ts';
import { messageOf } from '../refusal.ts';
import { RequestCopy } from '../recording-proxy/request-copy.ts';
import { ListeningServer } from '../servers/listening-server.ts';
import { errorBody, missMessage } from './miss-answer.ts';
import { MissRecorder, type MissTools, type ReadRequest } from './miss-recorder.ts';
import { playedNote, servedNote } from './notes.ts';
import { Playing } from './playing.ts';
import { MAX_BODY_BYTES, readBytes } from './read-body.ts';
import { ReplyCache } from './reply-cache.ts';
import { type BrokenReply, ServedFaults } from './served-faults.ts';
import type { Shelf, Shelved } from './shelf.ts';

/** What a replay server needs of the rest. */
export interface ReplayTools {
  shelfOf(serves: ReplayConfig['serves']): Shelf;
  /** Where misses are recorded; left out: they are not. */
  misses?: MissTools;
  /** Told of each request when it is over. */
  logged?(entry: ServerLogEntry): void;
}

/** Misses that are told of in the log. */
const MOST_MISSES = 20;

/** Serves recordings, byte for byte, to whoever asks for what they are answers of: `docs/replay-server.md`. */
export class CaptureServer extends ListeningServer<ReplayConfig> {
  readonly #tools: ReplayTools;
  readonly #replies = new ReplyCache();
  readonly #playing = new Map<number, { playing: Playing; capture: string }>();
  #shelf: Shelf;
  #choice = new Choice();
  readonly #broken = new ServedFaults();
  readonly #misses: MissRecorder | null;
  #faults = '';

  constructor(config: ReplayConfig, tools: ReplayTools, changed: () => void) {
    super(config, changed);
    this.#tools = tools;
    this.#shelf = tools.shelfOf(config.serves);
    this.#misses = tools.misses ? new MissRecorder(tools.misses, () => this.tell()) : null;
  }

  override configure(config: ReplayConfig): void {
    const before = this.config;
    if (!isEqual(before.serves, config.serves)) {
      void this.#shelf.close();
      this.#shelf = this.#tools.shelfOf(config.serves);
      this.#replies.clear();
    }
    if (!isEqual([before.serves, before.matching], [config.serves, config.matching]))
      this.#choice = new Choice();
    super.configure(config);
  }

  override async start(): Promise<void> {
    await super.start();
    if (!this.state.running) return;
    this.#choice = new Choice();
    this.#faults = '';
    await this.#list();
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.#misses?.stop();
    this.#replies.clear();
    await this.#shelf.close();
  }

  override step(number: number, by: 'event' | 'chunk' | 'run'): void {
    this.#playing.get(number)?.playing.step(by);
    this.tell();
  }

  protected override waiting(): WaitingStream[] {
    return [...this.#playing].flatMap(([number, { playing, capture }]) => {
      const { steps } = playing;
      return steps ? [{ number, capture, ...steps }] : [];
    });
  }

  protected override cut(): void {
    for (const { playing } of this.#playing.values()) playing.stop();
    void this.#misses?.stop();
  }

  protected serve(request: IncomingMessage, response: ServerResponse, entry: ServerLogEntry): void {
    this.#answer(request, response, entry).catch((error: unknown) => {
      const asked = new RequestFacts({ method: entry.method, url: entry.path, body: '' });
      this.#fail(response, entry, asked, [500, messageOf(error), 'internal']);
    });
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    entry: ServerLogEntry,
  ): Promise<void> {
    const body = await readBytes(request);
    const since = performance.now();
    const { method, path: url } = entry;
    const asked = new RequestFacts({
      ...{ method, url },
      body: body instanceof Error ? '' : textOf(body, request.headers['content-encoding']),
    });
    if (body instanceof Error) {
      const message = 'The request body is larger than 32 MiB.';
      return this.#fail(response, entry, asked, [413, message, 'request_too_large']);
    }
    const { pace, matching, faults } = this.config;
    const recordings = await this.#list();
    const found = this.#choice.choose(asked, recordings, matching);
    entry.misses = found.misses
      .slice(0, MOST_MISSES)
      .map(({ of, miss }) => ({ capture: of.id, reason: miss.reason() }));
    const { chosen } = found;
    if (!chosen && (await this.#recorded({ request, body }, response, entry))) return;
    if (!chosen)
      return this.#fail(response, entry, asked, [404, missMessage(asked, found), 'no_recording']);
    const looksInside = faults !== null || pace.kind === 'by hand' || isByEvent(pace);
    const recorded = await this.#replies.replyOf(chosen, {
      acceptEncoding: looksInside ? null : String(request.headers['accept-encoding'] ?? ''),
    });
    if (response.destroyed) return this.#left(entry, chosen);
    const broken = await this.#broken.apply(paced(recorded, pace), faults, chosen.dialect);
    this.#play(broken, response, entry, chosen, since);
  }

  /** Records a miss and serves it from then on. @returns whether it did */
  async #recorded(
    read: ReadRequest,
    response: ServerResponse,
    entry: ServerLogEntry,
  ): Promise<boolean> {
    const { recordFrom: upstream, name } = this.config;
    if (upstream === null || !this.#misses) return false;
    if (isItself(upstream, this.state.url))
      throw new Error('Nothing can be recorded from this server itself: choose another upstream.');
    const shelf = this.#shelf;
    const capture = await this.#misses.pass(read, response, entry, { name, upstream });
    if (capture !== null && shelf === this.#shelf) {
      await shelf.add(capture);
      const { serves } = this.config;
      if (serves.kind === 'captures') {
        const ids = [...serves.ids, capture].slice(0, MOST_SERVED);
        super.configure({ ...this.config, serves: { ...serves, ids } });
      }
      entry.note += ' It is served from now on.';
    }
    this.#over(entry);
    return true;
  }

  #play(
    { reply, outcomes }: BrokenReply,
    response: ServerResponse,
    entry: ServerLogEntry,
    { id, name }: Shelved,
    since: number,
  ): void {
    const { pace } = this.config;
    const served = servedNote(name, pace, outcomes);
    const playing = new Playing(reply, response, { byHand: pace.kind === 'by hand' }, (played) => {
      this.#playing.delete(entry.number);
      if (!response.headersSent) entry.status = 0;
      entry.note = playedNote(served, played);
      this.#over(entry);
    });
    entry.status = reply.status;
    entry.capture = id;
    entry.note = served;
    this.#playing.set(entry.number, { playing, capture: id });
    playing.start(since);
    this.tell();
  }

  #fail(
    response: ServerResponse,
    entry: ServerLogEntry,
    asked: RequestFacts,
    [status, message, code]: [number, string, string],
  ): void {
    entry.status = response.headersSent ? response.statusCode : status;
    entry.note = message;
    if (!response.headersSent && !response.destroyed) {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(errorBody(asked, status, message, code)));
    }
    this.#over(entry);
  }

  #left(entry: ServerLogEntry, { id, name }: Shelved): void {
    entry.capture = id;
    entry.note = `${name}: the client went away before the head.`;
    this.#over(entry);
  }

  #over(entry: ServerLogEntry): void {
    this.#tools.logged?.(entry);
    this.tell();
  }

  /** What can't be served is told in the state when it changes; the rest is served. */
  async #list(): Promise<readonly Shelved[]> {
    const { recordings, faults } = await this.#shelf.list();
    const text = faults.slice(0, 3).join(' ');
    const more = faults.length > 3 ? ` And ${faults.length - 3} more.` : '';
    if (text + more !== this.#faults) {
      this.#faults = text + more;
      this.report(this.#faults === '' ? null : this.#faults);
    }
    return recordings;
  }
}

function isItself(upstream: string, own: string | null): boolean {
  const { hostname, port } = new URL(upstream);
  const isHere = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
  return isHere && own !== null && port === new URL(own).port;
}

function isByEvent(pace: Pace): boolean {
  return pace.kind === 'rate' && pace.unit === 'events';
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** As the recording proxy keeps it: clients compress what they ask. */
function textOf(body: Buffer, encoding: string | undefined): string {
  const copy = new RequestCopy(encoding, MAX_BODY_BYTES);
  copy.push(body);
  return copy.text().text;
}
