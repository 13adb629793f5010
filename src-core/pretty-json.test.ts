import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printJson } from './pretty-json.ts';

test('prints what JSON.stringify prints', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(printJson(value as never).text).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test('names and places what changed, and nothing else', () => {
  const kept = { deep: [1, 2] };
  const before = { status: 'in_progress', kept, output: [{ text: 'Bob' }], usage: null };
  const after = {
    status: 'completed',
    kept,
    output: [{ text: 'Alice' }, { text: '' }],
    usage: { total_tokens: 72 },
  };
  const { text, changes } = printJson(after, before);
  const lines = text.split('\n');
  const marked = changes.map(({ pointer, range }) => {
    const shown = lines.slice(range.startLine - 1, range.endLine);
    shown[shown.length - 1] = shown[shown.length - 1]!.slice(0, range.endColumn - 1);
    shown[0] = shown[0]!.slice(range.startColumn - 1);
    return [pointer, JSON.parse(shown.join('\n')) as unknown];
  });
  expect(marked).toEqual([
    ['/status', 'completed'],
    ['/output/0/text', 'Alice'],
    ['/output/1', { text: '' }],
    ['/usage', { total_tokens: 72 }],
  ]);
});

test('a value nested beyond reason is cut, not thrown at', () => {
  const value = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as never;
  const { text, shortened } = printJson(value, []);
  expect(shortened).toBe(1);
  expect(text).toContain('nested too deeply');
});

test('of a text that grew only what was appended is marked', () => {
  const { text, changes } = printJson({ text: 'say "hi"\n you' }, { text: 'say "hi"\n' });
  expect(changes).toHaveLength(1);
  const { startLine, startColumn, endColumn } = changes[0]!.range;
  const line = text.split('\n')[startLine - 1]!;
  expect(line.slice(startColumn - 1, endColumn - 1)).toBe(' you');
});

test('shortens a very long string and says so', () => {
  const { text, shortened } = printJson({ a: 'x'.repeat(100_000) });
  expect(shortened).toBe(1);
  expect(text.length).toBeLessThan(21_000);
  expect(text).toContain('80,000 characters');
});
