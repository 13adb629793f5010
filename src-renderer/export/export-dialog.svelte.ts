import { EXPORT_FORMATS } from '../../src-core/export/export-formats.ts';
import type { CustomPattern, RedactionClass } from '../../src-core/redaction/options.ts';
import type {
  ExportJob,
  ExportMeasure,
  ExportPreview,
  ExportProgress,
  SentReport,
  ShareFormat,
} from '../../src-ipc/export-contract.ts';
import { api, CommandError } from '../api.ts';
import type { AppState } from '../state/app.svelte.ts';
import { byteSize, plural } from '../state/format.ts';
import { CollectorDraft } from './collector-draft.svelte.ts';

/** A format as the dialog offers it. */
export interface ShareChoice {
  id: ShareFormat;
  title: string;
  text: string;
  many: boolean;
  isText: boolean;
}

export const SHARE_CHOICES: readonly ShareChoice[] = [
  ...EXPORT_FORMATS.map(({ id, title, text, many }) => ({
    id,
    title,
    text,
    many,
    isText: id !== 'bundle',
  })),
  {
    id: 'otlp',
    title: 'OpenTelemetry span',
    text: 'One span with the attributes for generative AI, sent to a collector over OTLP.',
    many: true,
    isText: true,
  },
];

type Doing = 'save' | 'copy' | 'send';

/** The dialog that exports: what is chosen, what comes of it, and what is being done. Main does the work. */
export class ExportDialogState {
  readonly #app: AppState;
  readonly collector: CollectorDraft;
  #chosen = $state.raw<readonly string[]>([]);
  #preview = $state.raw<ExportPreview | null>(null);
  #measure = $state.raw<ExportMeasure | null>(null);
  #failure = $state.raw<string | null>(null);
  #read = $state(0);
  #doing = $state.raw<Doing | null>(null);
  /** What went wrong with the last thing that was done, or what came of sending. */
  #said = $state.raw<{ isFault: boolean; text: string; detail: string } | null>(null);
  #asked = 0;

  constructor(app: AppState, first: string) {
    this.#app = app;
    this.#chosen = [first];
    this.collector = new CollectorDraft();
  }

  get format(): ShareChoice {
    const { exportFormat } = this.#app.settings.values;
    return SHARE_CHOICES.find(({ id }) => id === exportFormat) ?? SHARE_CHOICES[0]!;
  }
  choose(format: string): void {
    const found = SHARE_CHOICES.find(({ id }) => id === format);
    if (!found || found === this.format) return;
    this.#said = null;
    this.#app.settings.set({ exportFormat: found.id });
    if (!found.many) this.#chosen = this.#chosen.slice(0, 1);
  }

