import { isDeepStrictEqual } from 'node:util';
import { compile, query as selectAnew } from 'json-p3';
import { expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { eventsOf, IndexedStream, plainSnapshots } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { type PathQuery, QueryWatch } from './query-watch.ts';

const all = responsesRecordings();
const person = all.find(({ name }) => name === 'seed-person.sse')!;

function queryOf(path: string, readsValues: boolean): PathQuery {
  const compiled = compile(path);
  return {
    select: (root) =>
      compiled
        .query(root as never)
        .nodes.map(({ location, value }) => ({ path: location, value: value as JsonValue })),
    isSingular: compiled.singularQuery(),
    readsValues,
  };
}

/** Texts are compared first, which is quick; keys in another order are no difference. */
function isEqual(one: string, other: string): boolean {
  return one === other || isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}

const paths: [path: string, readsValues: boolean][] = [
  ['$.status', false],
  ['$.output[*].status', false],
  ['$..text', false],
  ['$.output[*].content[*]', false],
  ['$..logprobs[*].token', false],
  ["$.output[?@.type == 'message'].content[0].text", true],
  ['$..content[?length(@.text) > 5].text', true],
  ['$.output[-1:]..type', false],
];

test.each(all.map(({ name, bytes }) => [name, bytes] as const))(
  'what is selected changes where selecting anew at every event says so: %s',
  (_name, bytes) => {
    // Selecting anew at every event is quadratic: of long recordings the beginning.
    const some = bytes.length > 80_000 ? bytes.slice(0, 60_000) : bytes;
    const plain = plainSnapshots(eventsOf(some)).map((json) => JSON.parse(json) as JsonValue);
    const snapshots = new IndexedStream(some).snapshots();
    for (const [path, readsValues] of paths) {
      const selected = plain.map((snapshot) => {
        if (snapshot === null) return '[]';
        const { nodes } = selectAnew(path, snapshot as never);
        return JSON.stringify(nodes.map(({ location, value }) => [location, value]));
      });
      const expected = selected.flatMap((list, seq) =>
        isEqual(list, selected[seq - 1] ?? '[]') ? [] : [seq],
      );
      const watch = new QueryWatch(snapshots, queryOf(path, readsValues));
      const found = plain.flatMap((_, seq) => (watch.changesAt(seq) ? [seq] : []));
      expect(found, path).toEqual(expected);
    }
  },
);

test('the value is the one selected, or those selected by their pointers', () => {
  const snapshots = new IndexedStream(person.bytes).snapshots();
  const status = new QueryWatch(snapshots, queryOf('$.output[0].status', false));
  expect([1, 2, 21].map((seq) => status.valueAt(seq))).toEqual([
    undefined,
    'in_progress',
    'completed',
  ]);
  const texts = new QueryWatch(snapshots, queryOf('$.output[*].content[*].text', false));
  expect(texts.valueAt(2)).toBeUndefined();
  expect(texts.valueAt(8)).toEqual({ '/output/0/content/0/text': '{"name":"Alice Johnson' });
});
