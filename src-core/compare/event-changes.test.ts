import { expect, it } from 'vitest';
import { chatOf, readStream, streamOf } from '../testing/compared-bytes.ts';
import { changesLine, changeWords, eventChanges, LISTED_CHANGES } from './event-changes.ts';

const changesOf = (a: object, b: object) =>
  eventChanges(readStream(streamOf([a])), 0, readStream(streamOf([b])), 0);

it('says where the data of two events differs, but for what differs in every run', () => {
  const event = (id: string, limit: number | null, more: object = {}) => ({
    type: 'response.in_progress',
    response: { id, max_output_tokens: limit, ...more },
  });
  const changes = changesOf(event('a', 100), event('b', null, { tier: 'x' }))!;
  expect(changes.count).toBe(2);
  expect(changesLine(changes)).toBe(
    '/response/max_output_tokens 100 → null, /response/tier added "x"',
  );
  expect(changesLine(changes, 1)).toBe('/response/max_output_tokens 100 → null, 1 more');
});

it('lists few of many, and counts all', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`k${at}`, at]));
  const changes = changesOf({ type: 'x' }, { type: 'x', ...many })!;
  expect(changes).toMatchObject({ count: 20, changes: { length: LISTED_CHANGES } });
});

it('says nothing of deltas, whose texts stand in the row, and of what is too long', () => {
  const [, a] = chatOf(['Alice']) as object[];
  const [, b] = chatOf(['Bob']) as object[];
  expect(changesOf(a!, b!)).toBeNull();
  expect(changesOf({ type: 'x', y: 'z'.repeat(300_000) }, { type: 'x', y: '' })).toBeNull();
});

it('shows texts from where they part, and cuts long ones', () => {
  const words = (before: string, after: string) =>
    changeWords({ kind: 'changed', pointer: '/text', before, after }, 20);
  expect(words('one two three four 30', 'one two three four 31')).toBe(
    '/text "…three four 30" → "…three four 31"',
  );
  expect(words('a', 'b'.repeat(50))).toBe(`/text "a" → "${'b'.repeat(19)}…`);
});