  get chosen(): readonly string[] {
    return this.#chosen;
  }
  /** Adds a capture or takes it away; where one is meant, it is that one. The last one stays. */
  toggle(id: string): void {
    this.#said = null;
    if (!this.format.many) this.#chosen = [id];
    else if (!this.#chosen.includes(id)) this.#chosen = [...this.#chosen, id];
    else if (this.#chosen.length > 1) this.#chosen = this.#chosen.filter((one) => one !== id);
  }

  get redaction() {
    return this.#app.settings.values.exportRedaction;
  }
  redact(name: RedactionClass, isOn: boolean): void {
    this.#set({ [name]: isOn });
  }
  setPatterns(custom: CustomPattern[]): void {
    this.#set({ custom });
  }
  #set(patch: Partial<ExportJob['redaction']>): void {
    this.#app.settings.set({ exportRedaction: { ...this.redaction, ...patch } });
  }

  get content(): boolean {
    return this.#app.settings.values.exportContent;
  }
  set content(content: boolean) {
    this.#app.settings.set({ exportContent: content });
  }

  /** Null while the beginning is on its way, and where it failed. */
  get preview(): ExportPreview | null {
    return this.#preview;
  }
  /** Null until all of it was made once. */
  get measure(): ExportMeasure | null {
    return this.#measure;
  }
  /** Why there is nothing to show. */
  get failure(): string | null {
    return this.#failure;
  }
  get doing(): Doing | null {
    return this.#doing;
  }
  get said(): { isFault: boolean; text: string; detail: string } | null {
    return this.#said;
  }

  /** What stands below the preview: how large it is, or how far reading is. */
  get facts(): string {
    const measure = this.#measure;
    if (this.#doing === 'save') return `Writing${this.#readText}`;
    if (this.#doing === 'send') return `Sending${this.#readText}`;
    if (this.#failure !== null) return '';
    if (!measure) return `Reading${this.#readText}`;
    const { count } = measure.report;
    const struck = count === 0 ? 'nothing struck out' : `${plural(count, 'place')} struck out`;
    return `${byteSize(measure.bytes)} · ${struck}`;
  }
  get #readText(): string {
    return this.#read > 1_000_000 ? `: ${byteSize(this.#read)}` : '';
  }

  #job(job: string): ExportJob {
    const { custom, ...classes } = this.redaction;
    return {
      job,
      format: this.format.id,
      captures: [...this.#chosen],
      redaction: { ...classes, custom: custom.filter(({ pattern }) => pattern !== '') },
      content: this.content,
    };
  }

  /** What the result depends on; another text means that it is another one. */
  get key(): string {
    return JSON.stringify(this.#job('key'));
  }

  /** Asks for the beginning, then for all of it. To be called when `key` is another one. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    this.#measure = null;
    this.#failure = null;
    this.#read = 0;
    const isOld = () => asked !== this.#asked;
    try {
      const preview = await api.exports.preview(this.#job('preview'));
      if (isOld()) return;
      this.#preview = preview;
      const measure = await api.exports.measure(this.#job('measure'));
      if (!isOld()) this.#measure = measure;
    } catch (error) {
      if (isOld()) return;
      this.#preview = null;
      this.#failure = messageOf(error);
    }
  }

  take({ job, read }: ExportProgress): void {
    if (job === (this.#doing === null ? 'measure' : 'result')) this.#read = read;
  }

  get canDo(): boolean {
    return this.#doing === null && this.#failure === null;
  }

  /** Saves or sends, as the format has it; the dialog closes over a file that was saved. */
  async finish(): Promise<void> {
    if (this.format.id === 'otlp') await this.send();
    else await this.save();
  }

  async save(): Promise<void> {
    const saved = await this.#do('save', () => api.exports.save(this.#job('result')));
    if (!saved) return;
    this.#app.notices.add('note', `Saved ${saved.path} (${byteSize(saved.bytes)}).`);
    this.close();
  }

  async copy(): Promise<void> {
    const { title } = this.format;
    const copied = await this.#do('copy', async () => {
      const { text } = await api.exports.text(this.#job('result'));
      await navigator.clipboard.writeText(text);
      return text;
    });
    if (copied !== null) this.#said = { isFault: false, text: `Copied: ${title}.`, detail: '' };
  }

  async send(): Promise<void> {
    const report = await this.#do('send', async () => {
      await this.collector.save();
      return api.exports.send(this.#job('result'));
    });
    if (report) this.#said = saidOf(report);
  }

  /** @returns null where it failed, or the person has stopped it */
  async #do<Result>(doing: Doing, action: () => Promise<Result>): Promise<Result | null> {
    if (!this.canDo) return null;
    this.#doing = doing;
    this.#said = null;
    this.#read = 0;
    try {
      return await action();
    } catch (error) {
      const detail = error instanceof CommandError ? error.detail : '';
      this.#said = { isFault: true, text: messageOf(error), detail };
      return null;
    } finally {
      this.#doing = null;
    }
  }

  /** Stops what is being done; where nothing is, closes. */
  cancel(): void {
    if (this.#doing === null || this.#doing === 'copy') this.close();
    else void this.#app.try(() => api.exports.cancel({ job: 'result' }));
  }

  close(): void {
    this.#asked++;
    this.#app.overlay = null;
    for (const job of ['preview', 'measure', 'result'])
      void this.#app.try(() => api.exports.cancel({ job }));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function saidOf({ sent, rejected, notes, url }: SentReport) {
  const refused = rejected > 0 ? `, ${rejected} refused` : '';
  return {
    isFault: rejected > 0,
    text: [`${plural(sent, 'span')} sent to ${url}${refused}.`, ...notes].join(' '),
    detail: '',
  };
}
