import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReplayConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import { CaptureStore } from '../../src-main/captures/store.ts';
import { CaptureServer } from '../../src-main/replay-server/capture-server.ts';
import { listShelf, type NamedRecording } from '../../src-main/replay-server/list-shelf.ts';
import type { Shelf } from '../../src-main/replay-server/shelf.ts';
import { StoreShelf } from '../../src-main/replay-server/store-shelf.ts';
import { trustedCertificates } from '../../src-main/requests/certificates.ts';
import type { Call } from '../command.ts';
import type { ServerLog } from './run-server.ts';

export type ServedConfig = Pick<
  ReplayConfig,
  'port' | 'matching' | 'pace' | 'faults' | 'recordFrom'
>;

/** The replay server of the app, of recordings that are in memory. */
export interface ServedSources {
  server: CaptureServer;
  /** Removes what it worked with. */
  close(): void;
}

/** @param folder absolute: where misses are recorded; null where they are not */
export function serveSources(
  { console }: Call,
  recordings: readonly NamedRecording[],
  chosen: ServedConfig,
  { log, folder }: { log: ServerLog; folder: string | null },
): ServedSources {
  const config: ReplayConfig = {
    ...{ kind: 'replay', id: 'replay', name: 'The replay server' },
    serves: { kind: 'captures', ids: [] },
    ...chosen,
  };
  const logged = (entry: ServerLogEntry) => log.entry(entry);
  const list = listShelf(recordings);
  if (folder === null) {
    const server = new CaptureServer(config, { shelfOf: () => list, logged }, () => undefined);
    return { server, close: () => undefined };
  }
  const working = mkdtempSync(join(tmpdir(), 'deltascope-'));
  const warn = (message: string) => log.line(`deltascope: ${message}`);
  const events = {
    changed: () => undefined,
    notice: (_: unknown, message: string) => warn(message),
  };
  const store = new CaptureStore(working, events, folder);
  store.start();
  const shelf = joined(list, new StoreShelf(store, []));
  const misses = { store, ca: trustedCertificates(console.env, warn) };
  const tools = { shelfOf: () => shelf, misses, logged };
  const server = new CaptureServer(config, tools, () => undefined);
  return { server, close: () => rmSync(working, { recursive: true, force: true }) };
}

/** What was there at first, and after it what was recorded since. */
function joined(first: Shelf, recorded: Shelf): Shelf {
  return {
    async list() {
      const [one, other] = [await first.list(), await recorded.list()];
      return {
        recordings: [...one.recordings, ...other.recordings],
        faults: [...one.faults, ...other.faults],
      };
    },
    add: (capture) => recorded.add(capture),
    async close() {
      await Promise.all([first.close(), recorded.close()]);
    },
  };
}
