import { expect, test } from 'vitest';
import { PROFILES } from '../../src-core/conformance/profiles.ts';
import { dialects } from '../../src-core/dialects/dialects.ts';
import { MENU_COMMANDS, MENU_KEYS } from '../../src-ipc/menu-commands.ts';
import type { AppState } from '../state/app.svelte.ts';
import { type Command, commandsOf } from './commands.ts';
import { appWith } from './testing/app-with.ts';

const byId = (app: AppState, id: string): Command => {
  const command = commandsOf(app).find((one) => one.id === id);
  if (!command) throw new Error(`no command ${id}`);
  return command;
};

test('every command of the application menu is there', () => {
  const ids = commandsOf(appWith('captures').app).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...MENU_COMMANDS]));
});

test('it has each dialect and each profile to choose', () => {
  const ids: readonly string[] = MENU_COMMANDS;
  expect(ids).toEqual(
    expect.arrayContaining([
      ...dialects.map(({ id }) => `read-as-${id}`),
      ...PROFILES.map(({ id }) => `profile-${id}`),
    ]),
  );
});

test('the application menu shows the first key of each command', () => {
  const { app } = appWith('captures');
  for (const id of MENU_COMMANDS) expect(byId(app, id).keys[0] ?? '', id).toBe(MENU_KEYS[id]);
});

test('saved filters are commands, and the filter is cleared only where there is one', () => {
  const { app, seen } = appWith('compose');
  expect(byId(app, 'filter-f1').title).toBe('Filter: Ends');
  byId(app, 'filter-f1').run();
  expect([app.session!.filter.query, seen]).toEqual(['type:*.done', ['captures']]);
  expect(byId(app, 'clear-filter').isEnabled()).toBe(false);
  Object.assign(app.session!.filter, { isClear: false });
  expect(byId(app, 'clear-filter').isEnabled()).toBe(true);
});

test('bookmark and mark are set at the playhead, where they show', () => {
  const { app, seen } = appWith('compose');
  byId(app, 'toggle-bookmark').run();
  byId(app, 'toggle-mark').run();
  byId(app, 'edit-bookmark').run();
  expect(seen).toEqual(['captures', 'bookmark 8', 'captures', 'mark 8', 'captures']);
  expect(app.bookmarks.editing).toBe(8);
  expect(byId(app, 'go-to-mark').isEnabled()).toBe(false);
  expect(byId(app, 'toggle-bookmark').title).toBe('Bookmark the event');
  app.session!.playhead.moveTo = (seq) => void seen.push(seq);
  Object.assign(app.session!, { mark: 2 });
  byId(app, 'go-to-mark').run();
  expect(seen.at(-1)).toBe(2);
});

test('the rule of the event’s problem is silenced, and its problems are explained', () => {
  const { app, seen } = appWith('compose');
  expect(byId(app, 'silence-rule').title).toBe('Silence F4 in this capture');
  byId(app, 'silence-rule').run();
  byId(app, 'event-problems').run();
  expect(seen).toEqual(['F4 capture', 'captures', { detailTab: 'event' }]);
  Object.assign(app.session!.playhead, { seq: 7 });
  for (const id of ['silence-rule', 'event-problems'])
    expect(byId(app, id).isEnabled(), id).toBe(false);
});

test('no two commands share an id, a title or, in a view, a key', () => {
  const commands = commandsOf(appWith('captures').app);
  for (const list of [
    commands.map(({ id }) => id),
    commands.map(({ title }) => title),
    commands.flatMap(({ keys, view }) => keys.map((key) => `${view ?? 'any'} ${key}`)),
  ])
    expect(new Set(list).size).toBe(list.length);
});

test('moving through events from another view shows the events', () => {
  const { app, seen } = appWith('compose');
  byId(app, 'step-forward').run();
  expect(seen).toEqual(['captures', 1]);
});

test('what can be done depends on what is open', () => {
  const { app } = appWith('captures');
  expect(byId(app, 'play-pause').isEnabled()).toBe(true);
  expect(byId(app, 'stop').isEnabled()).toBe(false);
  expect(byId(app, 'next-problem').isEnabled()).toBe(false);
  const empty = { ...app, session: null } as unknown as AppState;
  expect(byId(empty, 'play-pause').isEnabled()).toBe(false);
  expect(byId(empty, 'delete-capture').isEnabled()).toBe(false);
  expect(byId(empty, 'open-file').isEnabled()).toBe(true);
});

test('titles name what would happen', () => {
  const { app } = appWith('captures');
  expect(byId(app, 'delete-capture').title).toBe('Delete person.sse');
  expect(byId(app, 'start-replay-server').title).toBe('Stop the replay server');
});
