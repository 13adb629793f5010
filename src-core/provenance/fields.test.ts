import { describe, expect, test } from 'vitest';
import { LaneDocuments } from '../growing/lane-documents.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { cellOf, fieldOf, fieldsOf, sortedFields } from './fields.ts';

const bytes = responsesRecordings().find(({ name }) => name === 'seed-person.sse')!.bytes;
// A chunk an event: 1 ms each.
const { index } = new IndexedStream(bytes);
const document = new LaneDocuments(index).of(0)!;
const fields = fieldsOf(index, 0, document, 100);

describe('the fields of person.sse, read by hand', () => {
  test.each([
    ['', 4, 18, 15, 66],
    ['/name', 6, 9, 4, 15],
    ['/age', 12, 12, 1, 2],
    ['/occupation', 15, 18, 4, 19],
  ])('%j: events %i to %i, %i deltas, %i characters', (pointer, first, last, deltas, length) => {
    const field = fields.find((one) => one.pointer === pointer)!;
    const columns = ['first', 'last', 'deltas', 'characters'] as const;
    expect(columns.map((column) => cellOf(field, column))).toEqual([first, last, deltas, length]);
    expect(cellOf(field, 'firstTime')).toBe(index.columns.timeUs[first]);
    expect(cellOf(field, 'lastTime')).toBe(index.columns.timeUs[last]);
  });

  test('half way', () => {
    const length = index.laneLengthAt(0, 8);
    const name = fieldOf(index, 0, document, document.find('/name'), length)!;
    expect([name.facts.last.seq, name.facts.events]).toEqual([8, 3]);
    expect(fieldOf(index, 0, document, document.find('/age'), length)).toBeNull();
  });

  test('sort by any column', () => {
    const order = (column: Parameters<typeof sortedFields>[1], descending = false) =>
      sortedFields(fields, column, descending).map(({ pointer }) => pointer);
    expect(order('characters')).toEqual(['/age', '/name', '/occupation', '']);
    expect(order('pointer')).toEqual(['', '/age', '/name', '/occupation']);
    // Equal ones stay in the order of the text.
    expect(order('deltas', true)).toEqual(['', '/name', '/occupation', '/age']);
    expect(order('last', true)).toEqual(['', '/occupation', '/age', '/name']);
  });

  test('no more than are asked for', () =>
    expect(fieldsOf(index, 0, document, 2).map(({ pointer }) => pointer)).toEqual(['', '/name']));
});
