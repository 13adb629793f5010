import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaptureMeta, CaptureSummary } from '../../src-core/capture.ts';
import type { Endpoint } from '../../src-ipc/contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { RequestService } from '../requests/service.ts';
import { ended, type Said, storeOn } from './stores.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface SenderOptions {
  key?: string;
  endpoint?: Partial<Endpoint>;
  ca?: string[];
}

/** Sends requests to a base URL, and gives what became of them. */
export class Sender {
  readonly folder = temporaryFolder();
  readonly store: CaptureStore;
  readonly said: Said;
  readonly service: RequestService;

  constructor(baseUrl: string, { key, endpoint, ca }: SenderOptions = {}) {
    ({ store: this.store, said: this.said } = storeOn(this.folder));
    this.service = new RequestService({
      store: this.store,
      endpoint: (id) => ({
        id,
        name: 'Test',
        api: 'responses',
        baseUrl,
        headers: [],
        keyHeader: 'authorization',
        models: [],
        builtIn: false,
        key: key ? 'memory' : 'none',
        ...endpoint,
      }),
      headers: () => endpoint?.headers ?? [],
      key: () => key ?? null,
      ca: ca ?? null,
    });
  }

  send(body = '{"model":"m"}'): string {
    return this.service.send('test', body);
  }

  /** Waits for the end of a capture. */
  async outcome(id: string): Promise<{ meta: CaptureMeta; body: Buffer; summary: CaptureSummary }> {
    const recording = this.store.recording(id);
    if (recording) await ended(recording);
    const body = readFileSync(join(this.store.paths(id).folder, 'body'));
    return { meta: this.store.meta(id), body, summary: this.store.summary(id) };
  }

  async sendAndWait(body?: string) {
    return this.outcome(this.send(body));
  }
}
