import { countUpTo } from '../index/columns.ts';
import { type Alignment, isDifference, ROW_KINDS } from './alignment.ts';

/**
 * The differences of an alignment as people count them: rows that differ and follow each other are one, as in
 * any tool that shows two files. Rows, both ends included, ascending.
 */
export interface DifferenceBlocks {
  count: number;
  first: Int32Array;
  last: Int32Array;
}

export const NO_BLOCKS: DifferenceBlocks = {
  count: 0,
  first: new Int32Array(),
  last: new Int32Array(),
};

export function differenceBlocks({ kind }: Pick<Alignment, 'kind'>): DifferenceBlocks {
  const differs = ROW_KINDS.map((one) => isDifference(one));
  const first: number[] = [];
  const last: number[] = [];
  for (let row = 0; row < kind.length; row++) {
    if (!differs[kind[row]!]) continue;
    if (row > 0 && differs[kind[row - 1]!]) last[last.length - 1] = row;
    else {
      first.push(row);
      last.push(row);
    }
  }
  return { count: first.length, first: Int32Array.from(first), last: Int32Array.from(last) };
}

/** The block that a row stands in, -1 for none. */
export function blockOfRow({ count, first, last }: DifferenceBlocks, row: number): number {
  const block = countUpTo(first, count, row) - 1;
  return block >= 0 && row <= last[block]! ? block : -1;
}

/** Where the next block begins, or the last one that begins before a row; null where there is none. */
export function blockBeside(
  { count, first }: DifferenceBlocks,
  row: number,
  direction: 1 | -1,
): number | null {
  const at = direction === 1 ? countUpTo(first, count, row) : countUpTo(first, count, row - 1) - 1;
  return at >= 0 && at < count ? first[at]! : null;
}
