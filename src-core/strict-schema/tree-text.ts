import type { TreeEntry, TreeNode } from './json-tree.ts';

/** A replacement in a text: offsets in the text before any of the edits. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** The text after edits, which ascend and do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let at = 0;
  let made = '';
  for (const edit of edits) {
    made += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return made + text.slice(at);
}

/**
 * The edits, ascending, that make the text say what the changed tree of it says. What was not changed
 * keeps its characters; what was moved keeps its layout; what is new is laid out as the text is.
 */
export function editsOf(text: string, root: TreeNode): TextEdit[] {
  return new Printer(text, root).edits();
}

/** A short container of scalars goes on one line where the text does that. */
const SHORT = 60;

class Printer {
  readonly #text: string;
  readonly #root: TreeNode;
  readonly #changed = new Set<TreeNode>();
  readonly #lineStarts: number[] = [0];
  readonly #edits: TextEdit[] = [];
  /** Up to where the text is dealt with, and what stands instead of what comes next. */
  #at = 0;
  #pending = '';
  #unit = '  ';
  #colon = ': ';
  #gap = ', ';
  #pad = '';
  #hasInline = false;

  constructor(text: string, root: TreeNode) {
    this.#text = text;
    this.#root = root;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1);
    this.#noteChanges(root);
    this.#learn();
  }

  edits(): TextEdit[] {
    const start = this.#text.length - this.#text.trimStart().length;
    this.#keep(0, start);
    this.#print(this.#root, '', this.#root.start !== start, this.#lineStarts.length > 1);
    this.#keep(this.#text.trimEnd().length, this.#text.length);
    return this.#edits;
  }

  #noteChanges(node: TreeNode): boolean {
    let isChanged = node.isChanged || node.start < 0;
    for (const entry of node.entries) {
      const isOther = entry.start < 0 || entry.node.start !== entry.valueStart;
      if (this.#noteChanges(entry.node) || isOther) isChanged = true;
    }
    if (isChanged) this.#changed.add(node);
    return isChanged;
  }

  /** How the text is laid out, from the first of each kind in it. */
  #learn(): void {
    const colon = /"\s*:([ \t]*)/.exec(this.#text);
    this.#colon = `:${colon?.[1] ?? ' '}`;
    const unit = /\n([ \t]+)/.exec(this.#text);
    if (unit) this.#unit = unit[1]!;
    const inline = /\{([ \t]*)"/.exec(this.#text);
    this.#pad = inline?.[1] ?? '';
    this.#gap = this.#colon === ':' ? ',' : ', ';
    this.#hasInline = /\{[ \t]*"/.test(this.#text);
  }

  #keep(start: number, end: number): void {
    this.#flush(start);
    this.#at = end;
  }
  #write(text: string): void {
    this.#pending += text;
  }
  #flush(start: number): void {
    const text = this.#pending;
    const most = Math.min(start - this.#at, text.length);
    let same = 0;
    while (same < most && this.#text[this.#at + same] === text[same]) same++;
    const from = this.#at + same;
    if (from < start || same < text.length)
      this.#edits.push({ start: from, end: start, text: text.slice(same) });
    this.#pending = '';
  }

  #print(node: TreeNode, margin: string, isMoved: boolean, isSpread: boolean): void {
    if (!this.#changed.has(node)) {
      if (isMoved) this.#write(this.#movedText(node, margin));
      else this.#keep(node.start, node.end);
    } else if (node.kind === 'scalar') this.#write(JSON.stringify(node.scalar));
    else if (node.entries.length === 0) this.#write(node.kind === 'array' ? '[]' : '{}');
    else this.#container(node, margin, isMoved, isSpread);
  }

  #container(node: TreeNode, margin: string, isMoved: boolean, isParentSpread: boolean): void {
    const [open, close] = node.kind === 'array' ? '[]' : '{}';
    const first = node.entries.find((entry) => entry.start >= 0);
    const hasPlace = node.start >= 0 && first !== undefined && first.start > node.start;
    const opening = hasPlace ? this.#text.slice(node.start + 1, this.#firstOf(node, first)) : '';
    const isSpread = hasPlace ? opening.includes('\n') : isParentSpread && !this.#isShort(node);
    const own = isMoved || node.start < 0 ? margin : this.#marginAt(node.start);
    const inner = !isMoved && hasPlace && isSpread ? this.#marginAt(first.start) : own + this.#unit;
    const pad = hasPlace && !isSpread ? opening : node.kind === 'array' ? '' : this.#pad;
    const breakTo = (to: string) => (isSpread ? `\n${to}` : pad);
    let before: TreeEntry | null = null;
    for (const entry of node.entries) {
      const isKept = !isMoved && node.start >= 0 && entry.start >= 0;
      if (isKept && !before && entry.index === 0) this.#keep(node.start, entry.start);
      else if (isKept && before && before.start >= 0 && entry.index === before.index + 1)
        this.#keep(before.end, entry.start);
      else if (before) this.#write(`,${isSpread ? `\n${inner}` : this.#gap.slice(1)}`);
      else this.#write(open + breakTo(inner));
      if (isKept) this.#keep(entry.start, entry.valueStart);
      else if (entry.key !== null) this.#write(JSON.stringify(entry.key) + this.#colon);
      const isElsewhere = !isKept || entry.node.start !== entry.valueStart;
      this.#print(entry.node, isSpread ? inner : own, isElsewhere, isSpread);
      before = entry;
    }
    // What stood behind the last entry closes it still, if that entry is still the last.
    const isLast = before!.end >= 0 && /^\s*[}\]]$/.test(this.#text.slice(before!.end, node.end));
    if (!isMoved && isLast) this.#keep(before!.end, node.end);
    else this.#write(breakTo(own) + close);
    if (!isMoved && node.start >= 0) this.#keep(node.end, node.end);
  }

  /** Where the first entry of a container stood, be it there still or not. */
  #firstOf(node: TreeNode, known: TreeEntry): number {
    if (known.index === 0) return known.start;
    const space = /\s*/y;
    space.lastIndex = node.start + 1;
    return node.start + 1 + space.exec(this.#text)![0].length;
  }

  #isShort(node: TreeNode): boolean {
    if (!this.#hasInline || node.entries.some((entry) => entry.node.kind !== 'scalar'))
      return false;
    return JSON.stringify(node.value()).length <= SHORT;
  }

  #movedText(node: TreeNode, margin: string): string {
    const own = this.#text.slice(node.start, node.end);
    // A line break in a JSON text is never part of a string.
    return own.includes('\n')
      ? own.replaceAll(`\n${this.#marginAt(node.start)}`, `\n${margin}`)
      : own;
  }

  /** The white space that the line of an offset begins with. */
  #marginAt(offset: number): string {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const margin = /[ \t]*/y;
    margin.lastIndex = this.#lineStarts[low]!;
    return margin.exec(this.#text)![0];
  }
}
