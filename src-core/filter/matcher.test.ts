import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { LaneDocuments } from '../growing/lane-documents.ts';
import { EventIndex } from '../index/event-index.ts';
import { IndexedStream, scatteredOrder } from '../testing/indexed-stream.ts';
import { PlainFilter } from '../testing/plain-filter.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { encodeUtf8 } from '../text.ts';
import { type EventFacts, Filter, parseFilter } from './filter.ts';
import type { FilterNode } from './syntax.ts';

const BOOKMARKS = new Set([0, 3, 7, 16]);
const INVALID = new Set([2, 7, 12]);

function factsOf(stream: IndexedStream, index = stream.index): EventFacts {
  return {
    index,
    documents: new LaneDocuments(index),
    dataText: (seq) => stream.dataOf(seq),
    problemsOf: (seq) => index.problems.filter((problem) => problem.seq === seq),
    hasBookmark: (seq) => BOOKMARKS.has(seq),
    isInvalidFrom: (seq) => INVALID.has(seq),
    judgedCount: index.count,
  };
}

function found(query: string, stream: IndexedStream): number[] {
  const parsed = parseFilter(query);
  if (!parsed.ok || !parsed.filter) throw new Error(`${query} is no filter`);
  const passes = parsed.filter.matcher(factsOf(stream));
  return Array.from({ length: stream.index.count }, (_, seq) => seq).filter((seq) => passes(seq));
}

/** A response with one text, written by these deltas: event 1 is the first. */
function textStream(...deltas: string[]): IndexedStream {
  const events = [
    { type: 'response.created', response: { output: [] } },
    ...deltas.map((delta) => ({
      type: 'response.output_text.delta',
      output_index: 0,
      content_index: 0,
      delta,
    })),
  ];
  const frames = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  return new IndexedStream(encodeUtf8(frames), { chunks: [97] });
}

