import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readValues, writtenValues } from './detail-fields.ts';

test('values are read as they were written', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom('1', '"a"', ' b'),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      expect(readValues(writtenValues(values), values)).toEqual(values);
    }),
  );
});

test('a line is a text, or JSON where that is meant', () => {
  expect(readValues('a b\n\n 2 \ntrue\n"3"', [])).toEqual(['a b', 2, true, '3']);
  expect(readValues('1.0\n2', ['1.0'])).toEqual(['1.0', '2']);
  expect(readValues('null', [1])).toEqual([null]);
});
