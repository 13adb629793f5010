import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { ConnectionTiming } from '../../src-core/capture.ts';
import { messageOf, systemCode } from '../refusal.ts';
import { connect, type Outgoing, startClock, timeConnection } from '../requests/connection.ts';
import { flushHead } from '../requests/flush-head.ts';
import type { Outcome, Progress } from '../requests/outcomes.ts';
import type { ExchangeRecord } from './exchange-record.ts';
import { headerOf, type HeaderPair, passedHeaders, without } from './passed-headers.ts';
import { rememberPassed } from './passed-through.ts';
import { clientLeft, isReset, notPassed, proxyStopped, upstreamBroke } from './proxied-outcomes.ts';

export interface ProxiedOptions {
  client: IncomingMessage;
  answer: ServerResponse;
  url: URL;
  outgoing: Outgoing;
  ca: string[] | null;
  /** The proxies of this process that the request has passed, this one included. */
  passed: readonly object[];
  /** Null: it can't be kept, and is passed on all the same. */
  record: ExchangeRecord | null;
  /** Something of what it says of itself is another. */
  changed(exchange: ProxiedExchange): void;
}

/**
 * A request on its way to the upstream and the answer on its way back. Bytes pass as they are, in both
 * directions, as fast as the slower side takes them, and what one side does to its connection is done to the other.
 */