describe('what an event wrote', () => {
  test.each<[string, string[], number[]]>([
    ['text~AB', ['a', 'ab', 'xABy', 'b'], [2, 3]],
    ['text~/AB/', ['a', 'ab', 'xABy', 'b'], [3]],
    ['text~/^b$/', ['a', 'ab', 'xABy', 'b'], [4]],
    ['lane~ab', ['a', 'b', 'a', 'x', 'b', 'ab'], [2, 6]],
    // Overlapping occurrences count: each is completed by an event of its own.
    ['lane~aa', ['a', 'a', 'a', 'b', 'a'], [2, 3]],
    ['lane~"abc"', ['xxAB', 'CxxabcABC', 'a', '', 'b', 'c'], [2, 6]],
    // Each match begins behind the last one.
    ['lane~/aa/', ['a', 'a', 'a', 'b', 'aa'], [2, 5]],
    ['lane~/b+/', ['a', 'b', 'b', 'a'], [2, 3]],
    ['lane~/^a/', ['a', 'a'], [1]],
    ['lane~/c$/', ['c', 'c', 'd'], [1, 2]],
    ['lane~/\\d*/', ['a', '1', 'b'], [2]],
    ['lane~/(?<=a)b/', ['a', 'b', 'b'], [2]],
  ])('%s in %j', (query, deltas, expected) => {
    expect(found(query, textStream(...deltas))).toEqual(expected);
  });

  test('a match of a regular expression reaches back 1,000 characters', () => {
    const far = (length: number) => textStream('[', 'x'.repeat(length), ']');
    expect(found('lane~/\\[x*\\]/', far(999))).toEqual([3]);
    expect(found('lane~/\\[x*\\]/', far(1000))).toEqual([]);
    expect(found(`lane~"[${'x'.repeat(2000)}]"`, far(2000))).toEqual([3]);
  });

  test('a regular expression finds what it finds when each text so far is searched anew', () => {
    const sources = [
      'a+b',
      'ab?',
      'a*',
      'a.*?b',
      '[ab]+c',
      '^a',
      'c$',
      'a\\b',
      'a(?!b)',
      '(a|b)\\1',
    ];
    const delta = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 4 });
    const deltasOf = fc.array(delta, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.constantFrom(...sources), deltasOf, (source, deltas) => {
        const expected: number[] = [];
        let [text, after] = ['', 0];
        for (const [at, one] of deltas.entries()) {
          const before = text.length;
          text += one;
          const ends = [...text.slice(after).matchAll(new RegExp(source, 'g'))]
            .filter(([match]) => match !== '')
            .map((match) => after + match.index + match[0].length)
            .filter((end) => end > before);
          if (source !== '^a' || after === 0)
            if (ends.length > 0) {
              expected.push(at + 1);
              after = ends.at(-1)!;
            }
        }
        expect(found(`lane~/${source}/`, textStream(...deltas))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('an event far on is prepared by one execution at a time, and few of them', () => {
    const stream = textStream(...Array.from({ length: 1000 }, () => 'ten lower '));
    const parsed = parseFilter('lane~/[A-Z]+!/ seq:1000');
    const test = parsed.ok && parsed.filter!.matcher(factsOf(stream));
    if (!test || !test.prepare) throw new Error('nothing to prepare');
    const executions = vi.spyOn(RegExp.prototype, 'exec');
    // Other terms decide this one.
    expect(test.prepare(999)).toBe(true);
    expect(executions).toHaveBeenCalledTimes(0);
    let calls = 0;
    do {
      executions.mockClear();
      calls++;
    } while (!test.prepare(1000) && executions.mock.calls.length === 1);
    // 10,000 characters, 1,000 each.
    expect(calls).toBe(10);
    expect(test(1000)).toBe(false);
    executions.mockRestore();
  });

  test('a regular expression that the engine gives up on matches nothing', () => {
    const stream = textStream('ab'.repeat(5_000_000));
    // Each turn of the group is remembered, until the engine's stack is full.
    expect(found('text~/^(a|b|(c))*$/', stream)).toEqual([]);
  });
});

describe('values of the growing JSON', () => {
  // The offsets: {"a":[1,{"b":"x y"}],"c":12,"a":true}
  const stream = textStream(
    '{"',
    'a"',
    ':[1',
    ',{"b":"',
    'x',
    ' y"}]',
    ',"c":12',
    ',"a":tr',
    'ue}',
  );
  test.each<[string, number[]]>([
    // Both members called "a", their keys included; a colon belongs to its member.
    ['pointer:/a', [1, 2, 3, 4, 5, 6, 8, 9]],
    ['pointer:/a/0', [3]],
    ['pointer:/a/1/b', [4, 5, 6]],
    ['pointer:/*/1', [4, 5, 6]],
    ['pointer:""', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['pointer:/d', []],
    ['appears:/a', [3, 8]],
    ['appears:/a/1/b', [4]],
    ['closes:/a', [6, 9]],
    // The character after a number tells that it is over.
    ['closes:/a/0', [4]],
    ['closes:/c', [8]],
    ['closes:/*', [6, 8, 9]],
    ['closes:""', [9]],
    ['value:/c=12', [8]],
    ['value:/c="12"', []],
    ['value:/c!="12"', [8]],
    ['value:/c>11', [8]],
    ['value:/c>12', []],
    ['value:/c>=12.0', [8]],
    ['value:/c<100', [8]],
    ['value:/a=true', [9]],
    ['value:/a!=true', [6]],
    ['value:/a="true"', []],
    ['value:/a/1/b="x y"', [6]],
    ['value:/a/1/b~Y', [6]],
    ['value:/a/1/b~/Y/', []],
    ['value:/a/1/b>"x"', [6]],
    ['value:/a/1/b>5', []],
    ['value:/a~"[1,"', [6]],
  ])('%s', (query, expected) => {
    expect(found(query, stream)).toEqual(expected);
  });

  test('a text that stops being JSON has no values behind that place', () => {
    const broken = textStream('{"a":1,', '"b":', '?', '2', '}');
    expect(found('pointer:/b', broken)).toEqual([2]);
    expect(found('pointer:""', broken)).toEqual([1, 2]);
    expect(found('closes:/a', broken)).toEqual([1]);
    expect(found('broken', broken)).toEqual([3]);
    expect(found('appears:/b or closes:/b or closes:""', broken)).toEqual([]);
  });
});

test.each<[string[], number[]]>([
  [['{"a":', '1', '}'], []],
  // It ends too early, which breaks nothing.
  [['{"a":', '1'], []],
  [['{"a":1', ',}', '}'], [2]],
  // The comma of the second event could have been followed by a key.
  [['{"a":1', ',', '}', '?'], [3]],
  [['{}', ' ', 'x'], [3]],
  [[' ', '[tr', 'a', 'e]'], [3]],
  [['{?'], [1]],
  // No JSON object or array to begin with.
  [['Hello', '{?'], []],
])('the text of %j breaks with the events %j', (deltas, expected) => {
  expect(found('broken', textStream(...deltas))).toEqual(expected);
  expect(found('-broken', textStream(...deltas))).toHaveLength(deltas.length + 1 - expected.length);
});

test('texts of any pieces of JSON break where the plain filter says', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    'tr',
    'ue',
    ' ',
  );
  const node: FilterNode = { kind: 'broken' };
  fc.assert(
    fc.property(fc.constantFrom('{', '[', ' ['), fc.array(piece), (first, pieces) => {
      const stream = textStream(first, ...pieces);
      const plain = new PlainFilter(stream, BOOKMARKS, INVALID);
      const expected = Array.from({ length: stream.index.count }, (_, seq) => seq);
      expect(found('broken', stream)).toEqual(expected.filter((seq) => plain.passes(node, seq)));
    }),
    { numRuns: 300 },
  );
});

describe('columns', () => {
  const frames = ['{"type":"a"}', '[1]', '{"type":"response.x"}'];
  const stream = new IndexedStream(
    encodeUtf8(frames.map((data) => `data: ${data}\n\n`).join('')),
    { chunks: [20, 11, 100] }, // one event a chunk, a millisecond apart
  );
  test.each<[string, number[]]>([
    ['type:a', [0]],
    ['type:X', [2]],
    ['type:*', [0, 1, 2]],
    ['type:message', [1]],
    ['seq>0', [1, 2]],
    ['chunk:1..', [1, 2]],
    ['t:1ms', [1]],
    ['t>=1', [1, 2]],
    // The first event has none before it.
    ['gap:0..', [1, 2]],
    ['gap<1s', [1, 2]],
    // A frame without its blank line: "data: ", the data, and the line's end.
    ['bytes:10', [1]],
    ['bytes<0.02k', [0, 1]],
    ['item:0..', []],
    ['bookmark', [0]],
    ['type:a or [1', [0, 1]],
  ])('%s', (query, expected) => {
    expect(found(query, stream)).toEqual(expected);
  });
});

const streams = responsesRecordings()
  .filter(({ bytes }) => bytes.length < 60_000)
  .map(({ name, bytes }) => ({ name, stream: new IndexedStream(bytes, { chunks: [500] }) }));

/** Terms of which many match something in the recordings. */
const terms = [
  ...['delta', '"item_id"', 'ar', 'type:*.delta', 'type:output_*', 'type:*.d*e', 'type:none'],
  ...['lane:0/0', 'lane:1', 'lane:*', 'lane:function_arguments', 'item:0', 'item:1..'],
  ...['text~a', 'text~" "', 'text~/[A-Z]/', 'text~/e.$/m', 'lane~the', 'lane~":"', 'lane~th'],
  ...['lane~/[a-z] [a-z]/', 'lane~/"[a-z]/', 'pointer:/*', 'pointer:""', 'pointer:/location'],
  ...['pointer:/name', 'appears:/*', 'appears:/name', 'closes:/*', 'closes:""', 'closes:/age'],
  ...['value:/*~a', 'value:/age=30', 'value:/*!=x', 'value:/age>=18', 'value:/name<"B"'],
  ...['seq:5..9', 'seq>20', 'seq<=3', 't>3ms', 't:0..9', 'gap>0', 'gap:1ms', 'bytes>0.3k'],
  ...['chunk:2..7', 'problem', 'problem:warning', 'problem:W11', 'broken', 'bookmark'],
  'invalid',
];
const anyTerm = fc.constantFrom(...terms).map((query): FilterNode => {
  const parsed = parseFilter(query);
  if (!parsed.ok) throw new Error(`${query}: ${parsed.error.message}`);
  return parsed.filter!.node;
});
const { anyNode } = fc.letrec<{ anyNode: FilterNode }>((tie) => ({
  anyNode: fc.oneof(
    { depthSize: 'small' },
    anyTerm,
    tie('anyNode').map((node): FilterNode => ({ kind: 'not', node })),
    fc
      .record({
        by: fc.constantFrom('and' as const, 'or' as const),
        nodes: fc.array(tie('anyNode'), { minLength: 2, maxLength: 4 }),
      })
      .map((join): FilterNode => ({ kind: 'join', ...join })),
  ),
}));

test('every term finds what the plain filter finds, in every recording', () => {
  expect(streams.length).toBeGreaterThan(20);
  const hits = new Map<string, number>();
  for (const { name, stream } of streams) {
    const plain = new PlainFilter(stream, BOOKMARKS, INVALID);
    for (const query of terms) {
      const parsed = parseFilter(query);
      if (!parsed.ok) throw new Error(query);
      const { node } = parsed.filter!;
      const expected = [];
      for (let seq = 0; seq < stream.index.count; seq++)
        if (plain.passes(node, seq)) expected.push(seq);
      expect(found(query, stream), `${query} in ${name}`).toEqual(expected);
      hits.set(query, (hits.get(query) ?? 0) + expected.length);
    }
  }
  const idle = [...hits].filter(([, count]) => count === 0).map(([query]) => query);
  // No recorded JSON breaks.
  expect(idle).toEqual(['type:none', 'broken']);
});

test('any filter finds what the plain one finds, asked in any order; its opposite the rest', () => {
  fc.assert(
    fc.property(fc.constantFrom(...streams), anyNode, ({ stream }, node) => {
      const plain = new PlainFilter(stream, BOOKMARKS, INVALID);
      const passes = new Filter(node).matcher(factsOf(stream));
      const opposite = new Filter({ kind: 'not', node }).matcher(factsOf(stream));
      for (const seq of scatteredOrder(Math.min(stream.index.count, 80))) {
        const expected = plain.passes(node, seq);
        if (passes(seq) !== expected) expect(passes(seq), `event ${seq}`).toBe(expected);
        if (opposite(seq) === expected) throw new Error(`the opposite agrees at event ${seq}`);
      }
    }),
    { numRuns: 300 },
  );
});

test('what is asked while the stream comes in is answered as in the end', () => {
  fc.assert(
    fc.property(fc.constantFrom(...streams), anyNode, ({ stream }, node) => {
      const whole = new Filter(node).matcher(factsOf(stream));
      const index = new EventIndex();
      const live = new Filter(node).matcher(factsOf(stream, index));
      let examined = 0;
      for (const batch of stream.batches) {
        index.append(batch);
        const until = Math.min(index.count, live.undecidedFrom?.() ?? Infinity);
        for (; examined < until; examined++)
          if (live(examined) !== whole(examined))
            expect(live(examined), `event ${examined}`).toBe(whole(examined));
      }
    }),
    { numRuns: 150 },
  );
});

test('an event that began a key waits until the key is known', () => {
  const stream = textStream('{"', 'na', 'me":"x","nu');
  const index = new EventIndex();
  const parsed = parseFilter('-pointer:/name');
  const passes = parsed.ok ? parsed.filter!.matcher(factsOf(stream, index)) : null;
  const small = new IndexedStream(stream.bytes, { chunks: [100], batches: [1] });
  const waits = small.batches.map((batch) => {
    index.append(batch);
    return [index.count, passes?.undecidedFrom?.()];
  });
  const afterEach = [1, 2, 3, 4].map((count) => waits.find(([known]) => known === count)?.[1]);
  // `nu` can't become `name` any more.
  expect(afterEach).toEqual([Infinity, 1, 1, Infinity]);
});
