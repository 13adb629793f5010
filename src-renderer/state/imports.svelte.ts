import { looksLikeCurl } from '../../src-core/imports/curl-words.ts';
import type { CommandRequest, ImportProgress, ImportReport } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';
import type { AppState } from './app.svelte.ts';
import { plural } from './format.ts';

const PIECE_BYTES = 4 * 1024 * 1024;
/** A file that is larger is no command. */
const MAX_COMMAND = 1_000_000;

/** An import that takes a while, as the window shows it. */
export interface RunningImport extends ImportProgress {
  fraction: number;
}

/** Brings in what is dropped, pasted or chosen, and shows what came of it. */
export class Imports {
  readonly #app: AppState;
  #running = $state.raw<readonly RunningImport[]>([]);
  /** Imports whose bytes are still on their way to main, and were cancelled. */
  readonly #cancelled = new Set<string>();
  readonly #sending = new Set<string>();

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Those that take a while; the oldest first. */
  get running(): readonly RunningImport[] {
    return this.#running;
  }

  /** Main tells how far an import is. */
  take({ fraction, ...progress }: ImportProgress): void {
    const others = this.#running.filter(({ id }) => id !== progress.id);
    if (fraction === null) this.#running = others;
    else if (others.length === this.#running.length)
      this.#running = [...others, { ...progress, fraction }];
    else
      this.#running = this.#running.map((one) =>
        one.id === progress.id ? { ...progress, fraction } : one,
      );
  }

  cancel(id: string): void {
    if (this.#sending.has(id)) this.#cancelled.add(id);
    else void this.#app.try(() => api.captures.importCancel({ id }));
  }

  /** Asks for files and imports them. */
  async dialog(): Promise<void> {
    const report = await this.#app.try(() => api.captures.openDialog());
    if (report) await this.show([report]);
  }

  /** Hands dropped files to main, piece by piece. */
  async files(files: readonly File[]): Promise<void> {
    const reports: ImportReport[] = [];
    for (const file of files) {
      // One that can't be read is no reason to leave the others.
      const name = file.name || 'dropped';
      const report = await this.#app.try(async () => {
        if (file.size <= MAX_COMMAND && looksLikeCurl(await file.slice(0, 4096).text()))
          return await this.#ofCommand(await file.text());
        return await this.#send(file, name, 'file');
      });
      if (report) reports.push(report);
    }
    await this.show(reports);
  }

  /** Opens pasted text: a recording, or a cURL command, which becomes a request. */
  async text(text: string): Promise<void> {
    const report = await this.#app.try(async () => {
      if (text.trim() === '')
        throw new Error('There is no text on the clipboard to open as a stream.');
      // A command holds a key, mostly: it goes to main as it is, and to no file.
      if (text.length <= MAX_COMMAND && looksLikeCurl(text)) return await this.#ofCommand(text);
      return await this.#send(new Blob([text]), 'pasted stream', 'paste');
    });
    if (report) await this.show([report]);
  }

  async #ofCommand(text: string): Promise<ImportReport> {
    const request = await api.endpoints.fromCommand({ text });
    return { captures: [], select: null, notices: [], request };
  }

  async #send(blob: Blob, name: string, kind: 'file' | 'paste'): Promise<ImportReport> {
    const { id } = await api.captures.importStart({ name: name.slice(0, 200), kind });
    const started = performance.now();
    this.#sending.add(id);
    try {
      for (let at = 0; at < blob.size; at += PIECE_BYTES) {
        if (this.#cancelled.has(id)) {
          await api.captures.importDiscard({ id });
          throw new Error(`The import of ${name} was cancelled.`);
        }
        const bytes = new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer());
        await api.captures.importPiece({ id, bytes });
        if (performance.now() - started > 300)
          this.take({ id, name, fraction: Math.min(1, at / blob.size), doing: 'Copying' });
      }
    } catch (error) {
      this.take({ id, name, fraction: null, doing: '' });
      throw error;
    } finally {
      this.#sending.delete(id);
      this.#cancelled.delete(id);
    }
    try {
      return await api.captures.importEnd({ id });
    } finally {
      this.take({ id, name, fraction: null, doing: '' });
    }
  }

  /** Shows what came of imports: the first capture of the last file, or the request of a command. */
  async show(reports: readonly ImportReport[]): Promise<void> {
    const { notices, undo } = this.#app;
    for (const { severity, message } of reports.flatMap((report) => report.notices))
      notices.add(severity, message);
    const captures = reports.flatMap((report) => report.captures);
    const lastFirst = [...reports].reverse();
    const select = lastFirst.find((report) => report.select !== null)?.select ?? null;
    if (select !== null) {
      this.#app.show('captures');
      this.#app.open(select);
    }
    if (captures.length > 1)
      undo.offer(
        `Imported ${plural(captures.length, 'capture')}.`,
        `import of ${plural(captures.length, 'capture')}`,
        () => void this.#takeBack(captures),
      );
    const request = lastFirst.find((report) => report.request !== null)?.request;
    if (request) await this.#compose(request);
  }

  async #takeBack(captures: readonly string[]): Promise<void> {
    await this.#app.try(async () => {
      for (const id of captures) await api.captures.delete({ id });
    });
  }

  async #compose({ endpoint, body, notes, isNew, setsKey }: CommandRequest): Promise<void> {
    const { settings, notices, undo } = this.#app;
    const chosen = settings.values.endpoint;
    await this.#app.try(async () => this.#app.setEndpoints(await api.endpoints.list()));
    settings.set({ endpoint: endpoint.id });
    // Each API has a draft of its own.
    const { compose } = this.#app;
    const draft = compose.text;
    // An older draft would be sent to another server.
    compose.text = body;
    this.#app.show('compose');
    for (const note of notes) notices.add('warning', note);
    const kept = setsKey ? ' Its key is kept with the endpoint.' : '';
    undo.offer(
      `The cURL command is a request to ${endpoint.name} now.${kept}`,
      'cURL command',
      () =>
        void this.#app.try(async () => {
          compose.text = draft;
          settings.set({ endpoint: chosen });
          if (isNew) await api.endpoints.delete({ id: endpoint.id });
          else if (setsKey) await api.endpoints.clearKey({ id: endpoint.id });
          this.#app.setEndpoints(await api.endpoints.list());
        }),
    );
  }
}
