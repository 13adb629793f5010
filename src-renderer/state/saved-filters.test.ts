import { expect, test } from 'vitest';
import type { SavedFilter } from '../../src-ipc/contract.ts';
import { SavedFilters } from './saved-filters.svelte.ts';

function saved() {
  const undo: (() => void)[] = [];
  const workspace = {
    values: { filters: [] as SavedFilter[] },
    set: (patch: { filters: SavedFilter[] }) => void (workspace.values = patch),
  };
  const filters = new SavedFilters({
    workspace,
    notices: { add: () => {} },
    undo: { offer: (_message, _what, run) => undo.push(run) },
  });
  return { filters, undo, said: () => filters.list.map(({ name, query }) => `${name}=${query}`) };
}

test('filters are kept by name, renamed, deleted and brought back to their place', () => {
  const { filters, undo, said } = saved();
  for (const name of ['a', 'b', 'c']) filters.save(name, `type:${name}`);
  filters.save('b', 'seq>1');
  expect(said()).toEqual(['a=type:a', 'b=seq>1', 'c=type:c']);
  filters.rename(filters.list[0]!.id, ' z ');
  filters.rename(filters.list[1]!.id, '  ');
  expect(said()).toEqual(['z=type:a', 'b=seq>1', 'c=type:c']);
  filters.delete(filters.list[1]!.id);
  expect(said()).toEqual(['z=type:a', 'c=type:c']);
  undo[0]!();
  expect(said()).toEqual(['z=type:a', 'b=seq>1', 'c=type:c']);
});
