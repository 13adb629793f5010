import type { Settings } from '../../src-ipc/contract.ts';
import type { AppState } from '../state/app.svelte.ts';
import { type Given, ofEvents } from './command.ts';

/** Bookmarks, and the mark that times and snapshots are compared with. */
export function bookmarkCommands(app: AppState): Given[] {
  const { session, bookmarks } = app;
  const seq = session?.playhead.seq ?? -1;
  const mark = session?.mark ?? null;
  const isMarked = mark !== null && mark === seq;
  const hasBookmark = session?.view.hasBookmark(seq) ?? false;
  return [
    {
      id: 'toggle-bookmark',
      title: hasBookmark ? 'Remove the bookmark' : 'Bookmark the event',
      keys: ['b'],
      ...ofEvents(app, ({ playhead }) => bookmarks.toggle(playhead.seq)),
    },
    {
      id: 'edit-bookmark',
      title: hasBookmark ? 'Edit the bookmark’s note' : 'Bookmark the event with a note',
      keys: ['Shift+b'],
      ...ofEvents(app, ({ playhead }) => (bookmarks.editing = playhead.seq)),
    },
    {
      id: 'toggle-mark',
      title: isMarked ? 'Clear the mark' : 'Set the mark here, to compare with',
      keys: ['m'],
      ...ofEvents(app, (open) => open.toggleMark(open.playhead.seq)),
    },
    {
      id: 'go-to-mark',
      title: 'Go to the mark',
      keys: ['Shift+m'],
      ...ofEvents(app, ({ playhead }) => mark !== null && playhead.moveTo(mark)),
      isEnabled: () => mark !== null && !isMarked,
    },
  ];
}

export const TIME_COLUMNS: readonly { kind: Settings['timeColumn']; name: string }[] = [
  { kind: 'request', name: 'since the request' },
  { kind: 'previous', name: 'since the event before' },
  { kind: 'mark', name: 'since the mark' },
  { kind: 'clock', name: 'by the clock' },
];

/** What the times in the event list count from. */
export function timeCommands(app: AppState): Given[] {
  return TIME_COLUMNS.map(({ kind, name }) => ({
    id: `time-${kind}`,
    title: `Times: ${name}`,
    run: () => app.settings.set({ timeColumn: kind }),
  }));
}
