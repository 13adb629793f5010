import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TypeCode } from '../../src-core/type-code/languages.ts';
import { fullCode, MadeTypes, type TypesWanted } from './made-types.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const code = (text: string): TypeCode => ({ code: text, lost: [], lostCount: 0 });
const wanted = (schema: string, language: TypesWanted['language'] = 'zod'): TypesWanted => ({
  schema,
  name: 'n',
  language,
});

/** A maker that answers when it is told to. */
function maker() {
  const asked: { of: TypesWanted; answer(types: TypeCode): void; fail(error: Error): void }[] = [];
  const types = new MadeTypes(
    (of) => new Promise((answer, fail) => void asked.push({ of, answer, fail })),
  );
  return { asked, types };
}

test('typing is waited for, another language is not', async () => {
  const { asked, types } = maker();
  types.want(wanted('1'));
  expect(asked).toHaveLength(1);
  types.want(wanted('12'));
  await vi.advanceTimersByTimeAsync(299);
  types.want(wanted('123'));
  await vi.advanceTimersByTimeAsync(299);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.map(({ of }) => of.schema)).toEqual(['1', '123']);
  types.want(wanted('123', 'pydantic'));
  expect(asked).toHaveLength(3);
  types.want(wanted('123', 'pydantic'));
  expect(asked).toHaveLength(3);
});

test('only the newest answer counts', async () => {
  const { asked, types } = maker();
  types.want(wanted('1'));
  types.want(wanted('1', 'pydantic'));
  asked[1]!.answer(code('new'));
  await vi.advanceTimersByTimeAsync(0);
  asked[0]!.answer(code('old'));
  await vi.advanceTimersByTimeAsync(0);
  expect([types.types?.code, types.language, types.of]).toEqual(['new', 'pydantic', '1']);
});

test('a fault stands beside what was made before, until the next answer', async () => {
  const { asked, types } = maker();
  types.want(wanted('1'));
  asked[0]!.answer(code('good'));
  await vi.advanceTimersByTimeAsync(0);
  types.want(wanted('{'));
  await vi.advanceTimersByTimeAsync(300);
  asked[1]!.fail(new Error('no JSON'));
  await vi.advanceTimersByTimeAsync(0);
  expect([types.fault, types.types?.code]).toEqual(['no JSON', 'good']);
  types.want(wanted('2'));
  await vi.advanceTimersByTimeAsync(300);
  asked[2]!.answer(code('better'));
  await vi.advanceTimersByTimeAsync(0);
  expect([types.fault, types.types?.code]).toEqual([null, 'better']);
});

test('what is lost stands above the code where that is wanted', () => {
  const types = { ...code('x\n'), lost: [{ pointer: '/a', keyword: 'k', why: 'w' }], lostCount: 1 };
  expect(fullCode('zod', types, false)).toBe('x\n');
  expect(fullCode('zod', types, true)).toMatch(/^\/\/ .*\n\/\/ {3}\/a k: w\n\nx\n$/);
  expect(fullCode('zod', code('x\n'), true)).toBe('x\n');
});
