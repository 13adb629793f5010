import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dialect, LanePlace } from '../dialects/dialect.ts';
import { plain } from '../dialects/plain/plain.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { expectSnapshot, IndexedStream, scatteredOrder } from '../testing/indexed-stream.ts';
import { nameOf, PlainReduce } from '../testing/plain-reduce.ts';
import { Snapshots } from './snapshots.ts';

type Path = (string | number)[];
type Op =
  | ['begin', JsonObject]
  | ['set', Path, JsonValue]
  | ['remove', Path]
  | ['parse', Path, Path]
  | ['push', Path, JsonValue]
  | ['append' | 'text', LanePlace, Path | null, string];

/** A dialect whose events say in so many words what they do. */
const spelled: Dialect = {
  ...plain,
  id: 'chat',
  title: 'Spelled out',
  recognise: (event) => (Array.isArray(event.ops) ? 2 : 0),
  reduce(event, state) {
    for (const op of event.ops as unknown as Op[]) {
      if (op[0] === 'begin') state.begin(op[1]);
      else if (op[0] === 'set') state.set(op[1], op[2]);
      else if (op[0] === 'remove') state.remove(op[1]);
      else if (op[0] === 'parse') state.parse(op[1], op[2]);
      else if (op[0] === 'push') state.push(op[1], op[2]);
      else state[op[0]](op[1], op[2], op[3]);
    }
  },
};

const streamOf = (events: Op[][]) =>
  new TextEncoder().encode(events.map((ops) => `${JSON.stringify({ ops })}\n`).join(''));

/** Every snapshot, in several orders, and every lane, against the plain reducer. */
function check(events: Op[][]): void {
  const stream = new IndexedStream(streamOf(events), { chunks: [7, 300] }, { dialect: spelled });
  const { index } = stream;
  const values = events.map((ops) => ({ ops }) as unknown as JsonObject);
  const expected = PlainReduce.snapshots(
    spelled,
    values.map((value) => ({ value, type: '' })),
  );
  for (const order of [scatteredOrder(events.length), events.map((_, seq) => seq)]) {
    const snapshots = new Snapshots(index, (seq) => JSON.parse(stream.dataOf(seq)), spelled);
    for (const seq of order) expectSnapshot(snapshots, seq, expected[seq]!);
  }
  const state = new PlainReduce();
  values.forEach((value, seq) => {
    spelled.reduce(value, state, '');
    const lanes = index.lanesAt(seq).map((number) => {
      return [nameOf(index.lanes[number]!), index.laneTextAt(number, seq)] as const;
    });
    expect(new Map(lanes)).toEqual(state.lanes);
  });
}

const lane = (outputIndex: number, kind: LanePlace['kind'] = 'output_text'): LanePlace => ({
  kind,
  outputIndex,
  subIndex: -1,
});

test('texts that deltas write are found in their lanes, whatever happens to their places', () => {
  const at: Path = ['choices', 0, 'text'];
  check([
    [['append', lane(0), at, 'a']],
    [['append', lane(0), at, 'b']],
    [['set', ['choices', 0, 'text'], 'c']],
    [['append', lane(0), at, 'd']],
    [['set', ['choices', 0], { text: 'x' }]],
    [['append', lane(0), at, 'y']],
    [['append', lane(1), at, 'z']],
    [['append', lane(0), ['other'], 'w']],
    [['set', ['choices', 'no'], 1]],
    [['append', lane(1), at, 'v']],
  ]);
});

test('several lanes of one event, and one lane several times', () => {
  const one: Path = ['a'];
  check([
    [
      ['begin', { a: null, model: 'm' }],
      ['append', lane(0), one, '1'],
      ['append', lane(0, 'reasoning_text'), ['b', 1, 'c'], '2'],
    ],
    [
      ['text', lane(0), one, 'whole'],
      ['append', lane(0), one, '!'],
      ['text', lane(0), one, 'another'],
      ['append', lane(0), one, '?'],
      ['append', lane(0, 'reasoning_text'), ['b', 1, 'c'], '3'],
    ],
    [
      ['set', ['model'], 'm'],
      ['append', lane(0), one, '.'],
    ],
    [['append', lane(0), null, 'elsewhere']],
    [['append', lane(0), one, '#']],
  ]);
});

test('an event that changes nothing but the ends of texts is not structural', () => {
  const events: Op[][] = [
    [
      ['begin', { id: 'x', usage: { n: 1 } }],
      ['append', lane(0), ['a'], '1'],
    ],
    [
      ['set', ['usage'], { n: 1 }],
      ['set', ['id'], 'x'],
      ['append', lane(0), ['a'], '2'],
      ['text', lane(0), ['a'], '12'],
      ['remove', ['not there']],
    ],
    [['set', ['usage'], { n: 2 }]],
  ];
  const { index } = new IndexedStream(streamOf(events), {}, { dialect: spelled });
  expect([...Array(index.structural.length).keys()].map((row) => index.structural.at(row))).toEqual(
    [0, 2],
  );
  expect(index.dialect).toBe('chat');
});

const good: Path[] = [
  ['a'],
  ['a', 'b'],
  ['a', 0],
  ['a', 0, 'b'],
  ['a', 1, 'b'],
  ['c', 'd', 'e'],
  ['c', 'd'],
  ['c'],
  ['c', 'constructor'],
];
const bad: Path[] = [
  ['__proto__', 'x'],
  ['a', 20_000],
  ['a', -1],
];
const goodPaths = fc.constantFrom(...good);
const paths = fc.constantFrom(...good, ...bad);
const places = fc.constantFrom(lane(0), lane(1), lane(0, 'reasoning_text'));
// What a lane holds that has a place now and none then is not told by the object.
const unplaced = fc.constant(lane(9));
const texts = fc.constantFrom('', 'p', 'pq', '1', '{}', 'p😀');
const values = fc.constantFrom<JsonValue>(
  '',
  's',
  null,
  1,
  [],
  {},
  { b: 'x' },
  [{ b: 'y' }],
  ['z'],
);
const append = fc.constant('append' as const);
const text = fc.constant('text' as const);
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(append, places, goodPaths, texts) },
  { weight: 3, arbitrary: fc.tuple(text, places, goodPaths, texts) },
  fc.tuple(append, unplaced, fc.constantFrom(null, ...bad), texts),
  fc.tuple(text, unplaced, fc.constantFrom(null, ...bad), texts),
  fc.tuple(fc.constant('set' as const), paths, values),
  fc.tuple(fc.constant('remove' as const), paths),
  fc.tuple(fc.constant('parse' as const), paths, paths),
  fc.tuple(fc.constant('push' as const), paths, values),
  fc.tuple(fc.constant('begin' as const), fc.constantFrom<JsonObject>({}, { a: { b: 'x' } })),
);

test('any sequence of changes gives the snapshots and lanes of a plain reducer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(op, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 14 }),
      check,
    ),
    { numRuns: 400 },
  );
});

test('checkpoints are left behind, and what comes before them stays as it was', () => {
  const events = Array.from({ length: 600 }, (_, at): Op[] => [
    ['append', lane(at % 3), ['choices', at % 3, 'text'], `${at} `],
    ...(at % 5 === 0 ? [['push', ['log'], { at, filler: 'x'.repeat(200) }] as Op] : []),
  ]);
  check(events);
});

test('the reducer is given objects only', () => {
  expect(isObject([])).toBe(false);
  const bytes = new TextEncoder().encode('{"ops":[]}\n[1]\n"x"\nnull\n');
  const { index } = new IndexedStream(bytes, {}, { dialect: spelled, framing: 'lines' });
  expect(index.count).toBe(4);
});
