import type { MenuItemConstructorOptions } from 'electron';
import { profileOf } from '../../src-core/conformance/profiles.ts';
import { dialects } from '../../src-core/dialects/dialects.ts';
import { MENU_KEYS, PROFILE_IDS, type MenuCommand } from '../../src-ipc/menu-commands.ts';

export interface MenuOptions {
  platform: NodeJS.Platform;
  appName: string;
  command(command: MenuCommand): void;
}

/** The application menu: every command of the contract, and the roles that text and windows need. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, appName } = options;
  const isMac = platform === 'darwin';
  const item = (command: MenuCommand, label: string) => menuItem(command, label, options);
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = item('view-settings', 'Settings…');

  const appMenu: MenuItemConstructorOptions = {
    label: appName,
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  return [
    ...(isMac ? [appMenu] : []),
    {
      label: '&File',
      submenu: [
        item('open-file', 'Open…'),
        item('paste-stream', 'Paste Stream'),
        separator,
        item('export-capture', 'Export…'),
        separator,
        item('rename-capture', 'Rename Capture…'),
        item('compare-with', 'Compare Capture With…'),
        item('reveal-capture', 'Show Capture’s Folder'),
        item('delete-capture', 'Delete Capture'),
        item('undo', 'Undo Delete or Remove'),
        ...(isMac
          ? [separator, { role: 'close' } as const]
          : [separator, settings, separator, { role: 'quit' } as const]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        separator,
        item('copy-data', 'Copy Event’s Data'),
        item('copy-frame', 'Copy Event’s Frame'),
        item('copy-output', 'Copy Output Here'),
        item('copy-snapshot', 'Copy Snapshot Here'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('view-captures', 'Captures'),
        item('view-compose', 'Compose'),
        item('view-schemas', 'Schemas'),
        item('view-servers', 'Servers'),
        item('view-compare', 'Compare'),
        separator,
        item('tab-event', 'Event'),
        item('tab-output', 'Output'),
        item('tab-snapshot', 'Snapshot'),
        separator,
        item('drawer-problems', 'Problems'),
        item('drawer-bookmarks', 'Bookmarks'),
        item('drawer-latency', 'Latency'),
        item('drawer-watch', 'Watch'),
        item('drawer-breakpoints', 'Breakpoints'),
        item('toggle-drawer', 'Open or Close Drawer'),
        separator,
        {
          label: 'Timeline',
          submenu: [
            item('timeline-zoom-in', 'Zoom In'),
            item('timeline-zoom-out', 'Zoom Out'),
            item('timeline-fit', 'Show All of the Time'),
          ],
        },
        {
          label: 'Theme',
          submenu: [
            item('theme-system', 'As the System'),
            item('theme-light', 'Light'),
            item('theme-dark', 'Dark'),
          ],
        },
        item('command-palette', 'Command Palette…'),
        separator,
        { role: 'reload' },
        { role: 'toggleDevTools' },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: '&Request',
      submenu: [
        item('send', 'Send'),
        item('stop', 'Stop'),
        separator,
        item('start-replay-server', 'Start or Stop Replay Server'),
        item('serve-capture', 'Serve Capture'),
        separator,
        item('new-proxy', 'New Recording Proxy'),
        item('new-replay-server', 'New Replay Server…'),
      ],
    },
    {
      label: '&Schema',
      submenu: [
        item('new-schema', 'New Schema…'),
        item('edit-schema', 'Edit Capture’s Schema'),
        separator,
        item('save-version', 'Save Version'),
        item('show-history', 'History'),
        separator,
        item('format-schema', 'Format'),
        item('fix-all', 'Fix All…'),
        item('use-in-request', 'Use in Request'),
        separator,
        item('duplicate-schema', 'Duplicate'),
        item('delete-schema', 'Delete'),
      ],
    },
    {
      label: 'E&vents',
      submenu: [
        item('focus-filter', 'Filter…'),
        item('clear-filter', 'Clear Filter'),
        item('saved-filters', 'Saved Filters…'),
        item('color-rules', 'Colour Rules…'),
        separator,
        item('toggle-bookmark', 'Bookmark'),
        item('edit-bookmark', 'Note of Bookmark…'),
        separator,
        item('toggle-mark', 'Set or Clear Mark'),
        item('go-to-mark', 'Go to Mark'),
        separator,
        {
          label: 'Read Capture As',
          submenu: [
            item('read-as-detected', 'What Its Events Say'),
            ...dialects.map(({ id, title }) => item(`read-as-${id}`, title)),
          ],
        },
        {
          label: 'Judge Capture As One Of',
          submenu: [
            item('profile-as-recognised', 'The Server That Is Recognised'),
            ...PROFILE_IDS.map((id) => item(`profile-${id}`, profileOf(id)?.title ?? id)),
          ],
        },
        {
          label: 'Times',
          submenu: [
            item('time-request', 'Since the Request'),
            item('time-previous', 'Since the Event Before'),
            item('time-mark', 'Since the Mark'),
            item('time-clock', 'By the Clock'),
          ],
        },
      ],
    },
    {
      label: 'Re&play',
      submenu: [
        item('play-pause', 'Play or Pause'),
        separator,
        item('step-back', 'Step Back'),
        item('step-forward', 'Step Forward'),
        {
          label: 'Step To',
          submenu: [
            item('next-type', 'Next Event of This Type'),
            item('previous-type', 'Previous Event of This Type'),
            item('next-lane', 'Next Event of This Lane'),
            item('previous-lane', 'Previous Event of This Lane'),
            item('next-item', 'Next Event of This Item'),
            item('previous-item', 'Previous Event of This Item'),
            item('next-chunk', 'Next Chunk'),
            item('previous-chunk', 'Previous Chunk'),
            item('next-response', 'Next Response'),
            item('previous-response', 'Previous Response'),
            item('next-problem', 'Next Problem'),
            item('previous-problem', 'Previous Problem'),
            item('next-watch', 'Next Change of a Watch'),
            item('previous-watch', 'Previous Change of a Watch'),
            item('next-breakpoint', 'Next Breakpoint Hit'),
            item('previous-breakpoint', 'Previous Breakpoint Hit'),
            item('next-bookmark', 'Next Bookmark'),
            item('previous-bookmark', 'Previous Bookmark'),
          ],
        },
        item('run-to-here', 'Run to Here'),
        separator,
        item('go-to-start', 'Go to Start'),
        item('go-to-end', 'Go to End'),
        item('follow', 'Follow Newest Event'),
        separator,
        item('toggle-breakpoint', 'Break at This Event'),
        item('new-breakpoint', 'New Breakpoint…'),
        item('new-watch', 'New Watch…'),
        item('deactivate-breakpoints', 'Activate or Deactivate Breakpoints'),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', label: '&Help', submenu: [item('keys', 'Keys')] },
  ];
}

/** Also a key of text fields, whose command it then is: the page decides, and takes it first. */
const SHARED_KEYS: readonly string[] = ['Mod+Z'];

function menuItem(
  command: MenuCommand,
  label: string,
  { platform, command: run }: MenuOptions,
): MenuItemConstructorOptions {
  const options: MenuItemConstructorOptions = { id: command, label, click: () => run(command) };
  const key = MENU_KEYS[command];
  if (key === '') return options;
  const accelerator = key.replace('Mod', 'CmdOrCtrl').replace(/[a-z]$/, (end) => end.toUpperCase());
  if (key.startsWith('Mod+') && !SHARED_KEYS.includes(key)) return { ...options, accelerator };
  // Keys without it are the page's own, so that typing works: shown in the menu, not taken by it. macOS
  // takes every key that a menu shows, so there they are not shown.
  if (platform === 'darwin') return options;
  return { ...options, accelerator, registerAccelerator: false };
}
