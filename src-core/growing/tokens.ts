import { ByteColumn, IntColumn } from './columns.ts';
import type { NodeTable } from './nodes.ts';

export type TokenKind =
  'space' | 'open' | 'close' | 'comma' | 'colon' | 'key' | 'string' | 'number' | 'keyword' | 'bad';

const KINDS: readonly TokenKind[] = [
  'space',
  'open',
  'close',
  'comma',
  'colon',
  'key',
  'string',
  'number',
  'keyword',
  'bad',
];
export const Token = {
  space: 0,
  open: 1,
  close: 2,
  comma: 3,
  colon: 4,
  key: 5,
  string: 6,
  number: 7,
  keyword: 8,
  bad: 9,
} as const;

/**
 * A document cut into tokens, which joined are its text. A token is there with its first unit; the
 * last one goes on to the end of the text.
 */
export class Tokens {
  readonly #nodes: NodeTable;
  readonly #kind = new ByteColumn();
  readonly #start = new IntColumn();
  readonly #node = new IntColumn();

  constructor(nodes: NodeTable) {
    this.#nodes = nodes;
  }

  push(kind: number, start: number, node: number): void {
    this.#kind.push(kind);
    this.#start.push(start);
    this.#node.push(node);
  }

  get count(): number {
    return this.#start.length;
  }
  kindOf(row: number): TokenKind {
    return KINDS[this.#kind.at(row)]!;
  }
  /** The number of the kind in `Token`. */
  codeOf(row: number): number {
    return this.#kind.at(row);
  }
  startOf(row: number): number {
    return this.#start.at(row);
  }
  /** Where it ends in a text of `length` units. */
  endOf(row: number, length: number): number {
    return row + 1 < this.count ? Math.min(length, this.#start.at(row + 1)) : length;
  }
  /**
   * Of a key or a colon the member; of a bracket the container; of a comma, a space and what is bad
   * the container it is in, -1 outside the root.
   */
  nodeOf(row: number): number {
    return this.#node.at(row);
  }
  /** How many containers are open around it; a bracket has the depth of its container's outside. */
  depthOf(row: number): number {
    const node = this.#node.at(row);
    if (node < 0) return 0;
    const kind = this.#kind.at(row);
    const isInside = kind === Token.comma || kind === Token.space || kind === Token.bad;
    return this.#nodes.depth.at(node) + (isInside ? 1 : 0);
  }
  /** How many tokens begin before `offset`. O(log n). */
  countBelow(offset: number): number {
    return this.#start.countBelow(offset);
  }
}
