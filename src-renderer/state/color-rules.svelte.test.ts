import { expect, test } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import type { ColorRule } from '../../src-ipc/contract.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import { ColorRules } from './color-rules.svelte.ts';

function rulesOf(...list: [query: string, color: ColorRule['color'], enabled?: boolean][]) {
  const store = {
    values: {
      colorRules: list.map(([query, color, enabled = true], at) => ({
        id: String(at),
        query,
        color,
        enabled,
      })),
    },
    set: (patch: { colorRules: ColorRule[] }) => void (store.values = patch),
  };
  return { rules: new ColorRules(store, { add: () => {} }), store };
}

/** Events of the types a, b, c. */
function threeEvents(): CaptureView {
  const indexer = new Indexer();
  const index = new EventIndex();
  const frames = ['a', 'b', 'c'].map((type) => `data: {"type":"${type}"}\n\n`);
  indexer.push(new TextEncoder().encode(frames.join('')), 0);
  index.append(indexer.takeBatch());
  const documents = new LaneDocuments(index);
  return { index, documents, count: 3, dataText: () => '' } as unknown as CaptureView;
}

test('the first rule that is enabled and matches gives the colour', () => {
  const view = threeEvents();
  const { rules } = rulesOf(
    ['type:a', 'red', false],
    ['type:', 'red'],
    ['', 'red'],
    ['seq<2', 'blue'],
    ['type:*', 'green'],
  );
  expect([0, 1, 2].map((seq) => rules.colorOf(view, seq))).toEqual(['blue', 'blue', 'green']);
  expect(rules.errorOf('1')).toMatchObject({ start: 0, end: 5 });
  expect(rules.errorOf('3')).toBeNull();
});

test('a rule that would have to search all texts before a row shows is refused', () => {
  const { rules } = rulesOf(['type:b or lane~/a/', 'red'], ['lane~a or type:*', 'green']);
  expect(rules.errorOf('0')).toMatchObject({ message: expect.stringContaining('lane~'), end: 18 });
  expect(rules.errorOf('1')).toBeNull();
  expect(rules.colorOf(threeEvents(), 1)).toBe('green');
});

test('rules are moved within the ends of the list, removed and put back', () => {
  const { rules, store } = rulesOf(['a', 'red'], ['b', 'red'], ['c', 'red']);
  const order = () => store.values.colorRules.map(({ query }) => query).join('');
  rules.move('2', -1);
  expect(order()).toBe('acb');
  rules.move('2', -5);
  expect(order()).toBe('cab');
  rules.move('0', 1);
  expect(order()).toBe('cba');
  rules.move('0', 1);
  expect(order()).toBe('cba');
  rules.move('none', 1);
  expect(order()).toBe('cba');
  const restore = rules.remove('1');
  expect(order()).toBe('ca');
  rules.change('0', { query: 'x' });
  restore();
  expect(order()).toBe('cbx');
});
