import { expect, test } from 'vitest';
import { StruckList } from './struck.ts';

test('a key is shortened under whatever name it stands', () => {
  const list = new StruckList();
  list.add('user', 'request body /user', null, 'ann-7-smith');
  list.add('user', 'request body /user', null, 'sk-proj-0123456789abcdef0123');
  list.add('custom', 'event 3 /text', 3, 'of Bearer abcdef0123456789');
  const [name, key, text] = list.struck.map(({ shown }) => shown);
  expect(name).toBe('ann-7-smith');
  expect(key).toMatch(/^sk-…\S{3} \(28 characters\)$/);
  expect(text).not.toContain('abcdef0123');
});
