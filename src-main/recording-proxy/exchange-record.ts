import type { IncomingMessage } from 'node:http';
import type {
  CapturedRequest,
  CaptureEnd,
  CaptureOrigin,
  ConnectionTiming,
} from '../../src-core/capture.ts';
import { asksForStream } from '../../src-core/stream-asked.ts';
import type { Recording } from '../captures/recording.ts';
import type { CaptureStore } from '../captures/store.ts';
import { keptHeader, keptRequest, keptUrl, secretsOfRequest } from '../imports/request-secrets.ts';
import { KeyMask, withoutSecrets } from '../requests/key-mask.ts';
import type { Outcome } from '../requests/outcomes.ts';
import { keptResponseHeaders } from '../requests/request-head.ts';
import { BodyDecoder, codingsOf } from './body-decoder.ts';
import { captureName } from './capture-name.ts';
import { headerOf, type HeaderPair } from './passed-headers.ts';
import { answeredOutcome, notKept } from './proxied-outcomes.ts';
import { RequestCopy } from './request-copy.ts';

/** How much of a body is looked at for an error message, in bytes. */
const START_BYTES = 64 * 1024;

export interface RequestHead {
  method: string;
  /** At the upstream. */
  url: string;
  /** As the upstream gets them. */
  headers: HeaderPair[];
}

export interface RecordOptions {
  store: CaptureStore;
  origin: CaptureOrigin;
  show: boolean;
  /** Of the client and of main, all the same. */
  secrets: readonly string[];
}

/**
 * The capture of an exchange that passes by. Whatever goes wrong here ends the capture, never the passing: nothing
 * throws.
 */
