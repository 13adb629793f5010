import { expect, test } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import type { EventFilter } from '../state/event-filter.svelte.ts';
import { termsOfCell } from './cell-terms.ts';
import { filterEntries } from './filter-entries.ts';

const indexer = new Indexer();
const index = new EventIndex();
const delta =
  '{"type":"response.output_text.delta","output_index":0,"content_index":1,"delta":" \\"b"}';
[`data: {"type":"odd (type)"}\n\n`, `data: ${delta}\n\n`].forEach((frame, at) =>
  indexer.push(new TextEncoder().encode(frame), [400, 1_234_000][at]!),
);
index.append(indexer.takeBatch());
const view = {
  index,
  timeUs: (seq: number) => index.columns.timeUs[seq],
  deltaUs: () => 1_233_600,
  summary: (seq: number) => ({ delta: seq === 1 ? ' "b' : null, text: '', tag: '' }),
} as unknown as CaptureView;

test.each([
  [0, 'type', ['type:"odd (type)"']],
  [0, 'time', ['t>=0.4ms']],
  [0, 'delta', []],
  [0, 'lane', []],
  [0, 'summary', []],
  [1, 'seq', ['seq>=1']],
  [1, 'time', ['t>=1234ms']],
  [1, 'delta', ['gap>=1233ms']],
  [1, 'type', ['type:output_text.delta']],
  [1, 'lane', ['lane:0/1']],
  [1, 'summary', ['text~" \\"b"']],
  [1, null, ['type:output_text.delta', 'lane:0/1', 'text~" \\"b"']],
] as const)('event %i, cell %s: %j', (seq, cell, terms) => {
  expect(termsOfCell(view, seq, cell)).toEqual(terms);
});

test('a term is shown alone, hidden, or added to what is asked for', () => {
  const filter = { query: 'a or b', error: null } as EventFilter;
  const results = filterEntries(filter, ['type:x']).map((entry) => {
    const chosen = { ...filter } as EventFilter;
    const [same] = filterEntries(chosen, ['type:x']).filter(
      (one) => typeof one === 'object' && typeof entry === 'object' && one.label === entry.label,
    );
    if (typeof same === 'object') same.run();
    return [typeof entry === 'object' ? entry.label : '', chosen.query];
  });
  expect(results).toEqual([
    ['Show only type:x', 'type:x'],
    ['Hide type:x', '(a or b) -type:x'],
    ['Add type:x to the filter', '(a or b) type:x'],
  ]);
});
