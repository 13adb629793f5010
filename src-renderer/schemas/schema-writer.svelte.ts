import {
  MAX_SCHEMA_TEXT,
  revisionOf,
  type SchemaAbout,
  type SchemaFacts,
} from '../../src-core/schema.ts';
import type { OpenedSchema } from '../../src-ipc/contract.ts';
import { api, CommandError } from '../api.ts';

/** What a person may write beside the text. */
export type WrittenFacts = SchemaFacts & Pick<SchemaAbout, 'target'>;

/** The text is written when typing rests for so long, and at most so long after the first key, in ms. */
const REST_MS = 400;
const MOST_MS = 2000;
/** What could not be written is tried again after so long, in ms. */
const RETRY_MS = 5000;

/** What else happened to the files of a schema while it was open. */
export interface OutsideChange {
  /** The text that is on disk now; null where the files are gone. */
  text: string | null;
  opened: OpenedSchema | null;
}

type Texts = Pick<OpenedSchema, 'text' | 'good'>;

/** The schema that is written. */
export interface WriterSource {
  readonly id: string;
  text(): string;
  /** Whether the text is JSON. */
  isJson(): boolean;
  /** To be called when text or facts are on disk. */
  onWritten(facts: Partial<WrittenFacts>): void;
}

/**
 * Writes what a person types of one schema, over nothing that something else wrote: then it keeps the text
 * beside it until the person chose. What could not be written stays unwritten, and is tried again.
 */
