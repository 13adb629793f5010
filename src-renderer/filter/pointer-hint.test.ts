import { expect, test } from 'vitest';
import person from '../../examples/person.sse?raw';
import { parseFilter } from '../../src-core/filter/filter.ts';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { pointerHint } from './pointer-hint.ts';

const indexer = new Indexer();
indexer.push(new TextEncoder().encode(person), 0);
const index = new EventIndex();
index.append(indexer.takeBatch());
const source = { index, documents: new LaneDocuments(index) };

// The output is {"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}.
test.each<[string, string | null]>([
  ['/age', 'closes:/age'],
  ['/age > 18', 'value:/age>18'],
  [' /age>=18 ', 'value:/age>=18'],
  ['/age == 30', 'value:/age=30'],
  ['/age >', null],
  ['/name=Alice Johnson', 'value:/name="Alice Johnson"'],
  ['/name = "Alice Johnson"', 'value:/name="Alice Johnson"'],
  ['/name~Alice', 'value:/name~Alice'],
  ['/name delta', 'closes:/name delta'],
  ['/ag', null],
  ['/age/0', null],
  ['age > 18', null],
  ['http://x', null],
  ['closes:/age', null],
])('%j is likely meant as %j', (query, meant) => {
  expect(pointerHint(query, source)).toBe(meant);
  if (meant) expect(parseFilter(meant).ok).toBe(true);
});
