import type { AppState } from '../../state/app.svelte.ts';

/** As much of the state as commands look at, with a capture of 23 events open. */
export function appWith(view: string): { app: AppState; seen: unknown[] } {
  const seen: unknown[] = [];
  const app = {
    view,
    overlay: null,
    breakpoints: { all: [], areActive: true },
    undo: { what: null },
    bookmarks: { editing: null, toggle: (seq: number) => seen.push(`bookmark ${seq}`) },
    savedFilters: { shown: false, list: [{ id: 'f1', name: 'Ends', query: 'type:*.done' }] },
    silencing: { silence: (rule: string, where: string) => seen.push(`${rule} ${where}`) },
    isLive: false,
    workbench: { current: null, list: [], lint: { canFix: false } },
    runs: { isRunning: false, current: null, shownRows: [] },
    captures: [{ id: 'c1', name: 'person.sse' }],
    endpoints: [{ id: 'built-in', name: 'Built-in replay' }],
    replayServer: { running: true, url: null },
    servers: { list: [], running: [], selected: null, waiting: null },
    settings: { values: { drawerOpen: true }, set: (patch: unknown) => seen.push(patch) },
    session: {
      view: {
        id: 'c1',
        count: 23,
        isTimed: false,
        meta: {},
        chosenProfile: null,
        problems: {
          counted: { silenced: 0 },
          worstOf: (seq: number) => (seq === 8 ? { rule: 'F4' } : undefined),
        },
        index: { columns: { type: [], item: [], lane: [] } },
        bookmarks: [],
        hasBookmark: (seq: number) => seq === 3,
      },
      hovered: null,
      listed: { beside: () => null, shown: [], showsSilenced: false },
      watches: { beside: () => null },
      breakpoints: { beside: () => null },
      mark: null as number | null,
      toggleMark: (seq: number) => seen.push(`mark ${seq}`),
      playhead: { playing: false, seq: 8, step: (by: number) => seen.push(by) },
      filter: { isClear: true, query: '', clear: () => seen.push('cleared') },
    },
    show: (name: string) => seen.push(name),
    moveRow: (by: number) => seen.push(by),
  };
  return { app: app as unknown as AppState, seen };
}
