import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Api, API_FACTS } from '../../src-core/apis.ts';
import type { ConnectionTiming } from '../../src-core/capture.ts';
import { isSecretName } from '../../src-ipc/secret-headers.ts';
import type { Recording } from '../captures/recording.ts';
import { messageOf, systemCode } from '../refusal.ts';
import { type Clock, connect, startClock, timeConnection } from './connection.ts';
import { contentDecoder } from './content-decoder.ts';
import {
  abortedOutcome,
  brokenOutcome,
  finishedOutcome,
  type Outcome,
  type Progress,
  type ResponseHead,
} from './outcomes.ts';
import { KeyMask, withoutSecrets } from './key-mask.ts';
import { limitsOf } from './rate-limits.ts';
import { keptResponseHeaders } from './request-head.ts';

/** How much of a body is looked at for an error message, in bytes. */
const START_BYTES = 64 * 1024;

export interface ExchangeOptions {
  api: Api;
  url: URL;
  headers: [string, string][];
  body: Uint8Array;
  /** To keep them out of all that is recorded: `secretsOf` the headers. */
  secrets: string[];
  ca: string[] | null;
}

/**
 * One request and its response, recorded. Whatever happens becomes the end of the recording: an
 * exchange never throws and never loses what it received.
 */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #recording: Recording;
  readonly #clock: Clock;
  readonly #mask: KeyMask;
  readonly #timing: ConnectionTiming = {
    dnsUs: null,
    connectUs: null,
    tlsUs: null,
    sentUs: null,
    firstByteUs: null,
  };
  #request: ClientRequest | null = null;
  #head: ResponseHead | null = null;
  #response: IncomingMessage | null = null;
  #lastByteUs: number | null = null;
  #start: Uint8Array[] = [];
  #startBytes = 0;
  #note = '';
  #drain: (() => void) | null = null;
  #failure: unknown = null;
  #finished: (() => void) | null = null;
  /** Resolves when the recording has ended. */
  readonly done: Promise<void>;

  constructor(recording: Recording, options: ExchangeOptions) {
    this.#recording = recording;
    this.#options = options;
    this.#mask = new KeyMask(options.secrets);
    this.done = new Promise((resolve) => (this.#finished = resolve));
    this.#clock = startClock();
  }

  start(): void {
    const { url, headers, ca, body } = this.#options;
    try {
      this.#request = connect(url, { method: 'POST', headers }, ca);
    } catch (error) {
      const code = systemCode(error) || 'bad-request';
      this.#end({
        kind: 'failed',
        code,
        message: `The request can't be made: ${messageOf(error)}`,
      });
      return;
    }
    const request = this.#request;
    timeConnection(request, this.#timing, this.#clock);
    request.on('error', (error) => this.#broken(error));
    request.on('close', () => {
      if (!this.#head) this.#broken(closedEarly());
    });
    request.on('response', (response) => this.#respond(response));
    // Answers that change the protocol would leave the request open for ever.
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      this.#end({
        kind: 'failed',
        code: 'upgrade',
        message: 'The server switched to another protocol instead of answering.',
      });
    });
    request.end(body);
  }

  /** The person stops it. What came is kept. */
  stop(): void {
    this.#end(abortedOutcome(this.#progress));
  }

  #respond(response: IncomingMessage): void {
    const { headers, rawHeaders, statusCode = 0 } = response;
    const statusMessage = withoutSecrets(response.statusMessage ?? '', this.#options.secrets);
    this.#response = response;
    this.#head = {
      status: statusCode,
      statusText: statusMessage,
      contentType: headers['content-type'] ?? '',
      location: headers.location ?? '',
      path: API_FACTS[this.#options.api].path,
      limits: limitsOf(rawHeaders),
      withKey: this.#options.headers.some(([name]) => isSecretName(name)),
    };
    this.#guard(() =>
      this.#recording.describe({
        response: {
          status: statusCode,
          statusText: statusMessage,
          httpVersion: response.httpVersion,
          headers: keptResponseHeaders(rawHeaders).map(([name, value]) => [
            name,
            withoutSecrets(value, this.#options.secrets),
          ]),
        },
        timing: { ...this.#timing },
      }),
    );
    const encoding = headers['content-encoding'];
    const decoder = contentDecoder(encoding);
    if (decoder === null || decoder === 'unknown') {
      if (decoder) this.#note = ` It is encoded as ${encoding}, which can't be undone here.`;
      response.on('data', (chunk: Buffer) => this.#receive(chunk));
      response.on('end', () => this.#bodyEnded(response));
    } else {
      this.#note = ` The server compressed it (${encoding}) although it was asked not to: the bytes kept are the decoded ones.`;
      response.on('data', (chunk: Buffer) => decoder.write(chunk));
      response.on('end', () => decoder.end());
      decoder.on('data', (chunk: Buffer) => this.#receive(chunk));
      decoder.on('end', () => this.#bodyEnded(response));
      decoder.on('error', (error) => this.#end(this.#brokenBy(error)));
      // What was received before a break still has to come out of the decoder.
      this.#drain = () => decoder.end();
    }
    response.on('error', (error) => this.#broken(error));
    // A close without an end or an error: the promise of more bytes was not kept.
    response.on('close', () => {
      if (!response.complete) this.#broken(closedEarly());
    });
  }

  #receive(received: Uint8Array): void {
    const timeUs = this.#clock();
    this.#lastByteUs = timeUs;
    const chunk = this.#mask.mask(received);
    if (this.#startBytes < START_BYTES) {
      const part = chunk.subarray(0, START_BYTES - this.#startBytes);
      this.#start.push(Uint8Array.from(part));
      this.#startBytes += part.byteLength;
    }
    this.#guard(() => this.#recording.append(chunk, timeUs));
  }

  #bodyEnded(response: IncomingMessage): void {
    if (!response.complete || !this.#head) {
      return this.#end(this.#brokenBy(this.#failure ?? closedEarly()));
    }
    this.#keepRest();
    const start = withoutSecrets(
      Buffer.concat(this.#start).toString('utf8'),
      this.#options.secrets,
    );
    const outcome = finishedOutcome(this.#head, start, this.#recording.bytes);
    this.#end({ ...outcome, message: outcome.message + this.#note });
  }

  #broken(error: unknown): void {
    // An error can overtake bytes that came in the same packet; reading hands them to `data`.
    const response = this.#response;
    while (response !== null && response.read() !== null);
    if (!this.#drain) return this.#end(this.#brokenBy(error));
    this.#failure ??= error;
    this.#drain();
  }

  #brokenBy(error: unknown): Outcome {
    const outcome = brokenOutcome(error, this.#progress);
    return {
      ...outcome,
      message: withoutSecrets(outcome.message + this.#note, this.#options.secrets),
    };
  }

  get #progress(): Progress {
    return {
      host: this.#options.url.host,
      status: this.#head?.status ?? null,
      bytes: this.#recording.bytes,
      nowUs: this.#clock(),
      lastByteUs: this.#lastByteUs,
    };
  }

  /** Keeping must not fail silently: a full disk ends the exchange, and says so. */
  #guard(keep: () => void): void {
    try {
      keep();
    } catch (error) {
      const code = systemCode(error) || 'not-kept';
      const why = code === 'ENOSPC' ? 'the disk is full' : messageOf(error);
      this.#end({
        kind: 'disconnected',
        code,
        message: `The response can't be kept any further: ${why}. The request was stopped.`,
      });
    }
  }

  #keepRest(): void {
    try {
      this.#recording.append(this.#mask.rest(), this.#lastByteUs ?? 0);
    } catch {
      // The disk is full: the end that is about to be written says how far it got.
    }
  }

  #end(outcome: Outcome): void {
    if (!this.#recording.ended) {
      this.#keepRest();
      try {
        const quoted = this.#mask.found
          ? ' The server quoted a secret of the request: asterisks stand for it.'
          : '';
        const end = { ...outcome, message: outcome.message + quoted, atUs: this.#clock() };
        this.#recording.finish(end, { ...this.#timing });
      } catch {
        // The end can't be written; the next start shows the capture as interrupted.
      }
      this.#finished?.();
    }
    this.#request?.destroy();
  }
}

function closedEarly(): Error {
  return Object.assign(new Error('closed early'), { code: 'closed-early' });
}