export class ExchangeRecord {
  readonly #recording: Recording;
  readonly #head: RequestHead;
  readonly #given: readonly string[];
  readonly #copy: RequestCopy;
  #request: CapturedRequest;
  /** The one that it was given here: a person may give it another. */
  #name: string;
  #secrets: string[];
  #mask: KeyMask;
  #response: IncomingMessage | null = null;
  #decoder: BodyDecoder | null = null;
  #codings: string[] = [];
  #start: Buffer[] = [];
  #startBytes = 0;
  /** Of an encoded body. */
  #wireBytes = 0;
  #lastUs = 0;
  #notes = '';
  #requestNote = '';
  #isRequestKept = false;
  #ending = false;
  #finished: () => void = () => undefined;
  /** Resolves when the capture has its end. */
  readonly done = new Promise<void>((resolve) => (this.#finished = resolve));

  /** @throws system errors of writing: then there is no capture */
  constructor(head: RequestHead, { store, origin, show, secrets }: RecordOptions) {
    this.#head = head;
    this.#given = secrets;
    this.#copy = new RequestCopy(headerOf(head.headers, 'content-encoding'));
    this.#secrets = this.#secretsIn('');
    this.#mask = new KeyMask(this.#secrets);
    this.#request = this.#kept('');
    this.#name = captureName(this.#request);
    this.#recording = store.record({ name: this.#name, origin, request: this.#request }, { show });
  }

  get id(): string {
    return this.#recording.id;
  }
  get end(): CaptureEnd | null {
    return this.#recording.meta.end;
  }

  /** A part of the request's body has passed. */
  sent(chunk: Buffer): void {
    this.#copy.push(chunk);
  }

  /** The request's body is there as a whole, or what came of it before the exchange was over. */
  requestEnded(): void {
    if (this.#isRequestKept || this.#copy.bytes === 0) return;
    this.#isRequestKept = true;
    const { text, note } = this.#copy.text();
    this.#requestNote = note;
    this.#secrets = this.#secretsIn(text);
    this.#mask = this.#mask.with(this.#secrets);
    this.#request = this.#kept(text);
    const { name } = this.#recording.meta;
    const isRenamed = name !== this.#name;
    this.#name = isRenamed ? name : captureName(this.#request);
    this.#guard(() => this.#recording.describe({ request: this.#request, name: this.#name }));
  }

  /** The answer's head has arrived. */
  answered(response: IncomingMessage, timing: ConnectionTiming): void {
    const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders, headers } = response;
    this.#response = response;
    this.#guard(() =>
      this.#recording.describe({
        response: {
          status: statusCode,
          statusText: this.#masked(statusMessage),
          httpVersion,
          headers: keptResponseHeaders(rawHeaders)
            .map(keptHeader)
            .map(([name, value]) => [name, this.#masked(value)]),
        },
        timing: { ...timing },
      }),
    );
    this.#codings = codingsOf(headers['content-encoding']);
    if (this.#codings.length === 0) return;
    this.#decoder = BodyDecoder.of(this.#codings, (bytes, timeUs) => this.#keep(bytes, timeUs));
    if (!this.#decoder)
      this.#notes += ` It is encoded as ${this.#codings.join(', ')}, which can't be undone here: the bytes kept are the encoded ones.`;
  }

  /**
   * A part of the answer has arrived.
   * @returns false where more should wait until `eased` is called
   */
  received(chunk: Buffer, timeUs: number, eased: () => void): boolean {
    this.#lastUs = timeUs;
    if (!this.#decoder) {
      this.#keep(chunk, timeUs);
      return true;
    }
    this.#wireBytes += chunk.length;
    if (!this.#mask.found) this.#guard(() => this.#recording.appendWire(chunk, timeUs));
    return this.#decoder.push(chunk, timeUs, eased);
  }

  /** The answer came to its regular end. */
  async completed(timing: ConnectionTiming, atUs: () => number): Promise<void> {
    await this.#finish(() => this.#answer(), { timing, atUs, isWhole: true });
  }

  /** It ended in another way. */
  async broke(outcome: Outcome, timing: ConnectionTiming, atUs: () => number): Promise<void> {
    await this.#finish(() => outcome, { timing, atUs, isWhole: false });
  }

  async #finish(
    outcome: () => Outcome,
    { timing, atUs, isWhole }: { timing: ConnectionTiming; atUs: () => number; isWhole: boolean },
  ): Promise<void> {
    if (this.#ending) return this.done;
    this.#ending = true;
    const us = atUs();
    this.requestEnded();
    const fault = (await this.#decoder?.end(isWhole)) ?? '';
    if (fault)
      this.#notes += ` It is compressed (${this.#codings.join(', ')}), and the data breaks: ${fault}. What was decoded until then is kept as the body.`;
    this.#append(this.#mask.rest(), this.#lastUs);
    const said = outcome();
    this.#close(
      { ...said, message: said.message + this.#notes + this.#requestNote, atUs: us },
      timing,
    );
  }

  #close(end: CaptureEnd, timing?: ConnectionTiming): void {
    const recording = this.#recording;
    let message = this.#masked(end.message);
    if (this.#mask.found) {
      message += ' The server quoted a secret of the request: asterisks stand for it.';
      this.#guard(() => recording.dropWire());
    }
    try {
      recording.finish({ ...end, message }, timing && { ...timing });
    } catch {
      // The end can't be written; the next start shows the capture as interrupted.
    }
    this.#finished();
  }

  #answer(): Outcome {
    const { statusCode = 0, statusMessage = '', rawHeaders, headers } = this.#response!;
    return answeredOutcome({
      status: statusCode,
      statusText: statusMessage,
      contentType: headers['content-type'] ?? '',
      location: keptUrl(headers.location ?? ''),
      rawHeaders,
      asksForStream: asksForStream(this.#request),
      start: this.#masked(Buffer.concat(this.#start).toString('utf8')),
      // What came, though nothing could be decoded, is no empty answer.
      bytes: this.#recording.bytes || this.#wireBytes,
    });
  }

  /** Bytes of the body as it is shown. */
  #keep(bytes: Buffer, timeUs: number): void {
    const kept = this.#mask.mask(bytes);
    if (this.#startBytes < START_BYTES) {
      const part = Buffer.from(kept.subarray(0, START_BYTES - this.#startBytes));
      this.#start.push(part);
      this.#startBytes += part.length;
    }
    this.#append(kept, timeUs);
    // What came on the wire can't be masked: it is not kept.
    if (this.#mask.found) this.#guard(() => this.#recording.dropWire());
  }

  #append(bytes: Uint8Array, timeUs: number): void {
    this.#guard(() => this.#recording.append(bytes, timeUs));
  }

  /** A full disk ends the capture, and says so. */
  #guard(keep: () => void): void {
    if (this.#recording.ended) return;
    try {
      keep();
    } catch (error) {
      this.#ending = true;
      const outcome = notKept(error);
      this.#close({ ...outcome, atUs: this.#lastUs });
    }
  }

  #secretsIn(body: string): string[] {
    const found = secretsOfRequest({ ...this.#head, body });
    return [...new Set([...this.#given, ...found])].sort((a, b) => b.length - a.length);
  }

  #kept(body: string): CapturedRequest {
    const {
      method,
      url,
      headers,
      body: text,
    } = keptRequest({ ...this.#head, body }, this.#secrets);
    return {
      method,
      url,
      headers: headers.map(([name, value]) => [name, this.#masked(value)]),
      body: text,
    };
  }

  #masked(text: string): string {
    return withoutSecrets(text, this.#secrets);
  }
}
