import { expect, test } from 'vitest';
import { proseOf } from './rule-prose.ts';

const plain = (markdown: string) =>
  proseOf(markdown).map(({ isList, lines }) =>
    lines.map((line) =>
      [isList ? '- ' : '', ...line.map(({ text, isCode }) => (isCode ? `<${text}>` : text))].join(
        '',
      ),
    ),
  );

test('paragraphs, lists and code are told apart, and lines that were broken are joined', () => {
  expect(
    plain(
      'A line with `code`\nthat goes on.\n\nCauses:\n\n- a `b` c,\n- d\n  and e.\n\nEnd `alone',
    ),
  ).toEqual([
    ['A line with <code> that goes on.'],
    ['Causes:'],
    ['- a <b> c,', '- d and e.'],
    ['End `alone'],
  ]);
});

test('a list may follow its line at once', () => {
  expect(plain('One of:\n- a\n- b')).toEqual([['One of:'], ['- a', '- b']]);
});
