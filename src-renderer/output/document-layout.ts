import type { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { Token } from '../../src-core/growing/tokens.ts';

/**
 * The lines on which a growing JSON text is laid out: one a member, brackets as JSON.stringify would
 * set them. Where a line begins never changes, so each token is looked at once. Line breaks and
 * indents are style: the tokens of all lines joined are the text.
 */
export class DocumentLayout {
  readonly document: GrowingDocument;
  /** The first token of each line. */
  readonly #rows: number[] = [];
  /** The container whose opening bracket ends a line, -1 for other lines. */
  readonly #heads: number[] = [];
  #next = 0;
  /** The last token that was no white space, -1 before the first. */
  #last = -1;

  constructor(document: GrowingDocument) {
    this.document = document;
  }

  /** Lays out what has come in. Linear in that. */
  extend(): this {
    const { tokens } = this.document;
    for (; this.#next < tokens.count; this.#next++) {
      const row = this.#next;
      const code = tokens.codeOf(row);
      if (row === 0) this.#begin(0);
      if (code === Token.space) continue;
      const last = this.#last < 0 ? -1 : tokens.codeOf(this.#last);
      const isEmptyContainer = code === Token.close && last === Token.open;
      const breaks = code === Token.close || last === Token.open || last === Token.comma;
      if (this.#last >= 0 && breaks && !isEmptyContainer) {
        if (last === Token.open) this.#heads[this.#heads.length - 1] = tokens.nodeOf(this.#last);
        this.#begin(row);
      }
      this.#last = row;
    }
    return this;
  }

  #begin(row: number): void {
    this.#rows.push(row);
    this.#heads.push(-1);
  }

  get lineCount(): number {
    return this.#rows.length;
  }
  firstToken(line: number): number {
    return this.#rows[line]!;
  }
  /** The token after the last one of a line. */
  endToken(line: number): number {
    return this.#rows[line + 1] ?? this.document.tokens.count;
  }
  startOf(line: number): number {
    return this.document.tokens.startOf(this.#rows[line]!);
  }
  endOf(line: number): number {
    const next = this.#rows[line + 1];
    return next === undefined ? this.document.length : this.document.tokens.startOf(next);
  }
  /** How many containers are around a line. */
  depthOf(line: number): number {
    return line === 0 ? 0 : this.document.tokens.depthOf(this.#rows[line]!);
  }
  /** The container that a line opens and others go on with, -1 for other lines. */
  headOf(line: number): number {
    return this.#heads[line]!;
  }

  /** How many lines begin before `offset`. O(log n). */
  linesBelow(offset: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startOf(middle) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The line of a unit. */
  lineOf(offset: number): number {
    return Math.max(0, this.linesBelow(offset + 1) - 1);
  }

  /** The lines that folding a container hides: all after its head to its closing bracket. */
  foldOf(container: number): LineRange {
    const { document } = this;
    const end = document.endOf(container);
    return {
      from: this.lineOf(document.startOf(container)) + 1,
      to: end < 0 ? this.lineCount : this.lineOf(end - 1) + 1,
    };
  }
}

/** Lines `[from, to)`. */
export interface LineRange {
  from: number;
  to: number;
}

/** Ranges in order, those within others left out. */
export function mergedRanges(ranges: readonly LineRange[]): LineRange[] {
  const merged: LineRange[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged[merged.length - 1];
    if (to <= from) continue;
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** The lines that show, of `count` lines of which some ranges are hidden. */
export class ShownLines {
  readonly #hidden: readonly LineRange[];
  readonly count: number;

  constructor(total: number, hidden: readonly LineRange[]) {
    this.#hidden = hidden
      .filter(({ from }) => from < total)
      .map(({ from, to }) => ({ from, to: Math.min(to, total) }));
    this.count = this.#hidden.reduce((left, { from, to }) => left - (to - from), total);
  }

  /** The line in a row of what shows. */
  lineOfRow(row: number): number {
    let line = row;
    for (const { from, to } of this.#hidden) {
      if (from > line) break;
      line += to - from;
    }
    return line;
  }

  /** The row of a line, of the head of the fold where it is hidden. */
  rowOfLine(line: number): number {
    let row = line;
    for (const { from, to } of this.#hidden) {
      if (from > line) break;
      row -= Math.min(to, line + 1) - from;
    }
    return row;
  }

  isHidden(line: number): boolean {
    return this.#hidden.some(({ from, to }) => from <= line && line < to);
  }
}
