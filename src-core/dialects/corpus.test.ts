import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectSnapshot, IndexedStream } from '../testing/indexed-stream.ts';
import { PlainReduce } from '../testing/plain-reduce.ts';
import { dialectEvents, recordingsIn, reduced } from '../testing/reduced.ts';
import { Snapshots } from '../snapshot/snapshots.ts';
import type { DialectId } from './dialect.ts';
import { dialectOf } from './dialects.ts';

/** The `dialect` column of INDEX.tsv in our words; `other` stands below, file by file. */
const words: Record<string, DialectId> = {
  'openai-responses': 'responses',
  'openai-chat': 'chat',
  anthropic: 'messages',
  gemini: 'gemini',
  ndjson: 'ollama',
};

/** What is something else than the table's column says. */
const others: Record<string, DialectId> = {
  // Its only event lacks the blank line that dispatches it: there is nothing to tell a dialect by.
  'gemini/fbvertex-googleai-streaming-failure-prompt-blocked-safety.sse': 'plain',
  // Text completions, from before there was a chat.
  'other/envoygw-completion-streaming-usage.sse': 'chat',
};

const rows = readFileSync(new URL('../testing/recordings/INDEX.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));
const expected = new Map(
  rows.map(([path, dialect]) => [path!, others[path!] ?? words[dialect!] ?? 'plain']),
);
const recordings = recordingsIn('');

test('every recording is in the table', () => {
  expect(recordings.map(({ name }) => name).sort()).toEqual([...expected.keys()].sort());
});

test('each is taken for what it is', () => {
  const found = recordings.map(({ name, bytes }) => {
    const { indexer } = new IndexedStream(bytes, { chunks: [1 << 20] });
    return [name, indexer.takeBatch().dialect];
  });
  const differing = found.filter(([name, dialect]) => expected.get(name!) !== dialect);
  expect(differing).toEqual([]);
});

describe('the index and its snapshots agree with the plain reduction', () => {
  const reducible = recordings.filter(({ name }) => {
    const dialect = expected.get(name);
    return dialect !== 'responses' && dialect !== 'plain';
  });

  test.each(reducible.map(({ name, bytes }) => [name, bytes] as const))('%s', (name, bytes) => {
    const dialect = dialectOf(expected.get(name)!);
    const events = dialectEvents(name, bytes);
    const { state, types } = reduced(dialect, events);
    const stream = new IndexedStream(bytes, { chunks: [bytes.length > 1e5 ? 1 << 20 : 1000] });
    const { index } = stream;
    expect(index.count).toBe(events.length);
    expect(types).toEqual(types.map((_, seq) => index.typeOf(seq)));

    const steps = events.map(({ value }, seq) => ({ value, type: types[seq]! }));
    const plain = PlainReduce.snapshots(dialect, steps);
    const snapshots = new Snapshots(index, (seq) => events[seq]!.value, dialect);
    // Large bodies at a few events only.
    const every = Math.max(1, Math.ceil((events.length * bytes.length) / 2e6));
    for (let seq = events.length - 1; seq >= 0; seq -= every)
      expectSnapshot(snapshots, seq, plain[seq]!);

    const last = events.length - 1;
    const lanes = index.lanesAt(last).map((number): [string, string] => {
      const { kind, outputIndex, subIndex } = index.lanes[number]!;
      return [`${kind} ${outputIndex} ${subIndex}`, index.laneTextAt(number, last)];
    });
    expect(Object.fromEntries(lanes)).toEqual(Object.fromEntries(state.lanes));
  });
});
