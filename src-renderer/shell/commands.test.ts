import { expect, test } from 'vitest';
import { MENU_COMMANDS } from '../../src-ipc/contract.ts';
import type { AppState } from '../state/app.svelte.ts';
import { type Command, commandsOf } from './commands.ts';

/** As much of the state as commands look at, with a capture of 23 events open. */
function appWith(view: string): { app: AppState; seen: unknown[] } {
  const seen: unknown[] = [];
  const app = {
    view,
    overlay: null,
    canUndoDelete: false,
    isLive: false,
    captures: [{ id: 'c1', name: 'person.sse' }],
    endpoints: [{ id: 'built-in', name: 'Built-in replay' }],
    replayServer: { running: true },
    settings: { values: { drawerOpen: true }, set: (patch: unknown) => seen.push(patch) },
    session: {
      view: { id: 'c1', count: 23 },
      playhead: { playing: false, seq: 8, step: (by: number) => seen.push(by) },
      filter: { isActive: false },
    },
    show: (name: string) => seen.push(name),
    moveRow: (by: number) => seen.push(by),
    problemBeside: () => null,
  };
  return { app: app as unknown as AppState, seen };
}

const byId = (app: AppState, id: string): Command => {
  const command = commandsOf(app).find((one) => one.id === id);
  if (!command) throw new Error(`no command ${id}`);
  return command;
};

test('every command of the application menu is there', () => {
  const ids = commandsOf(appWith('captures').app).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...MENU_COMMANDS]));
});

test('no two commands share an id, a title or a key', () => {
  const commands = commandsOf(appWith('captures').app);
  for (const list of [
    commands.map(({ id }) => id),
    commands.map(({ title }) => title),
    commands.flatMap(({ keys }) => keys),
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
