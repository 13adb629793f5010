import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { CaptureMeta } from '../../../src-core/capture.ts';
import type { ProxyConfig, ServerLogEntry } from '../../../src-ipc/server-contract.ts';
import type { CaptureStore } from '../../captures/store.ts';
import { ended, type Said, storeOn } from '../../testing/stores.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type ProxyTools, RecordingProxy } from '../recording-proxy.ts';

export interface StartedProxy {
  proxy: RecordingProxy;
  /** `http://127.0.0.1:PORT`, for a client. */
  url: string;
  /** The data folder. */
  folder: string;
  store: CaptureStore;
  said: Said;
  /** What it keeps of each request, oldest first, once all have ended. */
  captures(): Promise<Kept[]>;
  /** The one request's. */
  capture(): Promise<Kept>;
  log(): ServerLogEntry[];
}

export interface Kept {
  meta: CaptureMeta;
  body: Buffer;
  folder: string;
}

export const aProxy: ProxyConfig = {
  kind: 'proxy',
  id: 'proxy',
  name: 'Recording proxy',
  port: 0,
  upstream: 'http://127.0.0.1:1',
  keyOf: null,
  show: false,
};

/** A proxy to an upstream, on a store of its own, until the test has finished. */
export async function startedProxy(
  upstream: string,
  config: Partial<ProxyConfig> = {},
  tools: Partial<ProxyTools> = {},
): Promise<StartedProxy> {
  const folder = temporaryFolder();
  const { store, said } = storeOn(folder);
  const proxy = new RecordingProxy(
    { ...aProxy, ...config, upstream },
    { store, ca: null, headersOf: () => [], ...tools },
    () => undefined,
  );
  await proxy.start();
  onTestFinished(() => proxy.stop());
  const captures = async () => {
    const kept: Kept[] = [];
    for (const { capture } of proxy.state.log) {
      if (capture === null) continue;
      const running = store.recording(capture);
      if (running) await ended(running);
      const paths = store.paths(capture);
      kept.push({
        meta: store.meta(capture),
        body: readFileSync(paths.body),
        folder: paths.folder,
      });
    }
    return kept;
  };
  return {
    ...{ proxy, folder, store, said, captures },
    url: proxy.state.url!,
    capture: async () => (await captures())[0]!,
    log: () => proxy.state.log,
  };
}
