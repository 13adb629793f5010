import { both } from '../../src-core/filter/writing.ts';
import type { MenuEntry } from '../shell/Menu.svelte';
import type { EventFilter } from '../state/event-filter.svelte.ts';

/** What a menu offers to do with terms that an event passes. */
export function filterEntries(filter: EventFilter, terms: readonly string[]): MenuEntry[] {
  const canAdd = filter.query.trim() !== '' && filter.error === null;
  const entry = (label: string, query: string): MenuEntry => ({
    label,
    run: () => (filter.query = query),
  });
  return [
    ...terms.map((term) => entry(`Show only ${shortened(term)}`, term)),
    ...terms.map((term) => entry(`Hide ${shortened(term)}`, both(filter.query, `-${term}`))),
    ...(canAdd
      ? terms.map((term) => entry(`Add ${shortened(term)} to the filter`, both(filter.query, term)))
      : []),
  ];
}

function shortened(term: string): string {
  return term.length > 40 ? `${term.slice(0, 38)}…` : term;
}
