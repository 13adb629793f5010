import type { ServerResponse } from 'node:http';
import { eventEnds, joined } from '../../src-core/replay/event-ends.ts';
import { decodeUtf8 } from '../../src-core/text.ts';
import type { Portion, Reply } from '../../src-core/replay/reply.ts';
import { flushHead } from '../requests/flush-head.ts';

/** How far a reply by hand is: what has left, and what there is. */
export interface Steps {
  events: number;
  allEvents: number;
  chunks: number;
  allChunks: number;
  /** The beginning of the event that is next, as it stands in the body; '' where none is. */
  next: string;
}

/** How a reply ended. `person`: the server was stopped. */
export interface Played {
  by: 'server' | 'client' | 'person';
  /** Of the body, and all of it. */
  bytes: number;
  allBytes: number;
}

/** setTimeout takes no more. */
const LONGEST_MS = 2 ** 31 - 1;

/** Bytes of the next event that are told: enough for its type and the begin of a delta. */
const TOLD_BYTES = 400;

/** How long after the last bytes a connection is reset. */
const RESET_AFTER_MS = 20;

/**
 * Writes a reply: the head, then each portion at its time as a write of its own, which is a chunk of HTTP's
 * chunked coding. A portion is due at a fixed time after the head, so that late timers do not add up; while the
 * client does not take what was written nothing more is. By hand, portions wait for steps.
 */
export class Playing {
  readonly #reply: Reply;
  readonly #response: ServerResponse;
  readonly #allBytes: number;
  /** Where events and portions end; only by hand. */
  readonly #events: number[] | null;
  readonly #body: Uint8Array | null;
  readonly #chunks: number[];
  #timer: NodeJS.Timeout | null = null;
  #headAt = 0;
  /** The portion that is next, and how much of it has left. */
  #next = 0;
  #offset = 0;
  #sent = 0;
  /** Bytes that may leave. */
  #allowed: number;
  #isDraining = false;
  #over: Played['by'] | null = null;
  readonly #ended: (played: Played) => void;

  /** @param ended called once, when all has left or the connection is gone: no timer stays behind */
  constructor(
    reply: Reply,
    response: ServerResponse,
    { byHand }: { byHand: boolean },
    ended: (played: Played) => void,
  ) {
    this.#reply = reply;
    this.#response = response;
    this.#allBytes = reply.portions.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#body = byHand ? joined(reply.portions) : null;
    this.#events = this.#body && eventEnds(this.#body);
    this.#chunks = byHand ? endsOf(reply.portions) : [];
    this.#allowed = byHand ? 0 : Infinity;
    this.#ended = ended;
  }

  /** @param since when the request was whole, by `performance.now()` */
  start(since: number): void {
    this.#response.once('close', this.#closed);
    // Each portion is a write of its own; delaying small ones would join them.
    this.#response.socket?.setNoDelay(true);
    this.#at(since + this.#reply.headAtUs / 1000, this.#head);
  }

  /** The connections are about to be closed. */
  stop(): void {
    this.#over ??= 'person';
    this.#rest();
  }

  /** How far it is; null where it does not wait for steps. */
  get steps(): Steps | null {
    if (!this.#events || this.#over || this.#allowed === Infinity) return null;
    const events = countUpTo(this.#events, this.#sent);
    const start = this.#events[events - 1] ?? 0;
    const end = Math.min(this.#events[events] ?? start, start + TOLD_BYTES);
    return {
      events,
      allEvents: this.#events.length,
      chunks: countUpTo(this.#chunks, this.#sent),
      allChunks: this.#chunks.length,
      next: decodeUtf8(this.#body!.subarray(start, end)),
    };
  }

  /** Lets the rest of an event or of a chunk leave, or all that is left; nothing where it does not wait. */
  step(by: 'event' | 'chunk' | 'run'): void {
    if (!this.#events || this.#over || this.#allowed === Infinity) return;
    const ends = by === 'event' ? this.#events : this.#chunks;
    const next = ends[countUpTo(ends, Math.max(this.#sent, this.#allowed))];
    this.#allowed = by === 'run' ? Infinity : (next ?? this.#allBytes);
    if (!this.#timer && !this.#isDraining && this.#response.headersSent) this.#go();
  }

  #at(dueMs: number, act: () => void): void {
    const waitMs = dueMs - performance.now();
    if (waitMs <= 0) return act();
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#at(dueMs, act);
      },
      Math.min(waitMs, LONGEST_MS),
    );
  }

  readonly #head = (): void => {
    const { status, statusText, ending } = this.#reply;
    const response = this.#response;
    const hasBody = response.req.method !== 'HEAD' && status !== 204 && status !== 304;
    const headers = this.#reply.headers.filter(
      ([name, value]) =>
        !hasBody ||
        name.toLowerCase() !== 'content-length' ||
        Number(value) === this.#allBytes ||
        // What is cut on purpose is shorter than it says.
        (ending !== 'end' && Number(value) > this.#allBytes),
    );
    response.sendDate = false;
    // Flat, so that names keep their case, and what comes twice stays two.
    response.writeHead(status, statusText, headers.flat());
    flushHead(response, [...headers, [statusText]]);
    this.#headAt = performance.now();
    if (hasBody) return this.#go();
    this.#next = this.#reply.portions.length;
    this.#finish();
  };

  readonly #go = (): void => {
    const { portions } = this.#reply;
    this.#isDraining = false;
    while (!this.#over && this.#next < portions.length) {
      const { bytes, atUs } = portions[this.#next]!;
      if (this.#sent >= this.#allowed) return;
      const dueMs = this.#headAt + atUs / 1000;
      if (dueMs > performance.now()) return this.#at(dueMs, this.#go);
      const end = Math.min(bytes.length, this.#offset + this.#allowed - this.#sent);
      const isWhole = end === bytes.length;
      const written = bytes.subarray(this.#offset, end);
      this.#offset = isWhole ? 0 : end;
      if (isWhole) this.#next++;
      // A chunk of no bytes would be the end of the body.
      if (written.length === 0) continue;
      this.#sent += written.length;
      if (!this.#response.write(written)) {
        this.#isDraining = true;
        this.#response.once('drain', this.#go);
        return;
      }
    }
    if (!this.#over) this.#finish();
  };

  #finish(): void {
    const { socket } = this.#response.req;
    switch (this.#reply.ending) {
      case 'end':
        this.#response.end();
        return;
      case 'open':
        return;
      case 'fin':
        this.#over = 'server';
        // After what was written in this turn, which is handed on at its end.
        setImmediate(() => socket.destroySoon());
        return;
      case 'rst':
        this.#over = 'server';
        // A reset discards what the kernel has not sent yet, and a client that finds bytes and a reset at once
        // may take it for an end (libuv does).
        socket.write('', () => {
          this.#timer = setTimeout(
            () => setImmediate(() => socket.resetAndDestroy()),
            RESET_AFTER_MS,
          );
        });
    }
  }

  readonly #closed = (): void => {
    this.#rest();
    const by = this.#over ?? (this.#response.writableFinished ? 'server' : 'client');
    this.#over = by;
    this.#ended({ by, bytes: this.#sent, allBytes: this.#allBytes });
  };

  #rest(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#response.removeListener('drain', this.#go);
  }
}

function endsOf(portions: readonly Portion[]): number[] {
  let end = 0;
  return portions.map(({ bytes }) => (end += bytes.length));
}

/** How many of ascending numbers are at most `limit`. */
function countUpTo(ends: readonly number[], limit: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
