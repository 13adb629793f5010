import { expect, test } from 'vitest';
import { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import person from '../../src-core/testing/recordings/seed-person.sse?raw';
import type { AppState } from '../state/app.svelte.ts';
import { paletteSections } from './palette-items.ts';
import { appWith } from './testing/app-with.ts';

/** The window with person.sse open: 23 events, one document in lane 0/0. */
function withPerson() {
  const { app, seen } = appWith('captures');
  const index = new EventIndex();
  const indexer = new Indexer();
  indexer.push(new TextEncoder().encode(person), 0);
  indexer.end();
  index.append(indexer.takeBatch());
  Object.assign(app.session!.view, { index, documents: new LaneDocuments(index) });
  app.session!.playhead.moveTo = (seq) => void seen.push(seq);
  Object.assign(app, {
    captures: [
      { id: 'c1', name: 'person.sse', model: 'gpt-4o-mini', status: 'completed', events: 23 },
      { id: 'c2', name: 'Go to market 12', model: '', status: 'failed', events: 1 },
    ],
    open: (id: string) => seen.push(id),
  });
  return { app, seen };
}
const titles = (app: AppState, query: string) =>
  paletteSections(app, query).map(({ name, items }) => [name, items.map((item) => item.title)]);

test('with nothing typed there are the commands and then the captures', () => {
  const { app } = withPerson();
  const sections = paletteSections(app, '');
  expect(sections.map(({ name }) => name)).toEqual(['Commands', 'Captures']);
  expect(sections[0]!.items[0]!.title).toBe('Play');
});

test.each(['12', '#12', ' #12 '])('%j goes to event 12, before what is called so', (query) => {
  const { app, seen } = withPerson();
  const [first, ...rest] = paletteSections(app, query);
  expect(first!.items.map(({ title }) => title)).toEqual(['Go to event 12']);
  first!.items[0]!.run();
  expect(seen).toEqual(['captures', 12]);
  if (query === '12') expect(rest[0]!.items[0]!.title).toBe('Go to market 12');
});

test('an event that is not there is said to be none', () => {
  const [first] = paletteSections(withPerson().app, '23');
  expect(first!.items[0]).toMatchObject({ isEnabled: false, detail: 'the last event is 22' });
});

// The deltas of person.sse: 4 `{"`, 5 `name`, 6 `":"`, 7 `Alice`, ..., 12 `30`, ..., 15 `":"`.
test.each([
  ['/age', '/age', 12],
  ['/AG', '/age', 12],
  ['/occ', '/occupation', 15],
  ['/upat', '/occupation', 15],
  ['/name', '/name', 6],
])('%s goes to the event that began to write %s', (query, pointer, seq) => {
  const { app, seen } = withPerson();
  const [first] = paletteSections(app, query);
  expect(first!.name).toBe('JSON pointers');
  expect(first!.items.map(({ title }) => title)).toEqual([pointer]);
  expect(first!.items[0]!.detail).toMatch(new RegExp(` · 0/0 · event ${seq}$`));
  first!.items[0]!.run();
  expect(seen).toEqual(['captures', seq]);
});

test('a slash lists what the output holds', () => {
  const [first] = paletteSections(withPerson().app, '/');
  expect(first!.items.map(({ title }) => title)).toEqual(['/name', '/age', '/occupation']);
  expect(first!.items[1]!.detail).toBe('30 · 0/0 · event 12');
  expect(titles(withPerson().app, '/nothing').map(([name]) => name)).not.toContain('JSON pointers');
});

test('the kind with the best name comes first, and what can not be done last', () => {
  const { app, seen } = withPerson();
  const [first, second] = paletteSections(app, 'person');
  expect(first!.name).toBe('Captures');
  expect(first!.items[0]).toMatchObject({ title: 'person.sse', positions: [0, 1, 2, 3, 4, 5] });
  expect(first!.items[0]!.detail).toBe('gpt-4o-mini · completed · 23 events');
  first!.items[0]!.run();
  expect(seen).toEqual(['captures', 'c1']);
  // Rename and delete it, show its folder: the letters in a row, as well.
  expect(second!.items[0]!.title).toContain('person.sse');

  const commands = paletteSections(app, 'stop the').find(({ name }) => name === 'Commands')!;
  const enabled = commands.items.map(({ isEnabled }) => isEnabled);
  expect(enabled).toContain(false);
  expect(enabled.lastIndexOf(true)).toBeLessThan(enabled.indexOf(false));
});

test('without a capture numbers and pointers lead nowhere', () => {
  const { app } = withPerson();
  const empty = { ...app, session: null } as unknown as AppState;
  for (const query of ['12', '/age'])
    for (const [name] of titles(empty, query)) expect(['Commands', 'Captures']).toContain(name);
});
