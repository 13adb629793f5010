import { type DiffKeys, matchKeys } from './match-keys.ts';
import { KeyTable } from './event-keys.ts';

/** A stretch of two texts: what both have, what only A has (`lost`), what only B has (`inserted`). */
export interface TextPiece {
  kind: 'same' | 'lost' | 'inserted';
  text: string;
}

export interface TextDifference {
  /** Joined, `same` and `lost` are A's text, `same` and `inserted` B's. Lost stands before inserted. */
  pieces: TextPiece[];
  /** Whether some stretch was too different to be compared word by word, and is told as replaced. */
  isCoarse: boolean;
}

const WORDS = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
const LINES = /[^\n]*\n|[^\n]+$/g;

/** Where two texts differ, by words or by lines. Bounded as `matchKeys`. */
export function diffText(
  a: string,
  b: string,
  by: 'words' | 'lines',
  diff: DiffKeys,
): TextDifference {
  if (a === b) return { pieces: a === '' ? [] : [{ kind: 'same', text: a }], isCoarse: false };
  const form = by === 'words' ? WORDS : LINES;
  const [wordsA, wordsB] = [a.match(form) ?? [], b.match(form) ?? []];
  const table = new KeyTable();
  const numbers = (words: string[]) => Int32Array.from(words, (word) => table.of(word));
  const { bOf, unresolved } = matchKeys(numbers(wordsA), numbers(wordsB), diff);
  const list = new PieceList();
  let next = 0;
  wordsA.forEach((word, at) => {
    const pair = bOf[at]!;
    if (pair < 0) return list.add('lost', word);
    for (; next < pair; next++) list.add('inserted', wordsB[next]!);
    next++;
    list.add('same', word);
  });
  for (; next < wordsB.length; next++) list.add('inserted', wordsB[next]!);
  return { pieces: list.finish(), isCoarse: unresolved > 0 };
}

/** Joins what follows each other; a space between two changes is part of them. */
class PieceList {
  readonly #pieces: TextPiece[] = [];
  #same = '';
  #lost = '';
  #inserted = '';

  add(kind: TextPiece['kind'], text: string): void {
    if (kind === 'same') {
      this.#same += text;
      return;
    }
    const isChanging = this.#lost !== '' || this.#inserted !== '';
    if (isChanging && this.#same !== '' && this.#same.trim() === '') {
      this.#lost += this.#same;
      this.#inserted += this.#same;
      this.#same = '';
    } else if (this.#same !== '') this.#flush();
    if (kind === 'lost') this.#lost += text;
    else this.#inserted += text;
  }

  finish(): TextPiece[] {
    this.#flush();
    return this.#pieces;
  }

  #flush(): void {
    if (this.#lost !== '') this.#pieces.push({ kind: 'lost', text: this.#lost });
    if (this.#inserted !== '') this.#pieces.push({ kind: 'inserted', text: this.#inserted });
    if (this.#same !== '') this.#pieces.push({ kind: 'same', text: this.#same });
    this.#lost = this.#inserted = this.#same = '';
  }
}
