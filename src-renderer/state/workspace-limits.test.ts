import { expect, test, vi } from 'vitest';
import { BreakpointList } from './breakpoint-list.svelte.ts';
import { ColorRules } from './color-rules.svelte.ts';
import { SavedFilters } from './saved-filters.svelte.ts';
import { StoredValues } from './stored.svelte.ts';
import { WatchList } from './watch-list.svelte.ts';

function lists() {
  const said: string[] = [];
  const undone: (() => void)[] = [];
  const workspace = {
    values: { breakpoints: [], watches: [], filters: [], colorRules: [] },
    set(patch: object) {
      workspace.values = { ...workspace.values, ...patch };
    },
  };
  const app = {
    workspace,
    undo: { offer: (_message: string, _what: string, run: () => void) => void undone.push(run) },
    notices: { add: (_severity: string, message: string) => void said.push(message) },
  };
  return { app, workspace, said, undone };
}

test('the 501st entry of a list is refused, and what to do is told', () => {
  const { app, workspace, said, undone } = lists();
  const breakpoints = new BreakpointList(app);
  const watches = new WatchList(app);
  const filters = new SavedFilters(app);
  const rules = new ColorRules(workspace, app.notices);
  for (let at = 0; at < 500; at++) {
    expect(breakpoints.add(`seq:${at}`)).not.toBeNull();
    expect(watches.add(`/${at}`)).not.toBeNull();
    filters.save(`${at}`, 'x');
    expect(rules.add('x', 'red')).not.toBeNull();
  }
  expect(said).toEqual([]);
  expect([breakpoints.add('new'), watches.add('/new'), rules.add('new', 'red')]).toEqual([
    null,
    null,
    null,
  ]);
  filters.save('new', 'x');
  expect(said).toHaveLength(4);
  for (const message of said) expect(message).toMatch(/500 .* Remove one/);
  expect(Object.values(workspace.values).map(({ length }) => length)).toEqual(Array(4).fill(500));
  // What is there can still be changed, and an undo does not go beyond the limit either.
  expect(breakpoints.add('seq:3')).toBe(breakpoints.all[3]!.id);
  watches.remove(watches.all[0]!.id);
  expect(watches.add('/new')).not.toBeNull();
  undone[0]!();
  expect(watches.all).toHaveLength(500);
});

test('a query that is too long is refused', () => {
  const { app, workspace, said } = lists();
  const long = 'x'.repeat(4001);
  expect(new BreakpointList(app).add(long)).toBeNull();
  expect(new WatchList(app).add(long)).toBeNull();
  expect(new ColorRules(workspace, app.notices).add(long, 'red')).toBeNull();
  new SavedFilters(app).save('long', long);
  expect(said).toHaveLength(4);
  expect(said[0]).toContain('4,001 characters');
  expect(new WatchList(app).add('x'.repeat(4000))).not.toBeNull();
});

test('a refused field takes no other with it', async () => {
  vi.stubGlobal('window', { addEventListener: () => {} });
  vi.useFakeTimers();
  const kept: object[] = [];
  const errors: unknown[] = [];
  const save = (patch: object) =>
    'bad' in patch ? Promise.reject(new Error('refused')) : Promise.resolve(kept.push(patch));
  const stored = new StoredValues({ good: 0, bad: 0, other: 0 }, save, (error) =>
    errors.push(error),
  );
  stored.set({ good: 1 });
  stored.set({ bad: 2 });
  stored.set({ other: 3 });
  await vi.advanceTimersByTimeAsync(300);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  expect(kept).toEqual([{ good: 1 }, { other: 3 }]);
  expect(errors).toEqual([new Error('refused')]);
});
