import { describe, expect, test } from 'vitest';
import { GrowingDocument } from '../growing/growing-document.ts';
import { LaneDocuments } from '../growing/lane-documents.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { factsOfValue, valuesTouchedBy } from './values.ts';
import { writingBy } from './writings.ts';

const bytes = responsesRecordings().find(({ name }) => name === 'seed-person.sse')!.bytes;
const { index } = new IndexedStream(bytes);
const document = new LaneDocuments(index).of(0)!;
const whole = document.at(document.length);

describe('the values of person.sse, read by hand', () => {
  test.each([
    // pointer, events of the value and how many, its characters, events of the key
    ['', 4, 18, 15, 66, null],
    ['/name', 6, 9, 4, 15, [4, 6]],
    ['/age', 12, 12, 1, 2, [9, 11]],
    ['/occupation', 15, 18, 4, 19, [13, 15]],
  ] as const)('%j was written by events %i to %i', (pointer, first, last, events, length, key) => {
    const facts = factsOfValue(index, 0, document, whole, document.find(pointer));
    expect(facts.value).toMatchObject({ first: { seq: first }, last: { seq: last }, events });
    expect(facts.value!.to - facts.value!.from).toBe(length);
    expect(facts.key && [facts.key.first.seq, facts.key.last.seq]).toEqual(key);
  });

  test('half way a value ends where the text does', () => {
    const prefix = document.at(index.laneLengthAt(0, 7));
    const name = factsOfValue(index, 0, document, prefix, document.find('/name'));
    expect(name.value).toMatchObject({ first: { seq: 6 }, last: { seq: 7 }, events: 2 });
    // After event 10 the key is `"age`, without its last quote.
    const later = document.at(index.laneLengthAt(0, 10));
    const age = factsOfValue(index, 0, document, later, later.nodeCount - 1);
    expect(age).toMatchObject({ value: null, key: { first: { seq: 9 }, last: { seq: 10 } } });
  });

  test.each([
    [5, [['/name', false, false]]],
    [8, [['/name', false, false]]],
    // `","`: the end of a value, the comma, and the start of a key.
    [
      9,
      [
        ['', false, false],
        ['/name', false, true],
        ['/age', false, false],
      ],
    ],
    [12, [['/age', true, true]]],
    [
      18,
      [
        ['', false, true],
        ['/occupation', false, true],
      ],
    ],
  ] as const)('event %i touched %j', (seq, expected) => {
    const { from, to } = writingBy(index, 0, seq)!;
    const { values, more } = valuesTouchedBy(document, from, to, 10);
    expect(values.map(({ pointer, begins, ends }) => [pointer, begins, ends])).toEqual(expected);
    expect(more).toBe(0);
  });
});

test('a text that is set as a whole touches all of it, of which a few are listed', () => {
  const text = JSON.stringify(Array.from({ length: 1000 }, (_, at) => ({ at })));
  const large = new GrowingDocument();
  large.append(text);
  const { values, more } = valuesTouchedBy(large, 0, text.length, 3);
  expect(values.map(({ pointer }) => pointer)).toEqual(['', '/0', '/0/at']);
  expect(values.every(({ begins, ends }) => begins && ends)).toBe(true);
  // The list, 1000 objects and 1000 numbers.
  expect(more).toBe(2001 - 3);
});

test('what is no JSON is part of no value', () => {
  const broken = new GrowingDocument();
  broken.append('{"a":1}x');
  expect(valuesTouchedBy(broken, 7, 8, 5)).toEqual({ values: [], more: 0 });
  expect(valuesTouchedBy(broken, 5, 8, 5).values.map(({ pointer }) => pointer)).toEqual(['', '/a']);
});
