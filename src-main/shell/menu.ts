import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../src-ipc/contract.ts';

/** Keys that the page handles itself: shown in the menu, not taken by it, so that typing works. */
type Key = { accelerator: string; ofPage?: boolean };

const KEYS: Partial<Record<MenuCommand, Key>> = {
  'open-file': { accelerator: 'CmdOrCtrl+O' },
  'paste-stream': { accelerator: 'CmdOrCtrl+Shift+V' },
  'rename-capture': { accelerator: 'F2', ofPage: true },
  'delete-capture': { accelerator: 'Delete', ofPage: true },
  'view-captures': { accelerator: 'CmdOrCtrl+1' },
  'view-compose': { accelerator: 'CmdOrCtrl+2' },
  'view-servers': { accelerator: 'CmdOrCtrl+4' },
  'view-settings': { accelerator: 'CmdOrCtrl+,' },
  'command-palette': { accelerator: 'CmdOrCtrl+K' },
  'focus-filter': { accelerator: '/', ofPage: true },
  keys: { accelerator: '?', ofPage: true },
  send: { accelerator: 'CmdOrCtrl+Enter' },
  'play-pause': { accelerator: 'Space', ofPage: true },
  'step-forward': { accelerator: ']', ofPage: true },
  'step-back': { accelerator: '[', ofPage: true },
  'go-to-start': { accelerator: 'Home', ofPage: true },
  'go-to-end': { accelerator: 'End', ofPage: true },
};

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
        item('rename-capture', 'Rename Capture…'),
        item('delete-capture', 'Delete Capture'),
        item('undo-delete', 'Undo Delete'),
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
        item('focus-filter', 'Filter Events'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('view-captures', 'Captures'),
        item('view-compose', 'Compose'),
        item('view-servers', 'Servers'),
        separator,
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
    { label: '&Request', submenu: [item('send', 'Send'), item('stop', 'Stop')] },
    {
      label: 'Re&play',
      submenu: [
        item('play-pause', 'Play or Pause'),
        separator,
        item('step-back', 'Step Back'),
        item('step-forward', 'Step Forward'),
        separator,
        item('go-to-start', 'Go to Start'),
        item('go-to-end', 'Go to End'),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', label: '&Help', submenu: [item('keys', 'Keys')] },
  ];
}

function menuItem(
  command: MenuCommand,
  label: string,
  { platform, command: run }: MenuOptions,
): MenuItemConstructorOptions {
  const options: MenuItemConstructorOptions = { id: command, label, click: () => run(command) };
  const key = KEYS[command];
  if (!key) return options;
  if (!key.ofPage) return { ...options, accelerator: key.accelerator };
  // macOS takes every key that a menu shows, so there the page's own keys are not shown.
  if (platform === 'darwin') return options;
  return { ...options, accelerator: key.accelerator, registerAccelerator: false };
}
