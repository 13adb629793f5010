/** A text of which stretches can be read: a string is one. */
export interface ReadableText {
  /** The UTF-16 units from `start` up to `end`. */
  slice(start: number, end: number): string;
}

const PIECE = 4096;

/**
 * A text that is appended to and read in turns. A string of a megabyte that grows by four characters
 * is copied as a whole when the next character of it is read; here no more than a piece is.
 */
export class GrowingText implements ReadableText {
  readonly #pieces: string[] = [];
  /** Where each piece ends. */
  readonly #ends: number[] = [];
  /** What was appended since the last piece, which is joined when it is read. */
  #rest: string[] = [];
  #restLength = 0;
  #length = 0;

  append(text: string): void {
    this.#rest.push(text);
    this.#length += text.length;
    this.#restLength += text.length;
    if (this.#restLength < PIECE) return;
    this.#pieces.push(this.#rest.join(''));
    this.#ends.push(this.#length);
    this.#rest = [];
    this.#restLength = 0;
  }

  slice(start: number, end: number): string {
    let text = '';
    let row = this.#pieceOf(start);
    for (let at = start; at < end && at < this.#length; row++) {
      const piece = this.#pieces[row] ?? this.#joinedRest();
      const begin = row === 0 ? 0 : this.#ends[row - 1]!;
      text += piece.slice(at - begin, end - begin);
      at = begin + piece.length;
    }
    return text;
  }

  #joinedRest(): string {
    if (this.#rest.length > 1) this.#rest = [this.#rest.join('')];
    return this.#rest[0] ?? '';
  }

  #pieceOf(offset: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ends[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
