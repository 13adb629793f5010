import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBetween, isSameJson } from './text-change.ts';

test('only what differs is replaced', () => {
  expect(changeBetween('{"a": 1}', '{"a": 12}')).toEqual({ start: 7, end: 7, text: '2' });
  expect(changeBetween('abc', 'abc')).toBeNull();
  expect(changeBetween('aa', 'a')).toEqual({ start: 1, end: 2, text: '' });
  expect(changeBetween('', 'x')).toEqual({ start: 0, end: 0, text: 'x' });
});

test('a character of two code units is replaced whole', () => {
  expect(changeBetween('😀', '😁')).toEqual({ start: 0, end: 2, text: '😁' });
  // Their low halves are equal.
  expect(changeBetween('\u{1F600}', '\u{1F200}')).toEqual({ start: 0, end: 2, text: '\u{1F200}' });
});

test('the change makes the one text of the other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁') });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = changeBetween(before, after);
      const made = change
        ? before.slice(0, change.start) + change.text + before.slice(change.end)
        : before;
      expect(made).toBe(after);
    }),
  );
});

test('layout does not make JSON another, content does', () => {
  expect(isSameJson('{"a":1}', '{\n  "a": 1\n}\n')).toBe(true);
  expect(isSameJson('{"a":1}', '{"a":2}')).toBe(false);
  expect(isSameJson('{"a":', '{"a": ')).toBe(true);
  expect(isSameJson('{"a":', '{"b":')).toBe(false);
});
