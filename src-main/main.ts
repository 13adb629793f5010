import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme, session, type WebContents } from 'electron';
import type { Events, MenuCommand } from '../src-ipc/contract.ts';
import { filesOf } from './command-line.ts';
import { type PageSession, pageSession } from './handlers.ts';
import { PageEvents } from './page-events.ts';
import { ThreadTasks } from './schemas/thread-tasks.ts';
import { Services } from './services.ts';
import { devServerOf } from './shell/app-files.ts';
import { chooseDataFolder } from './shell/data-folder.ts';
import { desktopOf } from './shell/desktop.ts';
import { logFailures } from './shell/failures.ts';
import { guardAllContents, guardSession } from './shell/guards.ts';
import { registerIpc, sendTo } from './shell/ipc.ts';
import { Log } from './shell/log.ts';
import { menuTemplate } from './shell/menu.ts';
import { registerScheme, serveApp } from './shell/scheme.ts';
import { filesOfSecondInstance } from './shell/second-instance.ts';
import { systemSecretBox } from './shell/secret-box.ts';
import { startTaskThread } from './shell/task-thread.ts';
import { openWindow } from './shell/window.ts';

interface Page {
  events: PageEvents;
  session: PageSession;
}

// With --no-sandbox (root on Linux needs it) this would start child processes that refuse to run. The
// window's page is sandboxed from Node either way: see `openWindow`.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerScheme();
const dataFolder = chooseDataFolder();
const log = new Log(join(dataFolder, 'logs', 'deltascope.log'));
// Only a developer's Electron listens to the environment; a packaged app loads nothing but itself.
const devServer = app.isPackaged ? null : devServerOf(process.env.ELECTRON_RENDERER_URL);

const files = filesOf({
  argv: process.argv,
  workingDirectory: process.cwd(),
  appFolder: app.isPackaged ? null : app.getAppPath(),
});

if (app.requestSingleInstanceLock({ files })) start();
else app.quit();

function start(): void {
  const pages = new Map<WebContents, Page>();
  /** What was said while there was no page to hear it: a damaged settings file, for one. */
  const early: ((page: Page) => void)[] = [];
  let toOpen = files;
  /** Null until the services run. */
  let open: ((paths: string[]) => void) | null = null;
  const openOrKeep = (paths: string[]) => {
    if (open) open(paths);
    else toOpen = [...toOpen, ...paths];
  };

  const services = new Services({
    dataFolder,
    examplesFolder: join(app.getAppPath(), 'examples'),
    secretBox: systemSecretBox,
    env: process.env,
    tasks: new ThreadTasks(startTaskThread),
    broadcast: (name, event) => {
      if (pages.size === 0 && isWorthKeeping(event)) {
        early.push((page) => page.events.send(name, event));
      }
      for (const page of pages.values()) page.events.send(name, event);
    },
  });

  logFailures(services, log);
  guardAllContents(devServer);
  registerIpc({
    sessionOf: (contents) => pages.get(contents)?.session ?? null,
    devServer,
    log: (message) => log.write(message),
  });

  const showWindow = () => {
    openWindow({
      state: services.state,
      devServer,
      log: (message) => log.write(message),
      created: (contents) => {
        const page = adoptPage(contents, pages, services);
        for (const tell of early.splice(0)) tell(page);
      },
    });
  };

  app.on('second-instance', (_event, _argv, _workingDirectory, data) => {
    openOrKeep(filesOfSecondInstance(data));
    focusWindow();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openOrKeep([path]);
    focusWindow();
  });
  app.on('activate', () => {
    if (app.isReady() && BrowserWindow.getAllWindows().length === 0) showWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', () => void services.stop());

  void app.whenReady().then(async () => {
    nativeTheme.themeSource = services.settings.get().theme;
    guardSession(session.defaultSession, devServer);
    serveApp(session.defaultSession, join(__dirname, '../renderer'));
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          platform: process.platform,
          appName: app.name,
          command: (command) => runMenuCommand(command, pages),
        }),
      ),
    );
    const started = services.start();
    showWindow();
    await started;
    open = (paths) => void services.openFiles(paths);
    if (toOpen.length > 0) open(toOpen);
  });
}

/** Notices, and captures to select; a page that starts asks for the rest. */
function isWorthKeeping(event: Events[keyof Events]): boolean {
  return 'severity' in event || 'notices' in event || ('select' in event && event.select !== null);
}

/** Connects a page to the services, for as long as it lives. */
function adoptPage(contents: WebContents, pages: Map<WebContents, Page>, services: Services): Page {
  const events = new PageEvents(sendTo(contents));
  const page: Page = { events, session: pageSession(services, events, desktopOf(contents)) };
  pages.set(contents, page);
  const reset = () => void page.session.reset();
  // On commit, not on start: a navigation that is denied or fails leaves the old page running. The new
  // page's first command comes later, as it travels on the same pipe as the commit.
  contents.on('did-navigate', reset);
  contents.on('render-process-gone', reset);
  contents.once('destroyed', () => {
    pages.delete(contents);
    reset();
  });
  return page;
}

function runMenuCommand(command: MenuCommand, pages: Map<WebContents, Page>): void {
  const focused = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!focused) return;
  pages.get(focused.webContents)?.events.send('menu.command', { command });
  // The page may not read the clipboard, but it gets what is pasted into it.
  if (command === 'paste-stream') {
    focused.webContents.focus();
    focused.webContents.paste();
  }
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
