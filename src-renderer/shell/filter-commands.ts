import { tick } from 'svelte';
import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** The filter of the event list. */
export function filterCommands(app: AppState): Given[] {
  return [
    {
      id: 'focus-filter',
      title: 'Filter the events',
      keys: ['/'],
      isEnabled: () => app.session !== null,
      run: () => {
        app.show('captures');
        void tick().then(() => document.getElementById('filter')?.focus());
      },
    },
    {
      id: 'clear-filter',
      title: 'Clear the filter',
      isEnabled: () => app.session !== null && !app.session.filter.isClear,
      run: () => app.session?.filter.clear(),
    },
  ];
}

/** Filters under names, and the rules that colour events. */
export function savedFilterCommands(app: AppState): Given[] {
  return [
    {
      id: 'saved-filters',
      title: 'Saved filters',
      isEnabled: () => app.session !== null,
      run: () => {
        app.show('captures');
        app.savedFilters.shown = true;
      },
    },
    { id: 'color-rules', title: 'Colour rules', run: () => void (app.overlay = 'colors') },
    ...app.savedFilters.list.map(({ id, name, query }) => ({
      id: `filter-${id}`,
      title: `Filter: ${name}`,
      isEnabled: () => app.session !== null,
      run: () => {
        app.show('captures');
        if (app.session) app.session.filter.query = query;
      },
    })),
  ];
}
