import { expect, test } from 'vitest';
import type { JsonValue } from '../../src-core/json.ts';
import { changesAsText, changeText } from './change-text.ts';

test('a text that grew shows the end of what stayed, and what was appended', () => {
  const before = '{"name":"Alice and her very long family name';
  const text = changeText({
    kind: 'grew',
    pointer: '/text',
    before,
    after: `${before} Johnson"\n`,
    added: 10,
  });
  expect(text).toMatchObject({ sign: '»', what: 'grew by 10', after: ' Johnson\\"\\n' });
  expect(text.kept).toBe('…ng family name');
});

test('a text that changed is shown from where the two part', () => {
  const text = changeText({ kind: 'changed', pointer: '/id', before: 'msg_12', after: 'msg_3' });
  expect(text).toMatchObject({ kept: 'msg_', before: '12', after: '3' });
});

test('other values are shown whole, containers by their keys', () => {
  expect(
    changeText({ kind: 'changed', pointer: '', before: null, after: { id: 1 } }),
  ).toMatchObject({ before: 'null', after: '{"id":1}' });
  expect(changeText({ kind: 'added', pointer: '/a', after: [1, 2] }).after).toBe('[1,2]');
  expect(changeText({ kind: 'removed', pointer: '/a', before: 'x' })).toMatchObject({
    sign: '−',
    before: '"x"',
    after: '',
  });
});

test('of a large value no more is printed than is shown', () => {
  const items = Array.from({ length: 10_000 }, (_, at) => ({ id: at, text: 'x'.repeat(1000) }));
  const { after } = changeText({ kind: 'added', pointer: '/a', after: items });
  expect(after).toMatch(/^\[\{"id":0,"text":"x+…"\},…\]$/);
  expect(after.length).toBeLessThan(420);
  let deep: JsonValue = 1;
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  expect(changeText({ kind: 'added', pointer: '', after: deep }).after).toMatch(/^\[+…\]+$/);
});

test('a long text is cut for the line, not for the copy', () => {
  const after = 'x'.repeat(5000);
  expect(changeText({ kind: 'added', pointer: '/a', after }).after.length).toBeLessThan(410);
  expect(changesAsText([{ kind: 'added', pointer: '/a', after }], 3)).toBe(
    `added\t/a\t"${after}"\n2 more`,
  );
});
