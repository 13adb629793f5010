import { expect, test } from 'vitest';
import { commandsOf } from './commands.ts';
import { keyGroups } from './key-list.ts';
import { appWith } from './testing/app-with.ts';

const { app } = appWith('captures');

test('every key of a command is listed', () => {
  const listed = keyGroups(app, '').flatMap(({ lines }) => lines.flatMap(({ keys }) => keys));
  for (const { keys } of commandsOf(app)) expect(listed).toEqual(expect.arrayContaining([...keys]));
});

test('no group says the same twice', () => {
  const groups = keyGroups(app, '');
  expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  for (const { lines } of groups)
    expect(new Set(lines.map(({ title }) => title)).size).toBe(lines.length);
});

test('the list is searched by what a key does, where, and by the key', () => {
  const found = (query: string) =>
    keyGroups(app, query).flatMap(({ lines }) => lines.map(({ title }) => title));
  expect(found('captures f2')).toEqual(['Rename the capture', 'Rename']);
  expect(found('play pause')).toEqual(['Play or pause']);
  expect(found('nothing like it')).toEqual([]);
});

test('what a key does is said for any time, not for now', () => {
  const titles = keyGroups(app, '').flatMap(({ lines }) => lines.map(({ title }) => title));
  expect(titles.filter((title) => title.includes('person.sse'))).toEqual([]);
});

test('in the Schemas view its own keys come first', () => {
  const groupsIn = (view: string) => keyGroups(appWith(view).app, '').map(({ name }) => name);
  const before = groupsIn('captures');
  const after = groupsIn('schemas');
  expect(before[0]).toBe('Replay');
  expect(after[0]).toBe('Schemas');
  expect(after.indexOf('In the outline of a schema')).toBeLessThan(after.indexOf('Replay'));
  expect(after.sort()).toEqual(before.sort());
});
