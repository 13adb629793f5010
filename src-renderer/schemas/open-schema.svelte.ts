import { isObject, type JsonObject, parseJson } from '../../src-core/json.ts';
import { type JsonFault, scanJsonText } from '../../src-core/json-text.ts';
import {
  MAX_SCHEMA_TEXT,
  revisionOf,
  type SchemaAbout,
  type SchemaFacts,
  type SchemaKind,
  type SchemaSource,
  type SchemaVersion,
} from '../../src-core/schema.ts';
import type { Target } from '../../src-core/strict-schema/targets.ts';
import { type TextEdit, withEdits } from '../../src-core/strict-schema/tree-text.ts';
import type { OpenedSchema } from '../../src-ipc/contract.ts';
import { api, CommandError } from '../api.ts';
import { KeptText } from '../editor/kept-text.ts';
import { changeBetween } from '../editor/text-change.ts';
import type { Linted } from '../lint/linter.svelte.ts';

/** What an open schema asks of the workbench that it is open in. */
export interface SchemaHost {
  /** The newest lint report, where the schema is the current one. */
  lintedOf(schema: OpenSchema): Linted | null;
  /** Whose rules schemas are held to that choose none. */
  readonly target: Target;
  /** Shows the text of the current schema. */
  showText(): void;
  onError(error: unknown): void;
}

/** The editor that shows a schema's text, while one does. */
export interface SchemaEditor {
  change(text: string, edits: readonly TextEdit[], takesFocus: boolean): void;
  select(start: number, end: number): void;
  /** Selects a range and shows it, without the focus. */
  point(start: number, end: number): void;
  undo(): void;
  redo(): void;
  /** Runs an action of Monaco, such as `editor.foldAll`. */
  run(action: string): void;
}

/** What a person may write beside the text. */
type Facts = SchemaFacts & Pick<SchemaAbout, 'target'>;

/** The text is written when typing rests for so long, and at most so long after the first key, in ms. */
const REST_MS = 400;
const MOST_MS = 2000;

/** What else happened to the files of a schema while it was open. */
export interface OutsideChange {
  /** The text that is on disk now; null where the files are gone. */
  text: string | null;
  opened: OpenedSchema | null;
}

/**
 * A schema of the library that is open: its text, what a request says of it, and its history. What is
 * typed is written to disk by itself; `saveVersion` makes a step of the history.
 */
export class OpenSchema {
  readonly id: string;
  /** The model of the editor; it is named `inmemory://schemas/ID.json`. */
  readonly kept: KeptText;
  readonly #host: SchemaHost;
  #about = $state.raw<SchemaAbout>(null!);
  #text = $state('');
  #good = $state('');
  /** The text of the newest version. */
  #saved = $state.raw<string | null>(null);
  /** Names the text that main has, as far as it answered or was asked; null to write over any. */
  #revision: string | null = '';
  #isTextDirty = $state(false);
  /** Whether a draft was written beside what something else had changed. */
  #isAside = false;
  #dirtyFacts = $state.raw<Partial<Facts>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirtySince = 0;
  #writing: Promise<void> = Promise.resolve();
  /** Why the last attempt to write failed; null when all is written. */
  fault = $state<JsonFault | null>(null);
  saveFault = $state<string | null>(null);
  outside = $state.raw<OutsideChange | null>(null);
  /** The offset of the editor's cursor. */
  cursor = $state(0);
  #editor: SchemaEditor | null = null;
  /** What is to be selected once the editor shows. */
  #wanted: [start: number, end: number] | null = null;

