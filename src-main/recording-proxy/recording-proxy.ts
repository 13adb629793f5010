import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProxyConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { keptUrl } from '../imports/request-secrets.ts';
import { messageOf, Refusal } from '../refusal.ts';
import { secretsOf } from '../requests/key-mask.ts';
import { ListeningServer } from '../servers/listening-server.ts';
import { bytesText, durationText } from '../wording.ts';
import { ExchangeRecord } from './exchange-record.ts';
import { type HeaderPair, headerPairs, requestHeaders } from './passed-headers.ts';
import { passedThrough } from './passed-through.ts';
import { ProxiedExchange } from './proxied-exchange.ts';
import { notPassed } from './proxied-outcomes.ts';
import { targetAt } from './upstream.ts';

/** What a recording proxy needs of the rest. */
export interface ProxyTools {
  store: CaptureStore;
  /** Certificates trusted besides the usual ones: `trustedCertificates`. */
  ca: string[] | null;
  /**
   * Headers that main adds for an endpoint, its key included.
   * @throws Refusal where it is not there, or where its key is for another server than the upstream
   */
  headersOf(endpoint: string, upstream: URL): HeaderPair[];
  /** Told of each request when it is over and its capture has its end. */
  logged?(entry: ServerLogEntry): void;
}

/**
 * Passes requests on to its upstream as they are, and the answers back, and makes a capture of each. It knows no
 * Electron and no settings: the command line runs the same one.
 */
export class RecordingProxy extends ListeningServer<ProxyConfig> {
  readonly #tools: ProxyTools;
  readonly #open = new Set<ProxiedExchange>();
  /** Requests whose answer or capture has no end yet. */
  readonly #over = new Set<Promise<void>>();

  constructor(config: ProxyConfig, tools: ProxyTools, changed: () => void) {
    super(config, changed);
    this.#tools = tools;
  }

  /** Resolves when the captures of what was cut have their ends too. */
  override async stop(): Promise<void> {
    // What another server passed on through it is cut as well.
    this.cut();
    await super.stop();
    await Promise.all(this.#over);
  }

  protected override cut(): void {
    for (const exchange of [...this.#open]) exchange.stop();
  }

  /** The upstream says when it wants the body. */
  protected override expected(): void {
    // Its `100 Continue` is passed on.
  }

  /** Passes on what another server got and has no answer for: this one need not listen. */
  passOn(client: IncomingMessage, answer: ServerResponse, entry: ServerLogEntry): void {
    this.serve(client, answer, entry);
  }

  protected serve(client: IncomingMessage, answer: ServerResponse, entry: ServerLogEntry): void {
    const refusal = refusalOf(client);
    if (refusal) return this.#refuse(client, answer, entry, refusal);
    const { upstream, keyOf, name, show } = this.config;
    const url = new URL(upstream);
    const { method = 'GET', rawHeaders } = client;
    let own: HeaderPair[] | null = basicOf(url);
    let failure: unknown = null;
    const passed = passedThrough(client.socket);
    try {
      this.#refuseItself(url, passed);
      if (keyOf !== null) own = this.#tools.headersOf(keyOf, url);
    } catch (error) {
      failure = error;
    }
    const target = targetAt(url, client.url ?? '/');
    const headers = requestHeaders(rawHeaders, { method, host: url.host, own });
    const record = this.#recordOf(
      { method, url: `${url.protocol}//${url.host}${target}`, headers },
      {
        origin: { kind: 'proxy', server: name, upstream: keptUrl(upstream) },
        // Lists of models and the like are asked for beside the streams, and are none.
        show: show && method !== 'GET' && method !== 'HEAD',
        secrets: secretsOf([...headerPairs(rawHeaders), ...(own ?? [])]),
      },
      entry,
    );
    const exchange = new ProxiedExchange({
      ...{ client, answer, url, record, ca: this.#tools.ca },
      passed: [...passed, this],
      outgoing: { method, headers, target },
      changed: (one) => this.#log(entry, one, record),
    });
    this.#open.add(exchange);
    const closed = new Promise<void>((resolve) => answer.once('close', resolve));
    answer.once('close', () => this.#open.delete(exchange));
    const over = Promise.all([closed, record?.done]).then(() => {
      this.#over.delete(over);
      this.#tools.logged?.(entry);
    });
    this.#over.add(over);
    if (failure) {
      client.resume();
      exchange.refuse(notPassed(failure));
    } else exchange.start();
  }

  #recordOf(
    head: ConstructorParameters<typeof ExchangeRecord>[0],
    options: Omit<ConstructorParameters<typeof ExchangeRecord>[1], 'store'>,
    entry: ServerLogEntry,
  ): ExchangeRecord | null {
    try {
      const record = new ExchangeRecord(head, { store: this.#tools.store, ...options });
      entry.capture = record.id;
      this.report(null);
      return record;
    } catch (error) {
      this.report(`Requests are passed on, but can't be kept: ${messageOf(error)}`);
      return null;
    }
  }

  #log(entry: ServerLogEntry, exchange: ProxiedExchange, record: ExchangeRecord | null): void {
    entry.status = exchange.status;
    const size = bytesText(exchange.bytes);
    if (exchange.endUs === 0) entry.note = 'The answer is on its way.';
    else if (exchange.outcome) entry.note = exchange.outcome.message;
    else entry.note = `Passed on, ${size}, completed in ${durationText(exchange.endUs)}.`;
    if (!record) entry.note += ' It could not be kept.';
    this.tell();
  }

  #refuse(
    client: IncomingMessage,
    answer: ServerResponse,
    entry: ServerLogEntry,
    { status, message }: { status: number; message: string },
  ): void {
    entry.status = status;
    entry.note = message;
    client.resume();
    answer.writeHead(status, { 'content-type': 'application/json' });
    answer.end(
      JSON.stringify({ type: 'error', error: { type: 'recording_proxy_error', message } }),
    );
    this.#tools.logged?.(entry);
    this.tell();
  }

  /** @throws Refusal `own-address` where requests would come back for ever */
  #refuseItself(url: URL, passed: readonly object[]): void {
    const port = new URL(this.state.url ?? 'http://127.0.0.1:1').port;
    if (url.port === port && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname))
      throw new Refusal('own-address', 'The upstream is the recording proxy itself.');
    if (passed.includes(this))
      throw new Refusal('own-address', 'The upstream leads back to the recording proxy.');
  }
}

/** What can't be passed on. */
function refusalOf({
  headers,
  url = '',
}: IncomingMessage): { status: number; message: string } | null {
  if (/(?:^|,)\s*websocket\s*(?:,|$)/i.test(headers.upgrade ?? ''))
    return {
      status: 501,
      message:
        'The recording proxy passes no WebSockets on: stream over HTTP, or go to the server itself.',
    };
  if (!url.startsWith('/'))
    return {
      status: 400,
      message: 'The recording proxy takes paths only: use its address as the base URL.',
    };
  return null;
}

/** A user and a password in the upstream's URL are sent as a browser would. */
function basicOf({ username, password }: URL): HeaderPair[] | null {
  if (username === '' && password === '') return null;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]];
}
