import type { GrowingDocument } from '../growing/growing-document.ts';
import type { Frame } from './frame.ts';

const BACKSLASH = 0x5c;

/** What is asked of a string while it is written. */
interface Watch {
  frame: Frame;
  keyword: 'maxLength' | 'enum' | 'const';
  /** The most characters it may have. */
  most: number;
  /** The texts it may become, sorted by their units; null where it may be any. */
  texts: readonly string[] | null;
  /** Which of them it still can: from the one up to the other. */
  from: number;
  to: number;
}

const ANY = { texts: null, from: 0, to: 1 } as const;

type StringFailure = (frame: Frame, keyword: Watch['keyword'], length: number) => void;

/**
 * The string that is being written, unit by unit, each once: whether it has become too long, or begins
 * as nothing that is allowed. It reads only while somebody asks, and never beyond the end of the string.
 */
export class OpenString {
  readonly node: number;
  readonly #document: GrowingDocument;
  #at: number;
  #watches: Watch[] = [];
  readonly #fails: StringFailure;
  /** Decoded so far, in UTF-16 units, and in characters. */
  #units = 0;
  #characters = 0;
  #last = 0;

  /** @param fails is told when a string of so many units of text can't be valid any more */
  constructor(document: GrowingDocument, node: number, fails: StringFailure) {
    this.#document = document;
    this.node = node;
    this.#at = document.startOf(node) + 1;
    this.#fails = fails;
  }

  watch(frame: Frame): void {
    const { maxLength, values } = frame.plan;
    if (maxLength < Infinity)
      this.#watches.push({ frame, keyword: 'maxLength', most: maxLength, ...ANY });
    for (const { keyword, texts } of values)
      this.#watches.push({ frame, keyword, most: Infinity, texts, from: 0, to: texts.length });
  }

  /** Reads what is there of the string up to `length` units of the text. */
  readTo(length: number): void {
    const { brokenAt } = this.#document;
    const end = brokenAt < 0 ? length : Math.min(length, brokenAt);
    if (this.#watches.length === 0 || this.#at >= end) return;
    const base = this.#at;
    const text = this.#document.slice(base, end);
    let at = 0;
    while (at < text.length && this.#watches.length > 0) {
      let unit = text.charCodeAt(at);
      let size = 1;
      // An unescaped quote is the end: its happening comes next.
      if (unit === 0x22) return;
      if (unit === BACKSLASH) {
        size = text[at + 1] === 'u' ? 6 : 2;
        if (at + size > text.length) break;
        unit = (JSON.parse(`"${text.slice(at, at + size)}"`) as string).charCodeAt(0);
      }
      at += size;
      this.#take(unit, base + at);
    }
    this.#at = base + at;
  }

  #take(unit: number, length: number): void {
    const joins = unit >= 0xdc00 && unit <= 0xdfff && this.#last >= 0xd800 && this.#last <= 0xdbff;
    // The second half of a pair makes no other character; a third one would.
    if (!joins) this.#characters++;
    this.#last = joins ? 0 : unit;
    const position = this.#units++;
    let settled = false;
    for (const watch of this.#watches) {
      if (watch.texts) narrow(watch, watch.texts, position, unit);
      if (this.#characters <= watch.most && watch.from < watch.to) continue;
      settled = true;
      this.#fails(watch.frame, watch.keyword, length);
    }
    if (settled)
      this.#watches = this.#watches.filter(
        ({ most, from, to }) => this.#characters <= most && from < to,
      );
  }
}

/** Keeps the texts with a unit at a position: what stands before it is the same in all that are left. */
function narrow(watch: Watch, texts: readonly string[], position: number, unit: number): void {
  const { from, to } = watch;
  // What is at its end stands first.
  const unitOf = (at: number) =>
    texts[at]!.length > position ? texts[at]!.charCodeAt(position) : -1;
  if (from < to && unitOf(from) === unit && unitOf(to - 1) === unit) return;
  const firstBeyond = (limit: number) => {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (unitOf(middle) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  watch.from = firstBeyond(unit);
  watch.to = firstBeyond(unit + 1);
}

/** The characters of a string: pairs of surrogates count as one. */
export function charactersOf(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}
