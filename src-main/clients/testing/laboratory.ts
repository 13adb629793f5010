import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { DEFAULT_MATCHING } from '../../../src-core/replay/matching.ts';
import { CaptureStore } from '../../captures/store.ts';
import { RecordingProxy } from '../../recording-proxy/recording-proxy.ts';
import { aProxy } from '../../recording-proxy/testing/started-proxy.ts';
import { serveRecordings } from '../../replay-server/serve-recordings.ts';
import { ended } from '../../testing/stores.ts';

/** A recorded stream, and what the client that reads it asks for. */
export interface Case {
  name: string;
  bytes: Uint8Array;
}

/** The two ways to a recording: from the replay server itself, and through a proxy that records it once more. */
export const WAYS = ['the replay server', 'the proxy'] as const;
export type Way = (typeof WAYS)[number];

export interface Laboratory {
  /** `http://127.0.0.1:PORT` */
  address(way: Way): string;
  /** What a client has to name as its model to get that case. */
  model(at: number): string;
  /** What the proxy kept, by the number of the case. */
  kept(): Promise<Map<number, Buffer[]>>;
}

/** Serves the cases as answers to `path`, for as long as the test file runs. */
export function laboratory(path: string, cases: readonly Case[]): Laboratory {
  const folder = mkdtempSync(join(tmpdir(), 'deltascope-clients-'));
  const store = new CaptureStore(folder, { changed: () => undefined, notice: () => undefined });
  const model = (at: number) => `case-${at}`;
  const asked = (at: number) => JSON.stringify({ model: model(at), stream: true });
  const server = serveRecordings(
    cases.map(({ name, bytes }, at) => ({
      name,
      body: bytes,
      request: { method: 'POST', url: `https://api.test${path}`, headers: [], body: asked(at) },
      response: {
        ...{ status: 200, statusText: 'OK', httpVersion: '1.1' },
        headers: [['content-type', 'text/event-stream; charset=utf-8']],
      },
    })),
    { pace: { kind: 'instant' }, matching: { ...DEFAULT_MATCHING, choice: 'first' } },
  );
  let proxy: RecordingProxy;

  beforeAll(async () => {
    store.start();
    await server.start();
    proxy = new RecordingProxy(
      { ...aProxy, upstream: server.state.url! },
      { store, ca: null, headersOf: () => [] },
      () => undefined,
    );
    await proxy.start();
  });
  afterAll(async () => {
    await Promise.all([proxy.stop(), server.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    address: (way) => (way === 'the proxy' ? proxy : server).state.url!,
    model,
    async kept() {
      const byCase = new Map<number, Buffer[]>();
      for (const { id } of store.list()) {
        const running = store.recording(id);
        if (running) await ended(running);
        const request = JSON.parse(store.meta(id).request!.body) as { model: string };
        const at = Number(request.model.slice('case-'.length));
        byCase.set(at, [...(byCase.get(at) ?? []), readFileSync(store.paths(id).body)]);
      }
      return byCase;
    },
  };
}
