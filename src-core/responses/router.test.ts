import { describe, expect, test } from 'vitest';
import { indexOf, Router } from './router.ts';

describe('an event finds its item', () => {
  test('by output_index, whatever the id says', () => {
    const router = new Router();
    router.ofItem({ output_index: 4, item: { id: 'a' } }, false);
    expect(router.of({ output_index: 1, item_id: 'a' })).toBe(1);
  });

  test('by its id where there is no index', () => {
    const router = new Router();
    router.ofItem({ output_index: 4, item: { id: 'a' } }, false);
    router.ofItem({ output_index: 5, item: { id: 'b' } }, false);
    expect(router.of({ item_id: 'a' })).toBe(4);
    expect(router.ofItem({ item: { id: 'a' } }, true)).toBe(4);
  });

  test('as the last announced where there is neither', () => {
    const router = new Router();
    expect(router.of({})).toBe(0);
    router.ofItem({ item: {} }, false);
    router.ofItem({ item: {} }, false);
    expect(router.of({ item_id: 'never seen' })).toBe(1);
    expect(router.ofItem({ item: {} }, true)).toBe(1);
  });

  test('as a new one where an item is announced, or comes in a `done` alone', () => {
    const router = new Router();
    expect(router.ofItem({ item: { id: 'a' } }, false)).toBe(0);
    expect(router.ofItem({ item: { id: 'b' } }, false)).toBe(1);
    expect(router.ofItem({ item: { id: 'b' } }, true)).toBe(1);
    expect(router.ofItem({ item: { id: 'c' } }, true)).toBe(2);
    expect(router.ofItem({ item: { id: 'd' } }, true)).toBe(3);
  });

  test('in its own response', () => {
    const router = new Router();
    router.ofItem({ output_index: 4, item: { id: 'a' } }, false);
    router.reset();
    expect(router.of({ item_id: 'a' })).toBe(0);
  });
});

test.each([0, 1, 9_999])('%d is an index', (value) => expect(indexOf(value)).toBe(value));

test.each([-1, 0.5, NaN, 1e9, '0', null, undefined, {}])('%j is no index', (value) =>
  expect(indexOf(value)).toBe(-1),
);
