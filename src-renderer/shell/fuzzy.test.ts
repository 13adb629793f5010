import { expect, test } from 'vitest';
import { fuzzyMatch, ranked } from './fuzzy.ts';

const order = (query: string, texts: string[]) =>
  ranked(query, texts, (text) => text).map(({ item }) => item);

test('the letters have to be there, in order', () => {
  expect(fuzzyMatch('xyz', 'Open a file')).toBeNull();
  expect(fuzzyMatch('elif', 'file')).toBeNull();
  expect(fuzzyMatch('of', 'Open a file')?.positions).toEqual([0, 7]);
  expect(fuzzyMatch('', 'Open a file')).toEqual({ score: 0, positions: [] });
});

test('letters in a row and starts of words win over scattered ones', () => {
  expect(order('set', ['Show Events tab', 'Reset the request', 'Open settings'])[0]).toBe(
    'Open settings',
  );
  expect(order('copy', ['Close or play', 'Copy the frame'])[0]).toBe('Copy the frame');
  expect(order('sf', ['Unsafe', 'Step forward'])[0]).toBe('Step forward');
  expect(order('speed 10', ['Speed 100×', 'Speed 10×', 'Speed 0.25×'])[0]).toBe('Speed 10×');
});

test('the match is the best one, not the first', () => {
  expect(fuzzyMatch('file', 'of my file')?.positions).toEqual([6, 7, 8, 9]);
});

test('no query keeps the order, spaces do not matter', () => {
  expect(order('', ['b', 'a'])).toEqual(['b', 'a']);
  expect(order('go end', ['Go to end', 'Go to start'])).toEqual(['Go to end']);
});

test('long names are no trouble', () => {
  expect(fuzzyMatch('aaaaaaaaaaaa', 'a'.repeat(200))?.positions).toHaveLength(12);
});
