import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProxyConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import { CaptureStore } from '../../src-main/captures/store.ts';
import { RecordingProxy } from '../../src-main/recording-proxy/recording-proxy.ts';
import { messageOf, Refusal } from '../../src-main/refusal.ts';
import { trustedCertificates } from '../../src-main/requests/certificates.ts';
import type { Call } from '../command.ts';
import type { ServerLog } from '../servers/run-server.ts';
import { type RecordFormat, writeBody, writeBundle } from './recorded-file.ts';

export interface SessionOptions {
  upstream: string;
  port: number;
  /** Absolute; it exists. */
  folder: string;
  /** The same as it was named, for the log. */
  out: string;
  format: RecordFormat;
  log: ServerLog;
}

/** The recording proxy of the app, whose captures are written to a folder that somebody named. */
export class RecordingSession {
  readonly server: RecordingProxy;
  readonly #options: SessionOptions;
  readonly #store: CaptureStore;
  /** What is no result: staged captures, and those of which only a file is kept. */
  readonly #working = mkdtempSync(join(tmpdir(), 'deltascope-'));
  readonly #writing = new Set<Promise<void>>();
  #count = 0;
  #wanted = Infinity;
  #reached: () => void = () => undefined;

  constructor({ console }: Call, options: SessionOptions) {
    const { upstream, port, folder, format, log } = options;
    this.#options = options;
    const warn = (message: string) => log.line(`deltascope: ${message}`);
    const events = {
      changed: () => undefined,
      notice: (_: unknown, message: string) => warn(message),
    };
    this.#store = new CaptureStore(
      this.#working,
      events,
      ...(format === 'capture' ? [folder] : []),
    );
    this.#store.start();
    const config: ProxyConfig = {
      ...{ kind: 'proxy', id: 'proxy', name: 'deltascope record', show: false },
      ...{ port, upstream, keyOf: null },
    };
    const tools = {
      store: this.#store,
      ca: trustedCertificates(console.env, warn),
      headersOf: () => {
        throw new Refusal('no-key', 'The client’s own key passes through.');
      },
      logged: (entry: ServerLogEntry) => {
        const writing = this.#logged(entry).finally(() => this.#writing.delete(writing));
        this.#writing.add(writing);
      },
    };
    this.server = new RecordingProxy(config, tools, () => undefined);
  }

  /** Resolves after so many requests. */
  over(count: number): Promise<void> {
    this.#wanted = count;
    return new Promise((resolve) => (this.#reached = resolve));
  }

  /** Resolves when all is written, and removes what it worked with. */
  async close(): Promise<void> {
    await Promise.all(this.#writing);
    rmSync(this.#working, { recursive: true, force: true });
  }

  async #logged(entry: ServerLogEntry): Promise<void> {
    const { log } = this.#options;
    log.entry({ ...entry, note: `${entry.note}${await this.#kept(entry)}` });
    // What was refused has gone nowhere.
    if (entry.capture !== null) this.#count++;
    if (this.#count >= this.#wanted) this.#reached();
  }

  /** Where it was kept, as the end of a line of the log. */
  async #kept({ capture }: ServerLogEntry): Promise<string> {
    const { format, folder, out } = this.#options;
    if (capture === null) return '';
    if (format === 'capture') return ` ${join(out, capture)}`;
    const paths = this.#store.paths(capture);
    const write = format === 'bundle' ? writeBundle : writeBody;
    try {
      return ` ${join(out, await write(paths, this.#store.meta(capture), folder))}`;
    } catch (error) {
      return ` It could not be written: ${messageOf(error)}.`;
    } finally {
      rmSync(paths.folder, { recursive: true, force: true });
    }
  }
}
