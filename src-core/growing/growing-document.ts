import { DocumentPrefix } from './document-prefix.ts';
import { GrowingText, type ReadableText } from './growing-text.ts';
import { Happenings } from './happenings.ts';
import { MemberNames } from './member-names.ts';
import { Kind, NODE_KINDS, type NodeKind, NodeTable } from './nodes.ts';
import { arrayIndexOf, escapeKey, keysOfPointer } from './pointer.ts';
import { Reader } from './reader.ts';
import { stringValue } from './scalar-value.ts';
import { Token, Tokens } from './tokens.ts';

export interface PlaceInDocument {
  node: number;
  /** `punctuation`: brackets and what is between the children of `node`; a colon is of its member. */
  part: 'key' | 'value' | 'punctuation';
}

/**
 * A JSON text (RFC 8259) that grows: its tree, its tokens, and when each of them came to be. What is
 * there never changes but by what is appended, so an earlier length is a view on the same columns.
 *
 * All positions are UTF-16 units. Nodes are numbered in the order in which they begin, a member of an
 * object with its key; the root is 0. Appending is linear in all that is appended, wherever it is
 * cut. It never throws: from the first unit with which the text is no prefix of any JSON text it is
 * one token `bad`, and the tree stays as it was. A node takes 29 bytes, a token and a happening 9.
 */
export class GrowingDocument {
  readonly tokens: Tokens;
  readonly happenings = new Happenings();
  readonly #nodes = new NodeTable();
  readonly #reader: Reader;
  readonly #text: ReadableText;
  readonly #own: GrowingText | null;
  readonly #names: MemberNames;

  /** Keeps what is appended, unless there is a text to read it from: one that is always as long. */
  constructor(text: ReadableText | null = null) {
    this.#own = text ? null : new GrowingText();
    this.#text = text ?? this.#own!;
    this.tokens = new Tokens(this.#nodes);
    this.#reader = new Reader(this.#nodes, this.tokens, this.happenings);
    this.#names = new MemberNames(this.#nodes, (node) => this.keyOf(node));
  }

  /** How many units were appended. */
  get length(): number {
    return this.#reader.length;
  }
  /** The offset of the first unit with which no JSON text can begin like this, -1 if none did that. */
  get brokenAt(): number {
    return this.#reader.brokenAt;
  }
  get nodeCount(): number {
    return this.#nodes.count;
  }

  append(text: string): void {
    this.#own?.append(text);
    this.#reader.read(text);
  }

  /** The document when it had `length` units. O(log n). */
  at(length: number): DocumentPrefix {
    return new DocumentPrefix(this, this.#nodes, length);
  }

  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  kindOf(node: number): NodeKind {
    return NODE_KINDS[this.#nodes.kind.at(node)]!;
  }
  /** The container of a node, -1 for the root. */
  parentOf(node: number): number {
    return this.#nodes.parent.at(node);
  }
  /** How many containers are around a node. */
  depthOf(node: number): number {
    return this.#nodes.depth.at(node);
  }
  /** Where the value begins, -1 of a member whose value has not. */
  startOf(node: number): number {
    return this.#nodes.start.at(node);
  }
  /** Where the value ends, -1 unless it is closed. */
  endOf(node: number): number {
    return this.#nodes.end.at(node);
  }
  /** Where the key of a member is, quotes included; its end is -1 while it is open. */
  keyRangeOf(node: number): [start: number, end: number] | null {
    if (!this.#nodes.isMember(node)) return null;
    return [this.#nodes.begin.at(node), this.#nodes.keyEnd.at(node)];
  }
  /** The decoded key of a member, as far as it goes; '' without a key. */
  keyOf(node: number): string {
    const range = this.keyRangeOf(node);
    if (!range) return '';
    const [start, end] = range;
    if (end >= 0) return stringValue(this.slice(start + 1, end - 1));
    return stringValue(this.slice(start + 1, this.brokenAt < 0 ? this.length : this.brokenAt));
  }
  /** The position among the children of the container, in their order in the text. */
  indexOf(node: number): number {
    return this.#nodes.index.at(node);
  }
  /** The children in order. O(1) a step, O(log n) after a child that is a container. */
  childrenOf(node: number): Iterable<number> {
    return this.#nodes.childrenOf(node);
  }

  /** The JSON pointer of a node (RFC 6901). Linear in its depth. */
  pointerOf(node: number): string {
    const keys: string[] = [];
    for (let at = node; this.#nodes.parent.at(at) >= 0; at = this.#nodes.parent.at(at))
      keys.push(
        this.#nodes.isMember(at) ? escapeKey(this.keyOf(at)) : String(this.#nodes.index.at(at)),
      );
    return keys
      .reverse()
      .map((key) => `/${key}`)
      .join('');
  }

  /**
   * The node of the value that a JSON pointer names, -1 if it names none that begins before
   * `length`. The last member of a duplicate key wins, as JSON.parse has it. A step into an object
   * is O(1) once its keys were read, which the first step does; one into an array of scalars O(1),
   * into an array of containers O(log n) times their depth.
   */
  find(pointer: string, length = this.length): number {
    const keys = keysOfPointer(pointer);
    if (!keys || this.nodeCount === 0) return -1;
    let node = 0;
    for (const key of keys) {
      if (this.#nodes.kind.at(node) === Kind.object) node = this.#names.find(node, key, length);
      else {
        const index = arrayIndexOf(key);
        node = index < 0 ? -1 : this.#nodes.childAt(node, index);
      }
      if (node < 0) return -1;
    }
    return this.#nodes.start.at(node) < length ? node : -1;
  }

  /** What a unit is part of; null outside the root and where the text is no JSON. O(log n). */
  nodeAt(offset: number): PlaceInDocument | null {
    if (offset < 0 || offset >= this.length) return null;
    const row = this.tokens.countBelow(offset + 1) - 1;
    const node = this.tokens.nodeOf(row);
    if (node < 0) return null;
    switch (this.tokens.codeOf(row)) {
      case Token.bad:
        return null;
      case Token.key:
        return { node, part: 'key' };
      case Token.string:
      case Token.number:
      case Token.keyword:
        return { node, part: 'value' };
      default:
        return { node, part: 'punctuation' };
    }
  }
}
