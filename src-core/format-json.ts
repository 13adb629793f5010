import { type JsonNode, scanJsonText } from './json-text.ts';
import type { TextEdit } from './strict-schema/tree-text.ts';

/** What goes on one line may be so long, with its indent. */
const WIDTH = 80;
/** And may hold so many containers in each other. */
const MOST_LEVELS = 2;
const INDENT = '  ';

/**
 * The edits that lay a JSON text out: two spaces a level, what is short on one line. Only white space
 * changes: keys keep their order, numbers and strings their spelling. An object that has a line for its
 * first key keeps a line for each; a list of short values is put on one line where it fits. Laying out
 * twice changes nothing more.
 *
 * @returns ascending edits; none for a text that is no JSON
 */
export function formatEdits(text: string): TextEdit[] {
  const { root } = scanJsonText(text);
  return root ? new Layout(text).run(root) : [];
}

interface Size {
  /** On one line. */
  length: number;
  /** Of containers that are not empty: 0 for a scalar. */
  levels: number;
}

class Layout {
  readonly #text: string;
  readonly #sizes = new Map<JsonNode, Size>();
  readonly #edits: TextEdit[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  run(root: JsonNode): TextEdit[] {
    this.#measure(root);
    this.#gap(0, root.start, '');
    this.#lay(root, '', 0);
    // A text ends with a line feed if it did.
    this.#gap(root.end, this.#text.length, this.#text.endsWith('\n') ? '\n' : '');
    return this.#edits;
  }

  #measure(node: JsonNode): Size {
    const parts = node.kind === 'object' ? node.members.map(({ value }) => value) : node.items;
    const size: Size = { length: node.end - node.start, levels: 0 };
    if (node.kind === 'object' || node.kind === 'array') {
      size.length = node.kind === 'object' && parts.length > 0 ? 4 : 2;
      size.length += 2 * Math.max(0, parts.length - 1);
      for (const part of parts) {
        const inner = this.#measure(part);
        size.length += inner.length;
        size.levels = Math.max(size.levels, inner.levels + 1);
      }
      for (const { keyStart, keyEnd } of node.members) size.length += keyEnd - keyStart + 2;
    }
    this.#sizes.set(node, size);
    return size;
  }

  #fitsOnLine(node: JsonNode, column: number): boolean {
    const { length, levels } = this.#sizes.get(node)!;
    if (levels === 0) return true;
    if (column + length > WIDTH || levels > MOST_LEVELS) return false;
    const isPlainList = node.kind === 'array' && levels === 1;
    return isPlainList || !this.#isBroken(node);
  }
  #isBroken(node: JsonNode): boolean {
    const first = node.members[0]?.keyStart ?? node.items[0]?.start ?? node.end;
    if (this.#text.slice(node.start, first).includes('\n')) return true;
    const parts = [...node.members.map(({ value }) => value), ...node.items];
    // A list of short values inside loses its lines.
    return parts.some((part) => part.kind === 'object' && this.#isBroken(part));
  }

  /** @param column where the node begins */
  #lay(node: JsonNode, indent: string, column: number): void {
    if (node.kind !== 'object' && node.kind !== 'array') return;
    const starts =
      node.kind === 'object'
        ? node.members.map(({ keyStart }) => keyStart)
        : node.items.map(({ start }) => start);
    const values = node.kind === 'object' ? node.members.map(({ value }) => value) : node.items;
    if (values.length === 0) return this.#gap(node.start + 1, node.end - 1, '');
    const isOneLine = this.#fitsOnLine(node, column);
    const inner = indent + INDENT;
    const edge = isOneLine ? (node.kind === 'object' ? ' ' : '') : `\n${indent}`;
    const between = isOneLine ? ' ' : `\n${inner}`;
    let at = node.start + 1;
    for (const [index, value] of values.entries()) {
      const start = starts[index]!;
      if (index > 0) {
        const comma = this.#next(at, ',');
        this.#gap(at, comma, '');
        this.#gap(comma + 1, start, between);
      } else this.#gap(at, start, isOneLine ? edge : `\n${inner}`);
      let from = inner.length;
      if (node.kind === 'object') {
        const { keyStart, keyEnd } = node.members[index]!;
        const colon = this.#next(keyEnd, ':');
        this.#gap(keyEnd, colon, '');
        this.#gap(colon + 1, value.start, ' ');
        from += keyEnd - keyStart + 2;
      }
      // What stands in a container on one line fits, as that does.
      this.#lay(value, inner, isOneLine ? 0 : from);
      at = value.end;
    }
    this.#gap(at, node.end - 1, edge);
  }

  #next(from: number, character: string): number {
    return this.#text.indexOf(character, from);
  }
  #gap(start: number, end: number, wanted: string): void {
    if (this.#text.slice(start, end) !== wanted) this.#edits.push({ start, end, text: wanted });
  }
}
