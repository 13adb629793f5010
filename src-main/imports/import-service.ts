import { basename } from 'node:path';
import type { CommandRequest, ImportProgress, ImportReport } from '../../src-ipc/contract.ts';
import { messageOf, Refusal } from '../refusal.ts';
import { importPath } from './import-path.ts';
import { type Imported, importSource } from './import-source.ts';
import type { ImportTools, Source, Watch } from './source.ts';

/** An import that is over sooner is not shown, and progress is not told more often than this; milliseconds. */
const SHOWN_AFTER_MS = 300;
const TOLD_EVERY_MS = 100;

export interface ImportServiceOptions {
  tools: ImportTools;
  /** Makes a request of a cURL command. */
  request(command: string): CommandRequest;
  /** An import has come further, or is over. */
  progress(progress: ImportProgress): void;
}

/** Runs imports, one file after the other, tells how far they are, and what came of them. */
export class ImportService {
  readonly #options: ImportServiceOptions;
  readonly #running = new Map<string, AbortController>();
  #next = 0;

  constructor(options: ImportServiceOptions) {
    this.#options = options;
  }

  /** Imports files or folders; what can't be read is said in the report. @param paths absolute */
  async paths(paths: readonly string[]): Promise<ImportReport> {
    const report = emptyReport();
    for (const path of paths)
      await this.#add(report, `import-${this.#next++}`, basename(path), (watch) =>
        importPath(this.#options.tools, path, undefined, watch),
      );
    return report;
  }

  /** Imports what is staged. */
  async source(source: Source): Promise<ImportReport> {
    const report = emptyReport();
    const id = source.staged?.id ?? `import-${this.#next++}`;
    await this.#add(report, id, source.name, (watch) =>
      importSource(this.#options.tools, source, watch),
    );
    return report;
  }

  /** Stops an import; nothing of it is kept. One that is over already stays. */
  cancel(id: string): void {
    this.#running.get(id)?.abort();
  }

  /** The app ends. */
  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  async #add(
    report: ImportReport,
    id: string,
    name: string,
    run: (watch: Watch) => Promise<Imported>,
  ): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    const told = this.#teller(id, name);
    try {
      const { captures, remarks, command } = await run({
        signal: controller.signal,
        progress: told.progress,
      });
      report.captures.push(...captures.map((capture) => capture.id));
      report.select = captures[0]?.id ?? report.select;
      for (const message of remarks) report.notices.push({ severity: 'warning', message });
      if (command !== null) report.request = this.#options.request(command);
    } catch (error) {
      const isCancelled = error instanceof Refusal && error.code === 'cancelled';
      report.notices.push({ severity: isCancelled ? 'note' : 'error', message: messageOf(error) });
    } finally {
      this.#running.delete(id);
      told.end();
    }
  }

  #teller(id: string, name: string) {
    const start = performance.now();
    let toldAt = start + SHOWN_AFTER_MS - TOLD_EVERY_MS;
    let isShown = false;
    return {
      progress: (fraction: number, doing: string) => {
        const now = performance.now();
        if (now - toldAt < TOLD_EVERY_MS) return;
        toldAt = now;
        isShown = true;
        this.#options.progress({ id, name, fraction, doing });
      },
      end: () => {
        if (isShown) this.#options.progress({ id, name, fraction: null, doing: '' });
      },
    };
  }
}

function emptyReport(): ImportReport {
  return { captures: [], select: null, notices: [], request: null };
}
