import { isObject, type JsonObject, parseJson } from '../../src-core/json.ts';
import { type JsonFault, scanJsonText } from '../../src-core/json-text.ts';
import {
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
import { type OutsideChange, SchemaWriter, type WrittenFacts } from './schema-writer.svelte.ts';

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
  readonly #writer: SchemaWriter;
  /** Why the text is no JSON; null where it is. */
  fault = $state<JsonFault | null>(null);
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
    this.#writer = new SchemaWriter({
      id: this.id,
      text: () => this.#text,
      isJson: () => this.fault === null,
      onWritten: (facts) => {
        const changedAt = new Date().toISOString();
        this.#about = { ...this.#about, ...facts, ...this.#writer.facts, changedAt };
      },
    });
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
    this.#describe(Object.fromEntries(given) as Partial<WrittenFacts>);
  }

  /** The working text, JSON or not. */
  get text(): string {
    return this.#text;
  }
  /** The newest text that is JSON; empty before there was one. */
  get good(): string {
    return this.#good;
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
    this.#writer.noteText();
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

  /** Whether something is not on disk yet, or on the way there. */
  get isDirty(): boolean {
    return this.#writer.isDirty;
  }
  /** Why the last attempt to write failed; null when all is written. */
  get saveFault(): string | null {
    return this.#writer.saveFault;
  }
  /** What something else wrote, until the person has chosen. */
  get outside(): OutsideChange | null {
    return this.#writer.outside;
  }
  /** Writes what is not on disk yet, at once. Resolves when it is there, or could not be written. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }
  /** Why this state would be lost if it were no longer kept open; null where all of it is on disk. */
  get atStake(): string | null {
    if (this.outside?.opened === null) return 'its files were removed';
    if (this.outside) return 'its file was changed outside of Deltascope';
    if (this.isDirty)
      return `what was typed is not on disk (${this.saveFault ?? 'not yet written'})`;
    return null;
  }

  /**
   * Saves the text as it is now as a version; the same text as the newest one's makes none.
   *
   * @returns the number of the version that has the text
   * @throws CommandError `not-json`; what writing meets; Error while the person has to choose a text
   */
  async saveVersion(note = ''): Promise<number> {
    this.refuseUnchosen();
    const text = this.#text;
    const written = this.flush();
    // Both are asked for in one go, so that nothing that is typed meanwhile comes between.
    const revision = revisionOf(text, text);
    const saving = api.schemas.saveVersion({ id: this.id, note, revision });
    saving.catch(() => {});
    await written;
    this.refuseUnchosen();
    if (this.saveFault) throw new Error(this.saveFault);
    const { number, about } = await saving;
    // Names and flags may have been changed since: those here are the newest.
    this.#about = { ...this.#about, versions: about.versions };
    this.#saved = text;
    return number;
  }
  /** The number of the version that the text as it is now is; one is made where there is none. */
  async versionOfText(note = ''): Promise<number> {
    this.refuseUnchosen();
    if (this.isChanged) return this.saveVersion(note);
    const { version } = this;
    await this.flush();
    return version;
  }
  /** @throws Error while the person has not chosen between this text and what something else wrote */
  refuseUnchosen(): void {
    if (!this.outside) return;
    const what = `${this.name || 'The schema'} can't be saved as a version: ${this.atStake}.`;
    throw new Error(`${what} Choose above the text what is to stay.`);
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
    if (!this.#writer.compare(opened) || !opened) return;
    this.#about = opened.about;
    this.#saved = opened.saved;
  }
  /** Takes what is on disk; undo in the editor brings back what was here. */
  takeOutside(): void {
    this.#writer.takeOutside((opened) => {
      this.setText(opened.text);
      this.#accept(opened);
    });
  }
  /** Writes what is here over what is on disk. */
  async keepOwn(): Promise<void> {
    if (this.outside?.opened) await this.#writer.writeOver();
  }

  /** To be called when it is no longer kept open. */
  dispose(): void {
    void this.flush();
    this.kept.dispose();
  }
  /** The same where its files are gone, or are to be: nothing is written any more. */
  abandon(): void {
    this.#writer.abandon();
    this.kept.dispose();
  }

  #accept(opened: OpenedSchema): void {
    this.#about = opened.about;
    this.#saved = opened.saved;
    this.#good = opened.good ?? '';
    this.#take(opened.text);
    this.#writer.accept(opened);
  }
  #take(text: string): void {
    this.#text = text;
    this.fault = scanJsonText(text).fault;
    if (!this.fault) this.#good = text;
  }
  #describe(facts: Partial<WrittenFacts>): void {
    this.#about = { ...this.#about, ...facts };
    this.#writer.noteFacts(facts);
  }
}
