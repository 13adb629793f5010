import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import {
  type ExportFormatId,
  exportFormat,
  exportName,
} from '../../src-core/export/export-formats.ts';
import { redactionReport } from '../../src-core/redaction/redact-capture.ts';
import type { RedactionReport } from '../../src-core/redaction/struck.ts';
import {
  type ExportJob,
  type ExportMeasure,
  type ExportPreview,
  type ExportProgress,
  MOST_COPIED,
  PREVIEW_CHARACTERS,
  type SentReport,
} from '../../src-ipc/export-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import type { CollectorStore } from '../otlp/collector-store.ts';
import { sendSpans } from '../otlp/send-spans.ts';
import { Refusal } from '../refusal.ts';
import { bytesText } from '../wording.ts';
import { addedReports } from './added-reports.ts';
import { contentsText } from './contents-text.ts';
import { exportCaptures } from './export-captures.ts';
import { spansOf } from './exported-spans.ts';
import { spanText } from './span-text.ts';
import { storedCapture } from './stored-capture.ts';
import { watchedCapture } from './watched-capture.ts';
import { writeExport } from './write-export.ts';

export interface ExportJobsOptions {
  captures: CaptureStore;
  collector: CollectorStore;
  /** Of Deltascope. */
  version: string;
  /** Certificates trusted besides the usual ones. */
  ca: string[] | null;
  progress(progress: ExportProgress): void;
  /** The path to write to, null when the person cancels. */
  choosePath(name: string): Promise<string | null>;
}

/**
 * The exports of one page. Each reads its captures from the disk, so that a body of any size takes little memory;
 * a new job of a name ends the one before.
 */
export class ExportJobs {
  readonly #options: ExportJobsOptions;
  readonly #running = new Map<string, AbortController>();

  constructor(options: ExportJobsOptions) {
    this.#options = options;
  }

  /** The beginning of the result. @throws Refusal as `exportCaptures` */
  preview(job: ExportJob): Promise<ExportPreview> {
    return this.#run(job, async (captures) => {
      if (job.format === 'otlp') return beginning(spanText(await spansOf(captures, job)));
      if (job.format === 'bundle') return contentsText(captures);
      const decoder = new TextDecoder();
      let text = '';
      for await (const piece of this.#pieces(job.format, captures, job)) {
        text += decoder.decode(piece, { stream: true });
        if (text.length > PREVIEW_CHARACTERS) break;
      }
      return beginning(text);
    });
  }

  /** How large the result gets, and what is struck out. */
  measure(job: ExportJob): Promise<ExportMeasure> {
    return this.#run(job, async (captures) => {
      const reports: RedactionReport[] = [];
      for (const capture of captures) reports.push(await redactionReport(capture, job.redaction));
      return { bytes: await this.#size(job, captures), report: addedReports(reports, captures) };
    });
  }

  async #size(job: ExportJob, captures: ExportCapture[]): Promise<number> {
    if (job.format === 'otlp') return Buffer.byteLength(spanText(await spansOf(captures, job)));
    let bytes = 0;
    for await (const piece of this.#pieces(job.format, captures, job)) bytes += piece.byteLength;
    return bytes;
  }

  /** Asks where to, and writes the file. */
  async save(job: ExportJob): Promise<{ path: string; bytes: number } | null> {
    const { format } = job;
    if (format === 'otlp') throw new Refusal('no-file', 'A span is sent, not saved.');
    const first = this.#options.captures.meta(job.captures[0]!).name;
    const more = job.captures.length - 1;
    const name = exportName(format, more > 0 ? `${first} and ${more} more` : first);
    const path = await this.#options.choosePath(name);
    if (path === null) return null;
    return this.#run(job, async (captures, signal) => ({
      path,
      bytes: await writeExport(path, this.#pieces(format, captures, job), signal),
    }));
  }

  /** @throws Refusal `too-large`, `no-text` */
  text(job: ExportJob): Promise<{ text: string }> {
    return this.#run(job, async (captures) => {
      if (job.format === 'otlp') return { text: spanText(await spansOf(captures, job)) };
      if (job.format === 'bundle')
        throw new Refusal('no-text', 'A bundle is no text: save it as a file.');
      const decoder = new TextDecoder();
      let text = '';
      for await (const piece of this.#pieces(job.format, captures, job)) {
        text += decoder.decode(piece, { stream: true });
        if (text.length > MOST_COPIED)
          throw new Refusal(
            'too-large',
            `The clipboard takes up to ${bytesText(MOST_COPIED)} of this: save it as a file.`,
          );
      }
      return { text: text + decoder.decode() };
    });
  }

  /** @throws Refusal as `sendSpans`, `no-collector` */
  send(job: ExportJob): Promise<SentReport> {
    return this.#run(job, async (captures, signal) => {
      const target = this.#options.collector.target();
      const { ca } = this.#options;
      return sendSpans(await spansOf(captures, job), target, { ca, signal });
    });
  }

  cancel(job: string): void {
    this.#running.get(job)?.abort();
  }

  /** The page is gone. */
  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  #pieces(
    format: ExportFormatId,
    captures: readonly ExportCapture[],
    { redaction }: ExportJob,
  ): AsyncIterable<Uint8Array> {
    const by = { version: this.#options.version, at: new Date().toISOString() };
    return exportCaptures(format, captures, { redaction, ...by });
  }

  async #run<Result>(
    job: ExportJob,
    action: (captures: ExportCapture[], signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { captures, progress } = this.#options;
    if (job.format !== 'otlp' && !exportFormat(job.format).many && job.captures.length > 1)
      throw new Refusal(
        'one-capture',
        `${exportFormat(job.format).title} is made of one capture at a time.`,
      );
    this.cancel(job.job);
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.set(job.job, controller);
    let read = 0;
    let told = Date.now();
    const watched = job.captures.map((id) =>
      watchedCapture(storedCapture(captures.paths(id), captures.meta(id)), signal, (bytes) => {
        read += bytes;
        if (Date.now() - told < 100) return;
        told = Date.now();
        progress({ job: job.job, read });
      }),
    );
    try {
      return await action(watched, signal);
    } finally {
      if (this.#running.get(job.job) === controller) this.#running.delete(job.job);
    }
  }
}

function beginning(text: string): ExportPreview {
  const isWhole = text.length <= PREVIEW_CHARACTERS;
  return { text: text.slice(0, PREVIEW_CHARACTERS), isWhole, isBinary: false };
}
