import type { Settings } from '../../src-ipc/contract.ts';

/** The tabs of the drawer, for the drawer itself and for the commands that open them. */
export const DRAWER_TABS: readonly { tab: Settings['drawerTab']; name: string }[] = [
  { tab: 'problems', name: 'Problems' },
  { tab: 'latency', name: 'Latency' },
  { tab: 'bookmarks', name: 'Bookmarks' },
  { tab: 'watch', name: 'Watch' },
  { tab: 'breakpoints', name: 'Breakpoints' },
];
