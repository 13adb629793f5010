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