export class ProxiedExchange {
  readonly #options: ProxiedOptions;
  readonly #clock = startClock();
  readonly #timing: ConnectionTiming = {
    dnsUs: null,
    connectUs: null,
    tlsUs: null,
    sentUs: null,
    firstByteUs: null,
  };
  #upstream: ClientRequest | null = null;
  #incoming: IncomingMessage | null = null;
  #failure: unknown = null;
  #lastByteUs: number | null = null;
  #bytes = 0;
  /** Who takes the answer's bytes and can take no more for now. */
  readonly #full = new Set<'client' | 'decoder'>();
  /** The end of the connection is the end of the body. */
  #isUnframed = false;
  #outcome: Outcome | null = null;
  #isOver = false;
  #atUs = 0;

  constructor(options: ProxiedOptions) {
    this.#options = options;
  }

  /** Status of the answer; 0 before there is one. */
  get status(): number {
    return this.#options.answer.headersSent ? this.#options.answer.statusCode : 0;
  }
  /** Bytes of the answer's body that have passed. */
  get bytes(): number {
    return this.#bytes;
  }
  /** How it ended where that was not in the regular way; null otherwise. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }
  /** Microseconds until the exchange was over; 0 before. */
  get endUs(): number {
    return this.#atUs;
  }

  start(): void {
    const { url, outgoing, ca, client, answer } = this.#options;
    answer.sendDate = false;
    answer.on('close', () => {
      if (!answer.writableFinished) this.#leave();
    });
    let upstream: ClientRequest;
    try {
      upstream = connect(url, outgoing, ca);
    } catch (error) {
      client.resume();
      return this.refuse(notPassed(error));
    }
    this.#upstream = upstream;
    timeConnection(upstream, this.#timing, this.#clock);
    rememberPassed(upstream, this.#options.passed);
    upstream.setNoDelay(true);
    upstream.on('error', (error) => {
      this.#failure ??= error;
      if (!this.#incoming) this.#break();
    });
    upstream.on('close', () => {
      if (!this.#incoming) this.#break();
    });
    upstream.on('continue', () => this.#tryTo(() => answer.writeContinue()));
    upstream.on('information', (info) => {
      if (info.statusCode === 102) this.#tryTo(() => answer.writeProcessing());
      if (info.statusCode === 103) this.#tryTo(() => answer.writeEarlyHints(hintsOf(info.headers)));
    });
    upstream.on('response', (incoming) => this.#respond(incoming));
    upstream.on('upgrade', (_response, socket) => {
      socket.destroy();
      const message = `${url.host} switched to another protocol instead of answering.`;
      this.refuse({ kind: 'failed', by: 'server', code: 'upgrade', message });
    });
    flushHead(upstream, outgoing.headers);
    this.#passBody(upstream);
  }

  /** The person stops the proxy. */
  stop(): void {
    if (this.#isOver) return;
    this.#end(proxyStopped(this.#progress));
    // What waits for the client waits no longer.
    this.#options.answer.socket?.resetAndDestroy();
  }

  /** Answers the client itself: there is nothing to pass on. */
  refuse(outcome: Outcome): void {
    if (this.#isOver) return;
    const { answer } = this.#options;
    this.#end(outcome);
    if (answer.headersSent) return this.#cutClient(false);
    // As the clients of OpenAI and of Anthropic each read it.
    const { message, code } = outcome;
    const error = { type: 'recording_proxy_error', message, code, param: null };
    const body = JSON.stringify({ type: 'error', error });
    answer.writeHead(502, { 'content-type': 'application/json' }).end(body);
    this.#options.changed(this);
  }

  #passBody(upstream: ClientRequest): void {
    const { client, record } = this.#options;
    client.on('data', (chunk: Buffer) => {
      if (this.#isOver) return;
      record?.sent(chunk);
      if (upstream.write(chunk)) return;
      client.pause();
      upstream.once('drain', () => client.resume());
    });
    client.on('end', () => {
      if (this.#isOver) return;
      const trailers = pairsOf(client.rawTrailers);
      if (trailers.length > 0) this.#tryTo(() => upstream.addTrailers(trailers));
      upstream.end();
      record?.requestEnded();
    });
  }

  #respond(incoming: IncomingMessage): void {
    const { answer, client, record } = this.#options;
    const { statusCode = 502, statusMessage = '', rawHeaders } = incoming;
    this.#incoming = incoming;
    let headers = passedHeaders(rawHeaders);
    const isChunked = headerOf(headers, 'transfer-encoding') !== undefined;
    if (client.httpVersion === '1.0') headers = without(headers, 'transfer-encoding', 'trailer');
    if (!isChunked) headers = without(headers, 'trailer');
    const hasBody = client.method !== 'HEAD' && statusCode !== 204 && statusCode !== 304;
    if (hasBody && !isChunked && headerOf(headers, 'content-length') === undefined) {
      this.#isUnframed = true;
      answer.useChunkedEncodingByDefault = false;
    }
    answer.on('drain', () => this.#goOn('client'));
    incoming.on('data', (chunk: Buffer) => this.#pass(chunk));
    incoming.on('end', () => this.#complete(incoming));
    incoming.on('error', (error) => (this.#failure ??= error));
    incoming.on('close', () => {
      if (!this.#isOver) this.#break();
    });
    try {
      answer.writeHead(statusCode, statusMessage, headers.flat());
      flushHead(answer, [...headers, [statusMessage]]);
    } catch (error) {
      const message = `The head of the answer can't be passed on: ${messageOf(error)}`;
      return this.refuse({ kind: 'failed', by: 'server', code: systemCode(error), message });
    }
    record?.answered(incoming, this.#timing);
    this.#options.changed(this);
  }

  /** The client gets it first. */
  #pass(chunk: Buffer): void {
    const { answer, record } = this.#options;
    const timeUs = this.#clock();
    this.#lastByteUs = timeUs;
    this.#bytes += chunk.length;
    if (!answer.write(chunk)) this.#wait('client');
    if (record && !record.received(chunk, timeUs, () => this.#goOn('decoder')))
      this.#wait('decoder');
  }

  #wait(taker: 'client' | 'decoder'): void {
    this.#full.add(taker);
    this.#incoming?.pause();
  }

  #goOn(taker: 'client' | 'decoder'): void {
    this.#full.delete(taker);
    if (this.#full.size === 0) this.#incoming?.resume();
  }

  #complete(incoming: IncomingMessage): void {
    if (this.#isOver) return;
    // Node takes a reset for the end of a body that has no other end.
    if (!incoming.complete || (this.#isUnframed && this.#failure)) return this.#break();
    const { answer, record } = this.#options;
    const trailers = pairsOf(incoming.rawTrailers);
    if (trailers.length > 0) this.#tryTo(() => answer.addTrailers(trailers));
    answer.end();
    this.#isOver = true;
    this.#atUs = this.#clock();
    void record?.completed(this.#timing, () => this.#atUs).then(() => this.#options.changed(this));
    this.#options.changed(this);
  }

  /** The upstream is gone before its time: so is the client's connection, once it has what came. */
  #break(): void {
    if (this.#isOver) return;
    const incoming = this.#incoming;
    if (incoming) {
      // An error can overtake bytes that came in the same packet.
      incoming.removeAllListeners('data');
      for (let chunk: unknown; (chunk = incoming.read()) !== null;) this.#pass(chunk as Buffer);
    }
    const outcome = upstreamBroke(this.#failure, this.#progress);
    if (!incoming) return this.refuse(outcome);
    this.#end(outcome);
    this.#cutClient(isReset(this.#failure));
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#end(clientLeft(this.#progress));
  }

  /**
   * Closes the client's connection in the middle of the body, once what came has left.
   * @param asReset as the upstream did it. Where the end of the connection is the end of the body it is one in
   *   any case: anything else would look like a regular end.
   */
  #cutClient(asReset: boolean): void {
    const { answer } = this.#options;
    const { socket } = answer;
    if (!socket) return void answer.destroy();
    if (!asReset && !this.#isUnframed) return socket.destroySoon();
    // After what is still on its way.
    socket.write('', () => socket.resetAndDestroy());
  }

  #end(outcome: Outcome): void {
    this.#isOver = true;
    this.#outcome = outcome;
    this.#atUs = this.#clock();
    this.#upstream?.destroy();
    this.#options.client.resume();
    const { record } = this.#options;
    void record
      ?.broke(outcome, this.#timing, () => this.#atUs)
      .then(() => this.#options.changed(this));
    this.#options.changed(this);
  }

  get #progress(): Progress {
    return {
      host: this.#options.url.host,
      status: this.#incoming?.statusCode ?? null,
      bytes: this.#bytes,
      nowUs: this.#clock(),
      lastByteUs: this.#lastByteUs,
    };
  }

  /** What is only of use to a client that understands it. */
  #tryTo(work: () => void): void {
    try {
      work();
    } catch {
      // The answer is passed on without it.
    }
  }
}

function hintsOf(headers: NodeJS.Dict<string | string[]>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function pairsOf(raw: readonly string[]): HeaderPair[] {
  return passedHeaders(raw);
}