  /** The newest text that is JSON as a value; undefined where that is no object. */
  readonly value: JsonObject | undefined = $derived.by(() => {
    const value = parseJson(this.#good);
    return isObject(value) ? value : undefined;
  });
  /** Whether text or facts are others than in the newest version. */
  readonly isChanged: boolean = $derived.by(() => {
    const newest = this.#about.versions.at(-1);
    return (
      !newest ||
      this.#text !== this.#saved ||
      newest.name !== this.name ||
      newest.description !== this.description ||
      newest.strict !== this.strict ||
      newest.kind !== this.kind
    );
  });

  constructor(opened: OpenedSchema, host: SchemaHost) {
    this.id = opened.about.id;
    this.kept = new KeptText(`inmemory://schemas/${this.id}.json`);
    this.#host = host;
    this.#accept(opened);
  }

  get source(): SchemaSource {
    return this.#about.source;
  }
  get changedAt(): string {
    return this.#about.changedAt;
  }
  get problems(): SchemaAbout['problems'] {
    return this.#about.problems;
  }
  /** The oldest first. */
  get versions(): readonly SchemaVersion[] {
    return this.#about.versions;
  }
  /** The number of the newest version, 0 before there is one. */
  get version(): number {
    return this.versions.at(-1)?.number ?? 0;
  }
  /** The newest lint report, which may be of an earlier text; null before the first. */
  get linted(): Linted | null {
    return this.#host.lintedOf(this);
  }

  /** What the request calls it (rule S26). */
  get name(): string {
    return this.#about.name;
  }
  set name(name: string) {
    this.#describe({ name });
  }
  get description(): string {
    return this.#about.description;
  }
  set description(description: string) {
    this.#describe({ description });
  }
  get strict(): boolean {
    return this.#about.strict;
  }
  set strict(strict: boolean) {
    this.#describe({ strict });
  }
  get kind(): SchemaKind {
    return this.#about.kind;
  }
  set kind(kind: SchemaKind) {
    this.#describe({ kind });
  }
  /** Whose rules it is held to while it is strict. */
  get target(): Target {
    return this.#about.target ?? this.#host.target;
  }
  set target(target: Target) {
    this.#describe({ target });
  }

  /** Changes what is known beside the text; what is left out stays. */
  describe({ name, description, strict, kind }: Partial<SchemaFacts>): void {
    const facts = { name, description, strict, kind };
    const given = Object.entries(facts).filter(([, value]) => value !== undefined);
    this.#describe(Object.fromEntries(given) as Partial<Facts>);
  }

  /** The working text, JSON or not. */
  get text(): string {
    return this.#text;
  }
  /** Replaces the text, changing what differs only; undo takes it back. */
  setText(text: string): void {
    const change = changeBetween(this.#text, text);
    if (change) this.change(this.#text, [change]);
  }
  /**
   * Makes changes in one step for undo; none if the text is another by now.
   *
   * @param edits ascending and not overlapping, offsets in the text before
   * @param takesFocus whether the editor gets the focus, where one shows
   */
  change(text: string, edits: readonly TextEdit[], takesFocus = false): void {
    if (text !== this.#text || edits.length === 0) return;
    if (this.#editor) this.#editor.change(text, edits, takesFocus);
    // Without an editor the model, if there is one, takes the text over when it shows again.
    else this.typed(withEdits(text, edits));
  }
  /** What the editor holds now: to be called by the editor that shows this schema. */
  typed(text: string): void {
    if (text === this.#text) return;
    this.#take(text);
    this.#isTextDirty = true;
    this.#writeSoon();
  }

  /** Selects a range of the text, shows it and puts the focus there. */
  select(start: number, end: number): void {
    this.#host.showText();
    if (this.#editor) this.#editor.select(start, end);
    else this.#wanted = [start, end];
  }
  /** The editor that shows this schema from now on; null when it is gone. */
  setEditor(editor: SchemaEditor | null): void {
    this.#editor = editor;
    const wanted = this.#wanted;
    this.#wanted = null;
    if (editor && wanted) editor.select(...wanted);
  }
  /** The editor that shows it; null while none does. */
  get editor(): SchemaEditor | null {
    return this.#editor;
  }

  /** Whether something is not on disk yet. */
  get isDirty(): boolean {
    return this.#isTextDirty || Object.keys(this.#dirtyFacts).length > 0;
  }
  /** Writes what is not on disk yet, at once. Resolves when it is there, or could not be written. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.isDirty) return this.#writing;
    const writings = this.outside ? [this.#keepAside()] : [this.#writeText(), this.#writeFacts()];
    this.#writing = Promise.all([this.#writing, ...writings]).then(() => {});
    return this.#writing;
  }

  /**
   * Saves the text as a version; the same text as the newest one's makes none.
   *
   * @returns the number of the version that has the text
   * @throws CommandError `not-json`; what writing meets
   */
  async saveVersion(note = ''): Promise<number> {
    await this.flush();
    if (this.saveFault) throw new Error(this.saveFault);
    const text = this.#text;
    const { number, about } = await api.schemas.saveVersion({ id: this.id, note });
    this.#about = { ...about, ...this.#dirtyFacts };
    this.#saved = text;
    return number;
  }
  versionText(number: number): Promise<string> {
    return api.schemas.versionText({ id: this.id, number });
  }

  /** What a look at the newest text found. */
  noteProblems(problems: NonNullable<SchemaAbout['problems']>): void {
    const known = this.problems;
    if (this.outside || this.isDirty) return;
    if (known?.errors === problems.errors && known.warnings === problems.warnings) return;
    this.#about = { ...this.#about, problems };
    api.schemas.describe({ id: this.id, patch: { problems } }).catch(this.#host.onError);
  }

  /** Looks whether something else wrote to its files; `outside` says so. */
  async reread(): Promise<void> {
    if (this.isDirty || this.outside) return;
    let opened: OpenedSchema | null = null;
    try {
      opened = await api.schemas.open({ id: this.id });
    } catch (error) {
      if (!(error instanceof CommandError && error.code === 'no-such-schema'))
        return this.#host.onError(error);
    }
    if (this.isDirty) return;
    if (opened?.revision === this.#revision) {
      this.#about = opened.about;
      this.#saved = opened.saved;
    } else this.outside = { text: opened?.text ?? null, opened };
  }
  /** Takes what is on disk; undo in the editor brings back what was here. */
  takeOutside(): void {
    const opened = this.outside?.opened;
    if (!opened) return;
    const wasAside = this.#isAside;
    this.outside = null;
    this.setText(opened.text);
    this.#accept(opened);
    clearTimeout(this.#timer);
    // The text that was kept aside is to go.
    if (wasAside) void this.#writeOver();
  }
  /** Writes what is here over what is on disk. */
  async keepOwn(): Promise<void> {
    if (!this.outside?.opened) return;
    this.outside = null;
    await this.#writeOver();
  }
  #writeOver(): Promise<void> {
    this.#isAside = false;
    this.#revision = null;
    this.#isTextDirty = true;
    return this.flush();
  }

  /** To be called when it is no longer kept open. */
  dispose(): void {
    void this.flush();
    this.kept.dispose();
  }

  #accept(opened: OpenedSchema): void {
    const { about, text, good, saved, revision } = opened;
    this.#about = about;
    this.#saved = saved;
    this.#revision = revision;
    this.#good = good ?? '';
    this.#isTextDirty = false;
    this.#dirtyFacts = {};
    this.saveFault = null;
    this.#take(text);
    // A draft that is JSON was kept aside when something else had changed the file.
    this.#isAside = good !== null && !this.fault && good !== text;
    if (this.#isAside) this.outside = { text: good, opened: { ...opened, text: good! } };
  }
  #take(text: string): void {
    this.#text = text;
    this.fault = scanJsonText(text).fault;
    if (!this.fault) this.#good = text;
  }
  #describe(facts: Partial<Facts>): void {
    this.#about = { ...this.#about, ...facts };
    this.#dirtyFacts = { ...this.#dirtyFacts, ...facts };
    this.#writeSoon();
  }
  #writeSoon(): void {
    const now = Date.now();
    if (this.#timer === undefined) this.#dirtySince = now;
    clearTimeout(this.#timer);
    const wait = Math.min(REST_MS, Math.max(0, this.#dirtySince + MOST_MS - now));
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  async #writeText(): Promise<void> {
    if (!this.#isTextDirty) return;
    if (this.#text.length > MAX_SCHEMA_TEXT) {
      this.saveFault =
        `The text has ${this.#text.length.toLocaleString('en')} characters; ` +
        `${MAX_SCHEMA_TEXT.toLocaleString('en')} can be saved.`;
      return;
    }
    const text = this.#text;
    const before = this.#revision;
    // Commands are handled in order: what is written next is written over this.
    this.#revision = revisionOf(text);
    this.#isTextDirty = false;
    try {
      await api.schemas.save({ id: this.id, text, revision: before });
      this.#about = { ...this.#about, changedAt: new Date().toISOString() };
      this.saveFault = null;
    } catch (error) {
      if (this.#revision === revisionOf(text)) this.#revision = before;
      this.#isTextDirty = true;
      await this.#failed(error);
    }
  }
  /** The person has not chosen yet: what is typed is kept beside what is on disk. */
  async #keepAside(): Promise<void> {
    this.#isAside = true;
    try {
      await api.schemas.keepDraft({ id: this.id, text: this.#text });
    } catch (error) {
      this.saveFault = error instanceof Error ? error.message : String(error);
    }
  }
  async #writeFacts(): Promise<void> {
    const patch = this.#dirtyFacts;
    if (Object.keys(patch).length === 0) return;
    this.#dirtyFacts = {};
    try {
      await api.schemas.describe({ id: this.id, patch });
    } catch (error) {
      this.#dirtyFacts = { ...patch, ...this.#dirtyFacts };
      await this.#failed(error);
    }
  }
  async #failed(error: unknown): Promise<void> {
    const code = error instanceof CommandError ? error.code : '';
    if (code === 'no-such-schema') {
      this.outside = { text: null, opened: null };
      this.#writeSoon();
    } else if (code === 'changed-outside') {
      const opened = await api.schemas.open({ id: this.id });
      this.outside = { text: opened.text, opened };
      this.#writeSoon();
    } else this.saveFault = error instanceof Error ? error.message : String(error);
  }
}
