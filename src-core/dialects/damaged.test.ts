import fc from 'fast-check';
import { test } from 'vitest';
import { isObject, type JsonValue } from '../json.ts';
import { Snapshots } from '../snapshot/snapshots.ts';
import { expectSnapshot, IndexedStream } from '../testing/indexed-stream.ts';
import { PlainReduce } from '../testing/plain-reduce.ts';
import { asEventStream, dialectEvents, recordingsIn } from '../testing/reduced.ts';
import { dialectOf, recognise } from './dialects.ts';

/** The beginnings of recordings, with the dialect that they speak. */
const streams = recordingsIn('openai-chat/', 'anthropic/', 'gemini/', 'ndjson/', 'other/envoygw')
  .filter(({ bytes }) => bytes.length < 60_000)
  .flatMap(({ name, bytes }) => {
    const events = dialectEvents(name, bytes).slice(0, 40);
    const [dialect] = events
      .map(({ value }) => (isObject(value) ? recognise(value, '') : null))
      .filter((id) => id !== null);
    return dialect === undefined ? [] : [{ events, dialect: dialectOf(dialect) }];
  });

/** Values where others are expected: of another type, too large, or with a name that is a trap. */
const misfit = fc.constantFrom<JsonValue>(
  ...[null, true, -1, 1.5, 4e9, '', 'x', '__proto__', [], {}],
  ...[[null], [{}], [[1]], { index: 3 }, { a: 1 }],
);

/** The value with some parts replaced and some members gone, by the numbers of `draws`. */
function damaged(value: JsonValue, draws: number[], misfits: JsonValue[]): JsonValue {
  const draw = draws.pop() ?? 0;
  if (draw === 1) return misfits.pop() ?? null;
  if (Array.isArray(value)) return value.map((one) => damaged(one, draws, misfits));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(() => draws.pop() !== 2);
  return Object.fromEntries(kept.map(([key, one]) => [key, damaged(one!, draws, misfits)]));
}

test('of a damaged stream, too, snapshots are what a plain reduction gives', () => {
  const draws = fc.array(fc.nat(30), { minLength: 300, maxLength: 600 });
  const misfits = fc.array(misfit, { minLength: 20, maxLength: 40 });
  fc.assert(
    fc.property(fc.constantFrom(...streams), draws, misfits, ({ events, dialect }, d, m) => {
      const left = { draws: [...d], misfits: [...m] };
      const values = events.map(({ value }) =>
        value === undefined ? null : damaged(value, left.draws, left.misfits),
      );
      const bytes = asEventStream(
        values.map((value) => ({ value, name: '', data: JSON.stringify(value) })),
      );
      const { index } = new IndexedStream(bytes, {}, { dialect });
      const types = values.map((_, seq) => index.typeOf(seq));
      const plain = PlainReduce.snapshots(
        dialect,
        values.map((value, seq) => ({ value, type: types[seq]! })),
      );
      const snapshots = new Snapshots(index, (seq) => values[seq], dialect);
      for (let seq = values.length - 1; seq >= 0; seq -= 5)
        expectSnapshot(snapshots, seq, plain[seq]!);
      // What lists and panes ask for never throws either.
      values.forEach((value, seq) => dialect.summary(types[seq]!, JSON.stringify(value), value));
      const root = JSON.parse(plain.at(-1) ?? 'null') as JsonValue;
      if (!isObject(root)) return;
      dialect.usage(root);
      for (const lane of index.lanes) dialect.itemOf(root, lane);
    }),
    { numRuns: 80 },
  );
});
