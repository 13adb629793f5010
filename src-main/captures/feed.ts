import type { CaptureEnd, CaptureMeta } from '../../src-core/capture.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { type CaptureBatch, FEED_LIMITS } from '../../src-ipc/contract.ts';
import { messageOf } from '../refusal.ts';
import { bytesText } from '../wording.ts';
import { bodySize, type CapturePaths } from './capture-folder.ts';
import { CaptureReader } from './capture-reader.ts';
import { indexOptions } from '../../src-core/index/index-options.ts';
import type { Recording } from './recording.ts';
import { Signal } from './signal.ts';

export type FeedLimits = { readonly [Name in keyof typeof FEED_LIMITS]: number };

/** What a feed reads: `recording` is null for a capture that has ended. */
export interface FeedSource {
  paths: CapturePaths;
  meta: CaptureMeta;
  recording: Recording | null;
}

/** Whom a feed tells. */
export interface FeedListener {
  batch(batch: CaptureBatch): void;
  /** Something to know about a capture that goes on. */
  notice(message: string): void;
}

/**
 * Brings a capture to the page, from its first byte to its end, and on while it is recorded. There
 * is one path for a capture that is opened, reopened after a reload, or arriving: the disk is the
 * source, so nothing queues up here while the page is busy. At most `maxInFlight` batches are
 * unacknowledged.
 */
export class Feed {
  readonly subscription: number;
  readonly #source: FeedSource;
  readonly #listener: FeedListener;
  readonly #limits: FeedLimits;
  readonly #reader: CaptureReader;
  /** Made with the first bytes: only then the head of a response is known for sure. */
  #indexer: Indexer | null = null;
  readonly #wake = new Signal();
  #closed = false;
  #sent = 0;
  #acknowledged = 0;
  #metaSent: CaptureMeta | null = null;
  #saidTooLarge = false;
  #running: Promise<void> | null = null;

  constructor(
    subscription: number,
    source: FeedSource,
    listener: FeedListener,
    limits: FeedLimits = FEED_LIMITS,
  ) {
    this.subscription = subscription;
    this.#source = source;
    this.#listener = listener;
    this.#limits = limits;
    this.#reader = new CaptureReader(source.paths, { timed: source.meta.timed });
  }

  /** The capture it reads. */
  get captureId(): string {
    return this.#source.meta.id;
  }

  /** Resolves when it has ended and its files are closed. */
  start(): Promise<void> {
    return (this.#running ??= this.#run());
  }

  /** @param number the batch that the page has taken in, and with it all before. */
  acknowledge(number: number): void {
    if (!Number.isInteger(number) || number >= this.#sent) return;
    this.#acknowledged = Math.max(this.#acknowledged, number + 1);
    this.#wake.notify();
  }

  /** Ends the feed wherever it is; resolves when its files are closed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake.notify();
    await this.#running;
  }

  async #run(): Promise<void> {
    const unlisten = this.#source.recording?.listen(() => this.#wake.notify());
    try {
      await this.#pump();
    } catch (error) {
      // Said in the page: what was sent so far stays, and the person sees why there is no more.
      if (!this.#closed) this.#sendLast(unreadableEnd(this.#reader.position, error));
    } finally {
      unlisten?.();
      await this.#reader.close();
    }
  }

  async #pump(): Promise<void> {
    const { maxInFlight, maxBatchBytes, maxCaptureBytes, flushMs } = this.#limits;
    for (;;) {
      while (!this.#closed && this.#sent - this.#acknowledged >= maxInFlight) {
        await this.#wake.wait();
      }
      if (this.#closed) return;
      // Asked before reading: what is read afterwards is then all there is.
      const ended = this.#source.recording?.ended ?? true;
      const budget = Math.min(maxBatchBytes, maxCaptureBytes - this.#reader.position);
      const read = await this.#reader.read(budget, ended);
      if (this.#closed) return;
      if (read.bytes.byteLength > 0 || this.#meta !== this.#metaSent) {
        for (const piece of read.pieces) {
          this.#reading.push(piece.bytes, piece.timeUs, piece.continued);
        }
        this.#sendBatch(read.bytes, read.firstByte, null);
        await (ended || read.bytes.byteLength === budget ? nextTurn() : pause(flushMs));
      } else if (ended) {
        return this.#sendLast(budget === 0 && this.#isMore ? this.#tooLarge() : null);
      } else {
        if (budget === 0 && this.#isMore) this.#sayTooLarge();
        // The end is still to come: a request whose bytes no longer show can be stopped all the same.
        await this.#wake.wait();
      }
    }
  }

  get #meta(): CaptureMeta {
    return this.#source.recording?.meta ?? this.#source.meta;
  }

  get #reading(): Indexer {
    return (this.#indexer ??= new Indexer(indexOptions(this.#meta)));
  }

  get #isMore(): boolean {
    return bodySize(this.#source.paths) > this.#reader.position;
  }

  /** @param end the end to tell instead of the capture's own, null to tell that one. */
  #sendLast(end: CaptureEnd | null): void {
    this.#reading.end(end ?? this.#meta.end);
    this.#sendBatch(new Uint8Array(0), this.#reader.position, {
      ...this.#meta,
      end: end ?? this.#meta.end,
    });
  }

  #sendBatch(bytes: Uint8Array, firstByte: number, last: CaptureMeta | null): void {
    const meta = last ?? (this.#meta === this.#metaSent ? null : this.#meta);
    if (!last) this.#metaSent = this.#meta;
    this.#listener.batch({
      subscription: this.subscription,
      number: this.#sent++,
      index: (this.#indexer ?? new Indexer()).takeBatch(),
      bytes,
      firstByte,
      meta: meta,
      last: last !== null,
    });
  }

  #tooLarge(): CaptureEnd {
    const shown = bytesText(this.#reader.position);
    const message = `Only the first ${shown} are shown; the rest is kept on disk.`;
    const end = this.#meta.end!;
    return { ...end, code: 'too-large', message: `${message} ${end.message}`.trim() };
  }

  #sayTooLarge(): void {
    if (this.#saidTooLarge) return;
    this.#saidTooLarge = true;
    this.#listener.notice(
      `${this.#meta.name} goes on, but only its first ${bytesText(this.#reader.position)} are ` +
        'shown; the rest is kept on disk.',
    );
  }
}

function unreadableEnd(position: number, error: unknown): CaptureEnd {
  return {
    kind: 'disconnected',
    atUs: 0,
    code: 'unreadable',
    message: `The capture can't be read beyond byte ${position.toLocaleString('en-US')}: ${messageOf(error)}.`,
  };
}

/** Lets everything else in the process have its turn: input, other feeds, the network. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** While live: gathers what arrives within a frame of the screen into one batch. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
