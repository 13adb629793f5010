import type { AppInfo, Handlers } from '../src-ipc/contract.ts';
import { capturedSchemas } from './captures/capture-schemas.ts';
import { PageFeeds } from './captures/page-feeds.ts';
import { exportHandlers } from './exports/export-handlers.ts';
import { ExportJobs } from './exports/export-jobs.ts';
import { requestOfCommand } from './imports/command-request.ts';
import { PieceImports } from './imports/piece-imports.ts';
import type { PageEvents } from './page-events.ts';
import { runHandlers } from './schemas/run-handlers.ts';
import { schemaHandlers } from './schemas/schema-handlers.ts';
import { faultHandlers } from './faults/fault-handlers.ts';
import { serverHandlers } from './servers/server-handlers.ts';
import { saveText } from './save-text.ts';
import type { Services } from './services.ts';

/** What only a window can do. */
export interface Desktop {
  info(): Omit<AppInfo, 'dataFolder' | 'encryption'>;
  /** Absolute paths, empty when the person cancels. */
  chooseFiles(): Promise<string[]>;
  /** Absolute path of a folder to read, null when the person cancels. */
  chooseFolder(): Promise<string | null>;
  /** Absolute path of a file to write, null when the person cancels. */
  chooseFileToSave(name: string): Promise<string | null>;
  /** Shows a folder in the system's file manager. */
  reveal(path: string): void;
  /** The theme of the window and its frame. */
  setTheme(theme: 'system' | 'light' | 'dark'): void;
}

/** The commands of one page, and what is open for it. */
export interface PageSession {
  handlers: Handlers;
  /** The page is gone, or another has taken its place: its feeds and unfinished imports end. */
  reset(): Promise<void>;
}

/** One handler a command. Expected failures are thrown as `Refusal`. */
export function pageSession(services: Services, events: PageEvents, desktop: Desktop): PageSession {
  const { captures, endpoints, keys, requests, replayServer, settings, tasks, workspace } =
    services;
  const feeds = new PageFeeds(captures, {
    batch: (batch) => events.send('captures.batch', batch),
    notice: (message) => events.send('app.notice', { severity: 'note', message }),
  });
  const imports = new PieceImports(captures);
  const exports = new ExportJobs({
    captures,
    collector: services.collector,
    version: desktop.info().version,
    ca: services.ca,
    progress: (progress) => events.send('exports.progress', progress),
    choosePath: (name) => desktop.chooseFileToSave(name),
  });
  /** Counts the pages that this session has served: a reload makes another one. */
  let page = 0;

  const handlers = {
    'app.info': () => ({
      ...desktop.info(),
      encryption: keys.encryption,
      dataFolder: services.dataFolder,
    }),
    'settings.get': () => settings.get(),
    'settings.set': (patch) => {
      const next = settings.set(patch);
      if (patch.theme !== undefined) desktop.setTheme(next.theme);
      return next;
    },

    'workspace.get': () => workspace.get(),
    'workspace.set': (patch) => workspace.set(patch),

    'captures.list': () => {
      const asking = page;
      // In a later turn, so that the reply comes first; by then another page may be there.
      setImmediate(() => {
        if (page === asking) events.listen();
      });
      return captures.list();
    },
    'captures.meta': ({ id }) => captures.meta(id),
    'captures.open': ({ id }) => feeds.open(id),
    'captures.schemas': ({ id }) => capturedSchemas(captures, id),
    'captures.ack': ({ subscription, number }) => feeds.acknowledge(subscription, number),
    'captures.close': ({ subscription }) => feeds.close(subscription),
    'captures.rename': ({ id, name }) => captures.rename(id, name),
    'captures.setBookmarks': ({ id, bookmarks }) => captures.setBookmarks(id, bookmarks),
    'captures.setSilenced': ({ id, rules }) => captures.setSilenced(id, rules),
    'captures.setDialect': ({ id, dialect }) => captures.setDialect(id, dialect),
    'captures.setProfile': ({ id, profile }) => captures.setProfile(id, profile),
    'captures.delete': async ({ id }) => {
      requests.stop(id);
      await feeds.closeCapture(id);
      captures.delete(id);
    },
    'captures.restore': ({ id }) => captures.restore(id),
    'captures.openDialog': async () =>
      services.announced(await services.imports.paths(await desktop.chooseFiles())),
    'captures.importStart': ({ name, kind }) => ({ id: imports.start(name, kind) }),
    'captures.importPiece': ({ id, bytes }) => imports.piece(id, bytes),
    'captures.importEnd': async ({ id }) =>
      services.announced(await services.imports.source(imports.end(id))),
    'captures.importDiscard': ({ id }) => imports.cancel(id),
    'captures.importCancel': ({ id }) => services.imports.cancel(id),
    'captures.reveal': ({ id }) => {
      captures.meta(id);
      desktop.reveal(captures.paths(id).folder);
    },

    'endpoints.list': () => endpoints.list(),
    'endpoints.save': (input) => endpoints.save(input),
    'endpoints.delete': ({ id }) => endpoints.delete(id),
    'endpoints.setKey': ({ id, key }) => endpoints.setKey(id, key),
    'endpoints.fromCommand': ({ text }) => requestOfCommand(text, services),
    'endpoints.clearKey': ({ id }) => endpoints.clearKey(id),

    'requests.send': ({ endpoint, body }) => ({ id: requests.send(endpoint, body) }),
    'requests.stop': ({ id }) => requests.stop(id),

    ...schemaHandlers(services.schemas, desktop),
    'schemas.validate': (input) => tasks.run('judge', input),
    'schemas.types': (input) => tasks.run('types', input),

    'files.save': async ({ name, text }) => {
      const path = await desktop.chooseFileToSave(name);
      if (path === null) return null;
      await saveText(path, text);
      return { path };
    },

    ...runHandlers(services.runs),

    ...faultHandlers(captures),
    ...serverHandlers(services.servers, desktop),

    ...exportHandlers(exports, services.collector),

    'replayServer.state': () => replayServer.state,
    'replayServer.start': () => replayServer.start(),
    'replayServer.stop': () => replayServer.stop(),
    'replayServer.setSpeed': ({ speed }) => replayServer.setSpeed(speed),
  } satisfies Handlers;

  return {
    handlers,
    async reset() {
      page++;
      events.pause();
      imports.cancelAll();
      exports.cancelAll();
      await feeds.closeAll();
    },
  };
}
