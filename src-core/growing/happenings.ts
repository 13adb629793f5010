import { ByteColumn, IntColumn } from './columns.ts';

export type HappeningKind = 'key-closed' | 'value-opened' | 'value-closed';

const KINDS: readonly HappeningKind[] = ['key-closed', 'value-opened', 'value-closed'];
export const Happened = { keyClosed: 0, valueOpened: 1, valueClosed: 2 } as const;

/**
 * What came to be true of a document, and with which unit: a happening is true as soon as the text
 * has `lengthOf` units. In the order of their lengths; several may have the same.
 */
export class Happenings {
  readonly #kind = new ByteColumn();
  readonly #node = new IntColumn();
  readonly #length = new IntColumn();

  push(kind: number, node: number, length: number): void {
    this.#kind.push(kind);
    this.#node.push(node);
    this.#length.push(length);
  }

  get count(): number {
    return this.#length.length;
  }
  kindOf(row: number): HappeningKind {
    return KINDS[this.#kind.at(row)]!;
  }
  nodeOf(row: number): number {
    return this.#node.at(row);
  }
  lengthOf(row: number): number {
    return this.#length.at(row);
  }
  /** How many are true of the first `length` units; those that a delta made are the rows between. */
  countUpTo(length: number): number {
    return this.#length.countBelow(length + 1);
  }
}
