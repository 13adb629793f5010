import { expect, it } from 'vitest';
import { ROW_KINDS, type RowKind } from './alignment.ts';
import { blockBeside, blockOfRow, differenceBlocks } from './difference-blocks.ts';

const blocksOf = (...kinds: RowKind[]) =>
  differenceBlocks({ kind: Uint8Array.from(kinds, (kind) => ROW_KINDS.indexOf(kind)) });
const ranges = ({ first, last }: ReturnType<typeof blocksOf>) =>
  [...first].map((from, at) => [from, last[at]]);

it('takes rows that differ and follow each other for one difference', () => {
  const cut = blocksOf('same', ...Array<RowKind>(12).fill('lost'));
  expect(ranges(cut)).toEqual([[1, 12]]);
  const mixed = blocksOf('changed', 'lost', 'same', 'inserted', 'cut', 'lost', 'pending');
  expect(ranges(mixed)).toEqual([
    [0, 1],
    [3, 3],
    [5, 5],
  ]);
  expect(blocksOf('same', 'cut', 'pending').count).toBe(0);
  expect(blocksOf().count).toBe(0);
});

it('goes from block to block', () => {
  const blocks = blocksOf('same', 'lost', 'lost', 'lost', 'same', 'changed', 'same');
  expect([0, 1, 3, 4, 5, 6].map((row) => blockOfRow(blocks, row))).toEqual([-1, 0, 0, -1, 1, -1]);
  expect([0, 1, 3, 5].map((row) => blockBeside(blocks, row, 1))).toEqual([1, 5, 5, null]);
  // From within a block its beginning is the one before, as it is from behind it.
  expect([6, 5, 3, 1, 0].map((row) => blockBeside(blocks, row, -1))).toEqual([5, 1, 1, null, null]);
});
