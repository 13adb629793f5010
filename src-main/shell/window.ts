import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen, type WebContents } from 'electron';
import type { StateStore } from '../state.ts';
import { APP_URL } from './app-files.ts';
import { MINIMUM, windowBounds } from './window-bounds.ts';

export interface WindowOptions {
  state: StateStore;
  devServer: string | null;
  log(message: string): void;
  /** Called before the page loads. */
  created(contents: WebContents): void;
}

/** The colour before the page has painted: another one would flash. */
const BACKGROUND = { dark: '#16181d', light: '#ffffff' };

/** Opens the window; it shows when its page has painted. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { state, devServer } = options;
  const stored = state.get().window;
  const primary = screen.getPrimaryDisplay();
  const displays = [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
  const window = new BrowserWindow({
    ...windowBounds(
      stored,
      displays.map(({ workArea }) => workArea),
    ),
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    show: false,
    title: 'Deltascope',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(__dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      // The dictionaries would be downloaded.
      spellcheck: false,
    },
  });
  if (stored?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepBounds(window, options));
  offerReload(window, options);
  options.created(window.webContents);
  void window.loadURL(devServer ?? APP_URL).catch((error: unknown) => {
    options.log(`The page can't be loaded: ${String(error)}`);
    window.show();
  });
  return window;
}

function keepBounds(window: BrowserWindow, { state, log }: WindowOptions): void {
  try {
    state.set({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  } catch (error) {
    log(`The window's place can't be kept: ${String(error)}`);
  }
}

/** A page that crashed leaves an empty window; captures are main's, so a reload loses nothing. */
function offerReload(window: BrowserWindow, { log }: WindowOptions): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    log(`The page ended: ${details.reason} (${details.exitCode})`);
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: 'The window’s page has crashed.',
        detail: `Reason: ${details.reason}. Captures are kept, and running requests go on.`,
        buttons: ['Reload', 'Close'],
        defaultId: 0,
        cancelId: 1,
      })
      .then(({ response }) => {
        if (window.isDestroyed()) return;
        if (response === 0) window.reload();
        else window.close();
      });
  });
}
