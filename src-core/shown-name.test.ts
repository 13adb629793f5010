import { expect, test } from 'vitest';
import { shownName, shownText } from './shown-name.ts';

test.each([
  ['city', 'city'],
  ['größe €', 'größe €'],
  ['a b', 'a b'],
  ['', '""'],
  [' ', '" "'],
  ['a ', '"a "'],
  ['a\nb', '"a\\nb"'],
  ['a\u202eb', '"a\\u202eb"'],
  ['\u200b', '"\\u200b"'],
  ['a\u0000', '"a\\u0000"'],
  ['a\u2028b', '"a\\u2028b"'],
  ['\ud800', '"\\ud800"'],
  ['\u{1f600}', '\u{1f600}'],
])('the name %j shows as %s', (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test('a text is the same to JSON with its escapes', () => {
  const text = '"x\u202ey\u2066 \u00a0\ufeff"';
  expect(shownText(text)).toBe('"x\\u202ey\\u2066 \\u00a0\\ufeff"');
  expect(JSON.parse(shownText(text))).toBe(JSON.parse(text));
});