export class SchemaWriter {
  readonly #source: WriterSource;
  outside = $state.raw<OutsideChange | null>(null);
  #textFault = $state<string | null>(null);
  #factsFault = $state<string | null>(null);
  #isTextUnwritten = $state(false);
  #facts = $state.raw<Partial<WrittenFacts>>({});
  #isWriting = $state(false);
  #writes = 0;
  /** The texts that main has, as far as it was asked to write; null to write over any. */
  #onDisk: Texts | null = null;
  /** The same as far as it answered. */
  #known: Texts | null = null;
  /** Whether a draft stands beside what something else had changed. */
  #isAside = false;
  #isGone = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unwrittenSince = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(source: WriterSource) {
    this.#source = source;
  }

  /** Why the last attempt to write failed; null when all is written. */
  get saveFault(): string | null {
    return this.#textFault ?? this.#factsFault;
  }
  /** Whether something is not on disk yet, or on the way there. */
  get isDirty(): boolean {
    return this.#hasUnwritten || this.#isWriting;
  }
  get #hasUnwritten(): boolean {
    return this.#isTextUnwritten || Object.keys(this.#facts).length > 0;
  }
  /** What was changed beside the text and is not on disk yet. */
  get facts(): Partial<WrittenFacts> {
    return this.#facts;
  }

  /** Takes what was opened as what is on disk. Text and facts that are not written are forgotten. */
  accept(opened: OpenedSchema): void {
    this.#stopTimer();
    this.#onDisk = this.#known = opened;
    this.#isTextUnwritten = false;
    this.#facts = {};
    this.#textFault = null;
    this.#factsFault = null;
    const { text, good } = opened;
    // A draft that is JSON was kept aside when something else had changed the file.
    this.#isAside = good !== null && this.#source.isJson() && good !== text;
    this.outside = this.#isAside ? { text: good, opened: { ...opened, text: good! } } : null;
  }
  noteText(): void {
    this.#isTextUnwritten = true;
    this.#writeSoon();
  }
  noteFacts(facts: Partial<WrittenFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
    this.#writeSoon();
  }

  /**
   * Holds what is on disk against what is known of it; what something else wrote becomes `outside`.
   *
   * @param opened null where the files are gone
   * @returns whether it is what is known
   */
  compare(opened: OpenedSchema | null): boolean {
    const known = this.#onDisk;
    if (opened && known && opened.revision === revisionOf(known.text, known.good)) return true;
    if (!opened) this.outside = { text: null, opened: null };
    else if (opened.text !== known?.text) this.outside = { text: opened.text, opened };
    else if (opened.good === null) {
      // The text beside the draft is gone: the draft is all there is.
      this.#onDisk = this.#known = opened;
      return true;
    } else {
      this.#isAside = true;
      this.outside = { text: opened.good, opened: { ...opened, text: opened.good } };
    }
    return false;
  }
  /** Writes the text over whatever is on disk; a text that was kept aside goes. */
  writeOver(): Promise<void> {
    this.outside = null;
    this.#isAside = false;
    this.#onDisk = this.#known = null;
    this.#isTextUnwritten = true;
    return this.flush();
  }
  /** Takes what is on disk. @param accept takes it over as the text */
  takeOutside(accept: (opened: OpenedSchema) => void): void {
    const opened = this.outside?.opened;
    if (!opened) return;
    const wasAside = this.#isAside;
    this.outside = null;
    accept(opened);
    // The text that was kept aside is to go.
    if (wasAside) void this.writeOver();
  }

  /** Writes what is not on disk yet, at once. Resolves when it is there, or could not be written. */
  async flush(): Promise<void> {
    this.#stopTimer();
    if (this.#hasUnwritten && !this.#isGone) {
      const writings = this.outside ? [this.#keepAside()] : [this.#writeText(), this.#writeFacts()];
      this.#writes++;
      this.#isWriting = true;
      this.#writing = Promise.allSettled([this.#writing, ...writings]).then(() => {
        this.#isWriting = --this.#writes > 0;
        if (this.saveFault && this.#hasUnwritten && this.#timer === undefined)
          this.#writeIn(RETRY_MS);
      });
    }
    await this.#writing;
  }
  /** Nothing is written any more: the files are to be gone. */
  abandon(): void {
    this.#isGone = true;
    this.#stopTimer();
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
  #writeIn(wait: number): void {
    if (this.#isGone) return;
    if (this.#timer === undefined) this.#unwrittenSince = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), wait);
  }
  #writeSoon(): void {
    const since = this.#timer === undefined ? Date.now() : this.#unwrittenSince;
    this.#writeIn(Math.min(REST_MS, Math.max(0, since + MOST_MS - Date.now())));
  }

  async #writeText(): Promise<void> {
    if (!this.#isTextUnwritten) return;
    const { id } = this.#source;
    const text = this.#source.text();
    if (text.length > MAX_SCHEMA_TEXT) {
      this.#textFault =
        `The text has ${text.length.toLocaleString('en')} characters; ` +
        `${MAX_SCHEMA_TEXT.toLocaleString('en')} can be saved.`;
      return;
    }
    const before = this.#onDisk;
    // Commands are handled in order: what is written next is written over this.
    const after = { text, good: this.#source.isJson() ? text : (before?.good ?? null) };
    this.#onDisk = after;
    this.#isTextUnwritten = false;
    try {
      const revision = before && revisionOf(before.text, before.good);
      await api.schemas.save({ id, text, revision });
      this.#known = after;
      this.#textFault = null;
      this.#source.onWritten({});
    } catch (error) {
      this.#onDisk = this.#known;
      this.#isTextUnwritten = true;
      this.#textFault = await this.#faultOf(error);
    }
  }
  /** The person has not chosen yet: what is typed is kept beside what is on disk. */
  async #keepAside(): Promise<void> {
    this.#isAside = true;
    try {
      await api.schemas.keepDraft({ id: this.#source.id, text: this.#source.text() });
      this.#textFault = null;
    } catch (error) {
      this.#textFault = messageOf(error);
    }
  }
  async #writeFacts(): Promise<void> {
    const patch = this.#facts;
    if (Object.keys(patch).length === 0) return;
    this.#facts = {};
    try {
      await api.schemas.describe({ id: this.#source.id, patch });
      this.#factsFault = null;
      this.#source.onWritten(patch);
    } catch (error) {
      this.#facts = { ...patch, ...this.#facts };
      this.#factsFault = await this.#faultOf(error);
    }
  }
  /** Why nothing was written, in words; null where the person is asked instead. */
  async #faultOf(error: unknown): Promise<string | null> {
    const code = error instanceof CommandError ? error.code : '';
    if (code !== 'no-such-schema' && code !== 'changed-outside') return messageOf(error);
    try {
      this.compare(code === 'no-such-schema' ? null : await this.#opened());
    } catch (other) {
      return messageOf(other);
    }
    this.#writeSoon();
    return null;
  }
  #opened(): Promise<OpenedSchema> {
    return api.schemas.open({ id: this.#source.id });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
