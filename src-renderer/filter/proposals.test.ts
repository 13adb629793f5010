import { expect, test } from 'vitest';
import person from '../../examples/person.sse?raw';
import { typingPlace } from '../../src-core/filter/writing.ts';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { proposalsAt } from './proposals.ts';

const indexer = new Indexer();
indexer.push(new TextEncoder().encode(`${person}data: {\n\n`), 0);
const index = new EventIndex();
index.append(indexer.takeBatch());
const source = { index, documents: new LaneDocuments(index) };

const labels = (query: string) =>
  proposalsAt(typingPlace(query, query.length)!, source).map(({ label }) => label);

test.each<[string, string[]]>([
  ['', []],
  ['johnson', []],
  ['p', ['pointer:', 'problem', 'problem:']],
  ['-LA', ['lane:', 'lane~']],
  ['seq>1 or bo', ['bookmark']],
  ['br', ['broken']],
  ['type:creat', ['created']],
  ['type:created', []],
  // What begins with it comes first.
  [
    'type:o',
    [
      ...['output_item.added', 'output_text.delta', 'output_text.done', 'output_item.done'],
      ...['in_progress', 'content_part.added', 'content_part.done', 'completed'],
    ],
  ],
  ['lane:', ['0/0', 'output_text']],
  ['lane:0/0', []],
  ['item:', ['0']],
  ['closes:', ['/name', '/age', '/occupation', '""']],
  ['value:/a', ['/age']],
  ['problem:w', ['warning', 'W9']],
  ['seq:', []],
])('after %j: %j', (query, expected) => {
  expect(labels(query)).toEqual(expected);
});
