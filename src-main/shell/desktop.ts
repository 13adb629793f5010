import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, shell, type WebContents } from 'electron';
import type { Desktop } from '../handlers.ts';

/** What a page may ask of the system, with its window as the parent of dialogs. */
export function desktopOf(contents: WebContents): Desktop {
  return {
    info: () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      platform: process.platform,
    }),
    async chooseFiles() {
      const window = BrowserWindow.fromWebContents(contents);
      if (!window) return [];
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open Streams',
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'All Files', extensions: ['*'] },
          {
            name: 'Recordings',
            extensions: 'sse txt log ndjson jsonl json har yaml yml gz sh'.split(' '),
          },
        ],
      });
      return filePaths;
    },
    async chooseFolder() {
      const window = BrowserWindow.fromWebContents(contents);
      if (!window) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose a Folder',
        properties: ['openDirectory'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async chooseFileToSave(name) {
      const window = BrowserWindow.fromWebContents(contents);
      if (!window) return null;
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Save As',
        defaultPath: join(app.getPath('documents'), name),
      });
      return canceled || !filePath ? null : filePath;
    },
    reveal: (path) => shell.showItemInFolder(path),
    setTheme: (theme) => (nativeTheme.themeSource = theme),
  };
}
