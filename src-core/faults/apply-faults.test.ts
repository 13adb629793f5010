import { expect, test } from 'vitest';
import { applyFaults } from './apply-faults.ts';
import type { Fault } from './fault-list.ts';
import {
  after,
  ARRAY,
  FOUR,
  LINES,
  list,
  texts,
  times,
  whyNot,
} from '../testing/faulty-replies.ts';

test('no steps leave the reply what it is', () => {
  const { reply, outcomes, marks } = applyFaults(FOUR, list(), 1);
  expect(reply).toEqual(FOUR);
  expect(reply.portions).toBe(FOUR.portions);
  expect([outcomes, marks]).toEqual([[], []]);
});

test('events are dropped with their blank line, and an empty chunk with them', () => {
  expect(texts(after(FOUR, { kind: 'drop', at: 1 }))).toEqual([
    'data: a\n\n',
    'data: c\n\n',
    'data: d\n\n',
  ]);
  expect(texts(after(FOUR, { kind: 'drop', at: '2' }))).toEqual([
    'data: a\n\ndata: b\n\n',
    'data: d\n\n',
  ]);
  expect(texts(after(FOUR, { kind: 'drop', at: '0..1, last' }))).toEqual(['data: c\n\n']);
  expect(texts(after(LINES, { kind: 'drop', at: 1 }))).toEqual(['{"a":0}\n', '{"a":2}\n']);
  expect(texts(after(ARRAY, { kind: 'drop', at: 0 })).join('')).toBe('[{"a":1},\n{"a":2}]');
  expect(texts(after(ARRAY, { kind: 'drop', at: 'last' })).join('')).toBe('[{"a":0},\n{"a":1}]');
  expect(texts(after(ARRAY, { kind: 'drop', at: '1..' })).join('')).toBe('[{"a":0}]');
  expect(texts(after(ARRAY, { kind: 'drop', at: '0..' })).join('')).toBe('[]');
  expect(whyNot(FOUR, { kind: 'drop', at: 40 })).toBe('there is no event 40: the last event is 3');
});

test('events are repeated in the same write', () => {
  expect(texts(after(FOUR, { kind: 'duplicate', at: 0, times: 2 }))).toEqual([
    'data: a\n\ndata: a\n\ndata: a\n\ndata: b\n\n',
    'data: c\n\n',
    'data: d\n\n',
  ]);
  expect(texts(after(LINES, { kind: 'duplicate', at: 'last' }))[1]).toBe('{"a":2}\n{"a":2}\n');
  expect(texts(after(ARRAY, { kind: 'duplicate', at: 2 })).join('')).toBe(
    '[{"a":0},\n{"a":1},\n{"a":2},\n{"a":2}]',
  );
});

test('two events change places', () => {
  expect(texts(after(FOUR, { kind: 'swap', at: 1 }))).toEqual([
    'data: a\n\ndata: c\n\n',
    'data: b\n\n',
    'data: d\n\n',
  ]);
  expect(texts(after(ARRAY, { kind: 'swap', at: 0, with: 'last' })).join('')).toBe(
    '[{"a":2},\n{"a":1},\n{"a":0}]',
  );
  expect(whyNot(FOUR, { kind: 'swap', at: 3 })).toBe('no event comes after event 3');
});

test('an event lets others pass', () => {
  const order = (fault: Fault) =>
    texts(after(FOUR, fault))
      .join('')
      .replaceAll(/data: |\n/g, '');
  expect(order({ kind: 'late', at: 0, by: 2 })).toBe('bcad');
  expect(order({ kind: 'late', at: '0..1' })).toBe('cabd');
  expect(order({ kind: 'late', at: 1, by: 99 })).toBe('acdb');
});

test('the chance of a step is drawn for each request, by the seed', () => {
  const chance = list({ kind: 'drop', at: 0, chance: 0.5 }, { kind: 'bom', chance: 0.5 });
  const draw = (seed: number) =>
    Array.from({ length: 200 }, (_, at) =>
      applyFaults(FOUR, { ...chance, seed }, at + 1).outcomes.map(
        ({ became }) => became === 'applied',
      ),
    );
  const drawn = draw(3);
  expect(draw(3)).toEqual(drawn);
  expect(draw(4)).not.toEqual(drawn);
  for (const step of [0, 1]) {
    const hits = drawn.filter((request) => request[step]).length;
    expect(hits).toBeGreaterThan(70);
    expect(hits).toBeLessThan(130);
  }
  expect(drawn.some(([first, second]) => first !== second)).toBe(true);
});

test('time is changed as asked, and never goes back', () => {
  expect(times(after(FOUR, { kind: 'delay', at: 2, ms: 150 }))).toEqual([100, 350, 350]);
  // The second event of a chunk leaves its chunk.
  expect(times(after(FOUR, { kind: 'delay', at: 1, ms: 1000 }))).toEqual([100, 1100, 1100, 1100]);
  expect(times(after(FOUR, { kind: 'stall', at: 1, ms: 50 }))).toEqual([100, 150, 250, 350]);
  const ever = after(FOUR, { kind: 'stall', at: 2, ms: 'forever' });
  expect([texts(ever), ever.ending]).toEqual([['data: a\n\ndata: b\n\n'], 'open']);
  const drip = after(FOUR, { kind: 'drip', at: 2, bytes: 5, ms: 30 });
  expect(texts(drip).slice(1)).toEqual(['data:', ' c\n\nd', 'ata: ', 'd\n\n']);
  expect(times(drip)).toEqual([100, 200, 300, 330, 360]);
  const burst = after(FOUR, { kind: 'burst', at: 1, to: 2 });
  expect(texts(burst)).toEqual(['data: a\n\n', 'data: b\n\ndata: c\n\n', 'data: d\n\n']);
  expect(times(burst)).toEqual([100, 200, 300]);
});
