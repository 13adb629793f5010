import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LaneDocuments } from '../growing/lane-documents.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { parseFilter } from './filter.ts';
import { TERMS } from './terms.ts';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
const documentation = read('docs/filter.md').toString();

/** As the app opens a file: with times made up. */
const person = new IndexedStream(read('examples/person.sse'), {}, { rhythm: true });
const facts = {
  index: person.index,
  documents: new LaneDocuments(person.index),
  dataText: (seq: number) => person.dataOf(seq),
  problemsOf: () => [],
  hasBookmark: () => false,
  isInvalidFrom: () => false,
  judgedCount: person.index.count,
};

const examples = [...documentation.matchAll(/^```filter\n(.*?)^```$/gms)]
  .flatMap(([, block]) => block!.trim().split('\n'))
  .map((line) => /^(.*?)\s+# (\d+)$/.exec(line)!)
  .map(([, query, rows]) => [query!, Number(rows)] as const);

test.each(examples)('%s leaves %i rows of person.sse', (query, rows) => {
  const parsed = parseFilter(query);
  if (!parsed.ok || !parsed.filter) throw new Error(parsed.ok ? 'empty' : parsed.error.message);
  const passes = parsed.filter.matcher(facts);
  const found = Array.from({ length: 23 }, (_, seq) => seq).filter((seq) => passes(seq));
  expect(found).toHaveLength(rows);
});

test('every term is documented, with an example that can be read', () => {
  expect(examples.length).toBeGreaterThan(25);
  for (const { example } of Object.values(TERMS)) {
    expect(documentation).toContain(`\`${example}\``);
    expect(parseFilter(example).ok, example).toBe(true);
  }
});
