import type { EventIndex } from '../../src-core/index/event-index.ts';
import type { TokenCount } from '../../src-core/latency/rates.ts';
import { cutAfter, MAX_CHARACTERS, writtenText } from '../../src-core/latency/token-text.ts';
import type { TokenAnswer, TokenQuestion } from './tokens.worker.ts';

/** Characters in one question to the worker. */
const QUESTION_CHARACTERS = 200_000;

/** How far a lane is counted: up to `from` for good, the rest as it stood. */
interface LaneCount {
  role: 'text' | 'reasoning';
  from: number;
  tokens: number;
  restLength: number;
  restTokens: number;
}
interface Piece {
  count: LaneCount;
  text: string;
  /** The end of the text so far: it is counted again when it has grown. */
  isRest: boolean;
}

/**
 * An estimate of a capture's tokens (o200k_base), counted by a worker on from where it was. Of very
 * long captures the first two million characters are counted.
 */
export class TokenEstimate {
  readonly #index: EventIndex;
  readonly #makeWorker: () => Worker;
  readonly #lanes: LaneCount[] = [];
  #worker: Worker | null = null;
  #asked: Piece[] | null = null;
  #isStale = false;
  #result = $state.raw<TokenCount | null>(null);
  #failed = $state(false);

  constructor(index: EventIndex, makeWorker: () => Worker) {
    this.#index = index;
    this.#makeWorker = makeWorker;
  }

  /** Null before the first count is there, and where there is no text to count. */
  get result(): TokenCount | null {
    return this.#result;
  }
  /** The tokenizer could not be loaded. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Counts what is new. */
  update(): void {
    if (this.#failed) return;
    if (this.#asked) this.#isStale = true;
    else this.#ask();
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked = null;
  }

  #ask(): void {
    const pieces = this.#nextPieces();
    this.#isStale = false;
    if (pieces.length === 0) {
      if (this.#lanes.length > 0) this.#result = this.#sum();
      return;
    }
    this.#asked = pieces;
    const question: TokenQuestion = { pieces: pieces.map(({ text }) => text) };
    this.#open().postMessage(question);
  }

  #open(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#makeWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<TokenAnswer>) => this.#take(data));
    worker.addEventListener('error', () => {
      this.#failed = true;
      this.stop();
    });
    this.#worker = worker;
    return worker;
  }

  #take({ counts }: TokenAnswer): void {
    const pieces = this.#asked ?? [];
    this.#asked = null;
    pieces.forEach(({ count, text, isRest }, at) => {
      if (isRest) {
        count.restLength = text.length;
        count.restTokens = counts[at]!;
      } else {
        count.from += text.length;
        count.tokens += counts[at]!;
        count.restLength = count.restTokens = 0;
      }
    });
    const isMore = pieces.reduce((sum, { text }) => sum + text.length, 0) >= QUESTION_CHARACTERS;
    if (!isMore) this.#result = this.#sum();
    if (isMore || this.#isStale) this.#ask();
  }

  /** What is to be counted next, in the order of the lanes. */
  #nextPieces(): Piece[] {
    const pieces: Piece[] = [];
    let asked = 0;
    let before = 0;
    this.#index.lanes.forEach((lane, number) => {
      const written = writtenText(lane);
      const count = (this.#lanes[number] ??= {
        role: written?.role ?? 'text',
        from: 0,
        tokens: 0,
        restLength: 0,
        restTokens: 0,
      });
      if (!written || before >= MAX_CHARACTERS || asked >= QUESTION_CHARACTERS) return;
      const text = written.text.slice(0, MAX_CHARACTERS - before);
      before += text.length;
      let { from } = count;
      if (text.length === from + count.restLength) return;
      while (from < text.length && asked < QUESTION_CHARACTERS) {
        const cut = cutAfter(text, from);
        const piece = text.slice(from, cut < 0 ? text.length : cut);
        pieces.push({ count, text: piece, isRest: cut < 0 });
        asked += piece.length;
        from += piece.length;
      }
    });
    return pieces;
  }

  #sum(): TokenCount | null {
    const sum = { text: 0, reasoning: 0 };
    let characters = 0;
    for (const { role, from, tokens, restLength, restTokens } of this.#lanes) {
      sum[role] += tokens + restTokens;
      characters += from + restLength;
    }
    if (characters === 0) return null;
    const of = this.#index.lanes.reduce(
      (length, lane) => length + (writtenText(lane)?.text.length ?? 0),
      0,
    );
    const result: TokenCount = {
      source: 'estimate',
      output: sum.text + sum.reasoning,
      text: sum.text,
      reasoning: sum.reasoning,
    };
    return characters >= MAX_CHARACTERS && characters < of
      ? { ...result, counted: { characters, of } }
      : result;
  }
}
