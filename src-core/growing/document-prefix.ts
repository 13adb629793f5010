import type { JsonValue } from '../json.ts';
import type { GrowingDocument } from './growing-document.ts';
import { Kind, type NodeKind, type NodeState, type NodeTable } from './nodes.ts';
import { keywordValue, numberValue, stringValue } from './scalar-value.ts';
import { Token } from './tokens.ts';

type Open = { node: number; value: JsonValue };

/**
 * A document as it was when its text had `length` units, which is a view on its columns: nothing is
 * read again. It stays right while the document grows. Each question costs O(log n) at most, but
 * `valueOf`, which is linear in what it returns.
 */
export class DocumentPrefix {
  readonly length: number;
  /** The nodes that have begun, with their keys or with their values: those below this number. */
  readonly nodeCount: number;
  /** The tokens that have begun; the last one ends with the prefix. */
  readonly tokenCount: number;
  /** Where it stops being JSON, -1 if it does not. */
  readonly brokenAt: number;
  readonly #document: GrowingDocument;
  readonly #nodes: NodeTable;

  constructor(document: GrowingDocument, nodes: NodeTable, length: number) {
    this.#document = document;
    this.#nodes = nodes;
    this.length = Math.max(0, Math.min(length, document.length));
    this.nodeCount = nodes.begin.countBelow(this.length);
    this.tokenCount = document.tokens.countBelow(this.length);
    this.brokenAt = document.brokenAt < this.length ? document.brokenAt : -1;
  }

  /** `complete` exactly where JSON.parse would take the prefix. */
  get state(): 'complete' | 'open' | 'broken' {
    if (this.brokenAt >= 0) return 'broken';
    if (this.nodeCount === 0) return 'open';
    if (this.stateOf(0) === 'closed') return 'complete';
    if (this.kindOf(0) !== 'number') return 'open';
    // A number as the root has no end but that of the text; it is whole after a digit.
    const last = this.#document.slice(this.length - 1, this.length);
    return last >= '0' && last <= '9' ? 'complete' : 'open';
  }

  /**
   * The JSON pointer of the innermost place that is not finished, '' for the root: a member from the
   * end of its key to the comma after it, an element from its first unit (or from the comma before
   * it) to the comma after it, else the container. Null of a text that is complete or broken.
   */
  get openPointer(): string | null {
    if (this.state !== 'open') return null;
    const { tokens } = this.#document;
    let row = this.tokenCount - 1;
    if (row >= 0 && tokens.codeOf(row) === Token.space) row--;
    if (row < 0) return '';
    const node = tokens.nodeOf(row);
    switch (tokens.codeOf(row)) {
      case Token.key:
        if (this.keyRangeOf(node)![1] >= 0) return this.#document.pointerOf(node);
        return this.#document.pointerOf(this.#nodes.parent.at(node));
      case Token.comma:
        return this.#pointerAfterComma(node, tokens.startOf(row));
      default:
        return this.#document.pointerOf(node);
    }
  }

  #pointerAfterComma(container: number, offset: number): string {
    const pointer = this.#document.pointerOf(container);
    if (this.#nodes.kind.at(container) !== Kind.array) return pointer;
    let child = this.#nodes.begin.countBelow(offset) - 1;
    while (this.#nodes.parent.at(child) !== container) child = this.#nodes.parent.at(child);
    return `${pointer}/${this.#nodes.index.at(child) + 1}`;
  }

  kindOf(node: number): NodeKind {
    return this.#hasValue(node) ? this.#document.kindOf(node) : 'none';
  }

  stateOf(node: number): NodeState {
    if (this.#isClosed(node)) return 'closed';
    return this.brokenAt >= 0 ? 'broken' : 'open';
  }

  /** Where the value ends: of an open one where the prefix ends, of a broken one where that broke. */
  endOf(node: number): number {
    if (this.#isClosed(node)) return this.#nodes.end.at(node);
    return this.brokenAt >= 0 ? this.brokenAt : this.length;
  }

  /** As that of the document: quotes included, null without a key, its end -1 while it is open. */
  keyRangeOf(node: number): [start: number, end: number] | null {
    const range = this.#document.keyRangeOf(node);
    return range && range[1] > this.length ? [range[0], -1] : range;
  }

  /** The node that a JSON pointer names, -1 if there was none yet. See the document's. */
  find(pointer: string): number {
    return this.#document.find(pointer, this.length);
  }

  childrenOf(node: number): Iterable<number> {
    return this.#nodes.childrenOf(node, this.nodeCount);
  }

  /**
   * The value so far: open strings as far as they go, open containers with what is in them so far,
   * numbers as far as they are numbers (1 of `1.`), keywords by their first letter. A member without
   * a value yet is left out, and so is a mere `-`; asked for themselves they are null.
   */
  valueOf(node: number): JsonValue {
    if (!this.#hasValue(node)) return null;
    const root = this.#shallowValue(node) ?? null;
    const last = Math.min(this.#nodes.after(node), this.nodeCount);
    const open: Open[] = [{ node, value: root }];
    for (let at = node + 1; at < last; at++) {
      const value = this.#hasValue(at) ? this.#shallowValue(at) : undefined;
      if (value === undefined) continue;
      const parent = this.#nodes.parent.at(at);
      while (open[open.length - 1]!.node !== parent) open.pop();
      this.#put(open[open.length - 1]!, at, value);
      if (this.#nodes.isContainer(at)) open.push({ node: at, value });
    }
    return root;
  }

  #put(container: Open, node: number, value: JsonValue): void {
    const { value: into } = container;
    if (Array.isArray(into)) {
      into.push(value);
      return;
    }
    const key = this.#document.keyOf(node);
    // An assignment would set the prototype.
    if (key === '__proto__')
      Object.defineProperty(into, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    else (into as Record<string, JsonValue>)[key] = value;
  }

  /** The value of a scalar, an empty container for one, undefined where there is none yet. */
  #shallowValue(node: number): JsonValue | undefined {
    const start = this.#nodes.start.at(node);
    const end = this.endOf(node);
    switch (this.#document.kindOf(node)) {
      case 'object':
        return {};
      case 'array':
        return [];
      case 'string':
        return stringValue(this.#document.slice(start + 1, this.#isClosed(node) ? end - 1 : end));
      case 'number':
        return numberValue(this.#document.slice(start, end));
      case 'keyword':
        return keywordValue(this.#document.slice(start, start + 1));
      case 'none':
        return undefined;
    }
  }

  #hasValue(node: number): boolean {
    const start = this.#nodes.start.at(node);
    return node < this.nodeCount && start >= 0 && start < this.length;
  }

  #isClosed(node: number): boolean {
    if (!this.#hasValue(node)) return false;
    const end = this.#nodes.end.at(node);
    // That a number ended is known from the unit after it.
    return end >= 0 && end + (this.#nodes.kind.at(node) === Kind.number ? 1 : 0) <= this.length;
  }
}
