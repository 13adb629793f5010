import { tick } from 'svelte';
import type { Settings } from '../../src-ipc/contract.ts';
import type { AppState } from '../state/app.svelte.ts';
import { type Given, ofEvents } from './command.ts';

export function breakpointCommands(app: AppState): Given[] {
  const { session, breakpoints } = app;
  const seq = session?.playhead.seq ?? -1;
  const here = `seq:${seq}`;
  const isHere = breakpoints.all.some(({ query }) => query === here);
  return [
    {
      id: 'toggle-breakpoint',
      title: isHere ? 'Remove the breakpoint at this event' : 'Break at this event',
      keys: ['F9'],
      ...ofEvents(app, () => (isHere ? breakpoints.toggle(here) : app.addBreakpoint(here))),
    },
    {
      id: 'new-breakpoint',
      title: 'New breakpoint',
      keys: ['Shift+F9'],
      isEnabled: () => session !== null,
      run: () => writeInDrawer(app, 'breakpoints', 'new-breakpoint'),
    },
    {
      id: 'new-watch',
      title: 'New watch',
      keys: ['Shift+F8'],
      isEnabled: () => session !== null,
      run: () => writeInDrawer(app, 'watch', 'new-watch'),
    },
    {
      id: 'deactivate-breakpoints',
      title: breakpoints.areActive ? 'Deactivate all breakpoints' : 'Activate all breakpoints',
      keys: ['Mod+F8'],
      isEnabled: () => breakpoints.all.length > 0,
      run: () => (breakpoints.areActive = !breakpoints.areActive),
    },
    {
      id: 'reset-hits',
      title: 'Reset the hit counts of breakpoints',
      isEnabled: () => breakpoints.all.some(({ hits }) => hits > 0),
      run: () => breakpoints.resetHits(),
    },
  ];
}

/** Shows a tab of the drawer with the focus in one of its boxes. */
export function writeInDrawer(app: AppState, drawerTab: Settings['drawerTab'], id: string): void {
  app.show('captures');
  app.settings.set({ drawerOpen: true, drawerTab });
  void tick().then(() => document.getElementById(id)?.focus());
}
