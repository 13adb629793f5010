import { expect, test } from 'vitest';
import { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { previewOf, treeRows } from './tree-rows.ts';

const text = '{"a":[1,{"b":"x y"}],"c":{},"d":tr';
const document = new GrowingDocument();
document.append(text);
const never = () => false;
const onePage = () => 1;

const listed = (length: number, toggled: readonly string[] = []) => {
  const prefix = document.at(length);
  const nodes = new Set(toggled.map((pointer) => document.find(pointer)));
  return treeRows(document, prefix, (node) => nodes.has(node), onePage).map((row) => [
    '  '.repeat(row.depth) + row.key,
    previewOf(document, prefix, row),
  ]);
};

test('the tree of what there is, two levels open', () => {
  expect(listed(text.length)).toEqual([
    ['', '{a, c, d}'],
    ['  a', '[2]'],
    ['    0', '1'],
    ['    1', '{b}'],
    ['  c', '{}'],
    ['  d', 'tr'],
  ]);
  expect(listed(text.length, ['/a', '/a/1'])).toEqual([
    ['', '{a, c, d}'],
    ['  a', '[2]'],
    ['  c', '{}'],
    ['  d', 'tr'],
  ]);
});

test('the tree of an earlier text: values as far as they went', () => {
  const length = text.indexOf(' y');
  expect(listed(length, ['/a/1'])).toEqual([
    ['', '{a}'],
    ['  a', '[2]'],
    ['    0', '1'],
    ['    1', '{b}'],
    ['      b', '"x'],
  ]);
  expect(listed(1)).toEqual([['', '{}']]);
  // A key without a value.
  expect(listed(4)).toEqual([
    ['', '{a}'],
    ['  a', ''],
  ]);
  expect(listed(0)).toEqual([]);
});

test('long lists have pages', () => {
  const list = new GrowingDocument();
  list.append(`[${Array.from({ length: 250 }, (_, at) => at).join(',')}]`);
  const prefix = list.at(list.length);
  const rows = treeRows(list, prefix, never, onePage);
  expect(rows.length).toBe(102);
  expect(rows.at(-1)).toMatchObject({ node: 0, hidden: 150 });
  expect(treeRows(list, prefix, never, () => 3).at(-1)).toMatchObject({ key: '249', hidden: 0 });
});
