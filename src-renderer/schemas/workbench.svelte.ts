import { tick } from 'svelte';
import { formatEdits } from '../../src-core/format-json.ts';
import type { SchemaSummary } from '../../src-core/schema.ts';
import type { Target } from '../../src-core/strict-schema/targets.ts';
import { api, CommandError } from '../api.ts';
import { isSameJson } from '../editor/text-change.ts';
import { StrictLint } from '../lint/strict-lint.svelte.ts';
import type { Linted } from '../lint/linter.svelte.ts';
import type { Compose } from '../state/compose.svelte.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { UnmadeSchema } from './new/proposal.ts';
import type { NewSchemaStart } from './new/way-list.ts';
import { OutlineState } from './outline/outline-state.svelte.ts';
import { BLANK, type NewSchema, noteOf } from './new-schema.ts';
import { OpenSchema, type SchemaHost } from './open-schema.svelte.ts';

/** Schemas whose editor model, with its undo history, is kept. */
const MOST_OPEN = 20;

/** As much of the window's state as the workbench needs. */
export type WorkbenchApp = Pick<AppState, 'settings' | 'notices' | 'undo' | 'show'>;

/** The library of schemas, and the one that is worked on. */
export class Workbench implements SchemaHost {
  readonly #app: WorkbenchApp;
  /** Strict mode's word on the current schema, shared by all panes. */
  readonly lint: StrictLint;
  /** What is in the current schema, row by row. */
  readonly outline: OutlineState;
  #list = $state.raw<readonly SchemaSummary[]>([]);
  #current = $state.raw<OpenSchema | null>(null);
  #opening = $state<string | null>(null);
  #startLine = 1;
  /** Those that are kept open, the newest last. */
  readonly #kept = new Map<string, OpenSchema>();
  /** The schema whose name is being edited in the list. */
  renaming = $state<string | null>(null);
  /** Whether the dialog that makes a schema shows. */
  isAsking = $state(false);
  /** What that dialog begins with. */
  asked: NewSchemaStart = {};
  /** What was typed or given to it and made into no schema yet. */
  unmade: UnmadeSchema = {};

  constructor(app: WorkbenchApp, list: readonly SchemaSummary[]) {
    this.#app = app;
    this.#list = list;
    this.lint = new StrictLint(() => {
      const schema = this.#current;
      if (!schema) return null;
      const { text, name, strict, kind, target } = schema;
      const change: OpenSchema['change'] = (before, edits) => schema.change(before, edits, true);
      return { text, name, strict, kind, target, change };
    });
    this.outline = new OutlineState(this);
  }

  /** The schema that was changed last comes first. */
  get list(): readonly SchemaSummary[] {
    return this.#list;
  }
  /** What main says is there now. */
  take(list: readonly SchemaSummary[]): void {
    this.#list = list;
  }
  /** The schema that is worked on; null before one is opened, and with an empty library. */
  get current(): OpenSchema | null {
    return this.#current;
  }
  /** The id of the schema that shows, or will in a moment. */
  get shown(): string | null {
    return this.#opening ?? this.#current?.id ?? null;
  }

  get target(): Target {
    return this.#app.settings.values.schemaTarget;
  }
  lintedOf(schema: OpenSchema): Linted | null {
    return schema === this.#current ? this.lint.linted : null;
  }
  showText(): void {
    this.showPane('middle', 'schema');
  }
  readonly onError = (error: unknown): void => this.#app.notices.error(error);

  /** Which pane shows at a place: an id of `panes.ts`, `''` before one was chosen. */
  paneAt(place: string): string {
    return this.#app.settings.values.schemaPanes[place] ?? '';
  }
  showPane(place: string, pane: string): void {
    const { schemaPanes } = this.#app.settings.values;
    this.#app.settings.set({ schemaPanes: { ...schemaPanes, [place]: pane } });
  }

  /** Opens what was open last; to be called when the view shows. */
  start(): void {
    if (this.#current || this.#opening) return;
    const { lastSchema } = this.#app.settings.values;
    const first = this.#list.find(({ id }) => id === lastSchema) ?? this.#list[0];
    if (!first) return;
    if (first.id === lastSchema) this.#startLine = this.#app.settings.values.schemaLine;
    void this.open(first.id);
  }
  /** The line to begin with in the schema that shows first, where it was left at the last end; once. */
  takeStartLine(): number {
    const line = this.#startLine;
    this.#startLine = 1;
    return line;
  }
  /** The first line of the current text that shows. */
  noteLine(schemaLine: number): void {
    this.#app.settings.set({ schemaLine });
  }

  /** Opens a schema. Failures are said; then the one before stays. */
  async open(id: string): Promise<void> {
    if (this.shown === id) return;
    this.#opening = id;
    void this.#current?.flush();
    try {
      const kept = this.#kept.get(id);
      if (kept) await kept.reread();
      const schema = kept ?? new OpenSchema(await api.schemas.open({ id }), this);
      if (this.#opening !== id) return;
      this.#show(schema);
    } catch (error) {
      if (error instanceof CommandError && error.code === 'no-such-schema') void this.readList();
      this.onError(error);
    } finally {
      if (this.#opening === id) this.#opening = null;
    }
  }
  #show(schema: OpenSchema): void {
    this.#kept.delete(schema.id);
    this.#kept.set(schema.id, schema);
    this.lint.clear();
    this.#current = schema;
    this.#app.settings.set({ lastSchema: schema.id });
    this.#closeOldest();
  }
  /** Those of which something is at stake stay open beyond the limit. */
  #closeOldest(): void {
    for (const one of [...this.#kept.values()].slice(0, -MOST_OPEN)) {
      if (one.atStake === null) this.#forget(one);
      else if (!one.outside) void one.flush().then(() => !one.atStake && this.#closeOldest());
    }
  }
  #forget(schema: OpenSchema): void {
    schema.dispose();
    this.#kept.delete(schema.id);
  }

  /** Reads the library from disk again. */
  async readList(): Promise<void> {
    try {
      this.#list = await api.schemas.list();
    } catch (error) {
      this.onError(error);
    }
  }

  /**
   * Makes a schema, opens it and shows the view.
   *
   * @returns its id
   * @throws what main refuses
   */
  async create(input: NewSchema): Promise<string> {
    const { name, text, source, description = '', strict = true, kind = 'format' } = input;
    const facts = { name: name.slice(0, 200), description, strict, kind };
    const note = noteOf(source);
    const { id } = await api.schemas.create({ ...facts, text, source, note });
    this.#app.show('schemas');
    await this.open(id);
    return id;
  }
  /** Shows the dialog that makes a schema. */
  askForNew(start: NewSchemaStart = {}): void {
    this.#app.show('schemas');
    this.asked = start;
    this.isAsking = true;
  }
  /** A new schema with nothing in it but what strict mode asks for. */
  async createBlank(): Promise<void> {
    try {
      await this.create({
        name: this.#freeName('schema'),
        text: BLANK,
        source: { kind: 'blank', detail: '' },
      });
    } catch (error) {
      this.onError(error);
    }
  }
  /** Opens the schema of the Compose view's request: the one in the library that it is, else a new one. */
  async openFromCompose(compose: Compose): Promise<void> {
    const { schema: text, schemaName: name, strict, schemaDescription: description } = compose;
    try {
      const known = await this.#findSame(name, text);
      if (known) {
        this.#app.show('schemas');
        await this.open(known);
      } else {
        const source = { kind: 'compose', detail: '' } as const;
        await this.create({ name, description, text, strict, source });
      }
    } catch (error) {
      this.onError(error);
    }
  }
  /** The schema of that name whose text says the same. */
  async #findSame(name: string, text: string): Promise<string | null> {
    for (const { id } of this.#list.filter((one) => one.name === name)) {
      const other = this.#kept.get(id)?.text ?? (await api.schemas.open({ id })).text;
      if (isSameJson(text, other)) return id;
    }
    return null;
  }
  /** Makes a schema of the text of one whose files are gone. */
  async saveAnew(schema: OpenSchema): Promise<void> {
    const { name, text, description, strict, kind, source } = schema;
    try {
      await this.create({ name, text, description, strict, kind, source });
      await this.#discard(schema.id);
    } catch (error) {
      this.onError(error);
    }
  }
  /** Closes a schema whose files are gone. */
  async letGo(schema: OpenSchema): Promise<void> {
    this.#current = null;
    await tick();
    await this.#discard(schema.id);
    await this.readList();
    this.start();
  }
  /** What was typed after the files were gone is all that is left of it on disk. */
  async #discard(id: string): Promise<void> {
    this.#kept.get(id)?.abandon();
    this.#kept.delete(id);
    await api.schemas.delete({ id }).catch(() => {});
  }
  #freeName(base: string): string {
    const taken = new Set(this.#list.map(({ name }) => name));
    let free = base;
    for (let count = 2; taken.has(free); count++) free = `${base}_${count}`;
    return free;
  }

  async duplicate(id: string): Promise<void> {
    try {
      await this.#kept.get(id)?.flush();
      const made = await api.schemas.duplicate({ id });
      await this.open(made.id);
    } catch (error) {
      this.onError(error);
    }
  }

  async rename(id: string, name: string): Promise<void> {
    this.renaming = null;
    const known = this.#list.find((one) => one.id === id);
    if (name === '' || known?.name === name) return;
    const kept = this.#kept.get(id);
    if (kept) kept.name = name;
    try {
      await (kept ? kept.flush() : api.schemas.describe({ id, patch: { name } }));
    } catch (error) {
      this.onError(error);
    }
  }

  /** Saves a version of the current schema, and says which. */
  async saveVersion(note = ''): Promise<void> {
    const schema = this.#current;
    if (!schema) return;
    const { notices } = this.#app;
    const name = schema.name || 'the schema';
    const before = schema.version;
    if (schema.fault) return this.sayFault(schema, 'A version has to be JSON');
    try {
      const number = await schema.saveVersion(note);
      notices.add(
        'note',
        number > before
          ? `Saved version ${number} of ${name}.`
          : `It is version ${number} already.`,
      );
    } catch (error) {
      this.onError(error);
    }
  }
  /** Says where a text is no JSON, and what to do; the cursor goes there. */
  sayFault(schema: OpenSchema, why: string): void {
    if (!schema.fault) return;
    const { line, column, message, offset } = schema.fault;
    this.#app.notices.add(
      'warning',
      `${why}: line ${line}, column ${column}: ${message}. Mend it there; the text is kept as a draft.`,
    );
    schema.select(offset, offset);
  }
  /**
   * Makes the current schema what a version of it is. The present state is saved before; undo, here and in
   * the editor, brings it back.
   */
  async restoreVersion(number: number): Promise<void> {
    const schema = this.#current;
    const version = schema?.versions.find((one) => one.number === number);
    if (!schema || !version) return;
    const { text: before, name, description, strict, kind } = schema;
    try {
      const text = await schema.versionText(number);
      // What is no JSON can be no version: undo has it.
      if (schema.isChanged && !schema.fault)
        await schema.saveVersion(`before restoring v${number}`);
      schema.setText(text);
      schema.describe(version);
      this.#app.undo.offer(
        `${version.name || 'The schema'} is version ${number} again.`,
        `restoring of version ${number}`,
        () => {
          schema.setText(before);
          schema.describe({ name, description, strict, kind });
        },
      );
    } catch (error) {
      this.onError(error);
    }
  }

  /** Lays the text of the current schema out; the order of its keys stays. */
  format(): void {
    const schema = this.#current;
    if (!schema) return;
    const { fault, text } = schema;
    if (fault)
      this.#app.notices.add('note', `It is not JSON: line ${fault.line}, column ${fault.column}.`);
    else schema.change(text, formatEdits(text), true);
  }

  /** Puts the current schema into the request of the Compose view, and shows that. */
  useInRequest(compose: Compose): void {
    const schema = this.#current;
    if (!schema) return;
    const { name, description, strict, kind, text } = schema;
    try {
      const before = compose.use({ name, description, strict, kind, text });
      this.#app.show('compose');
      this.#app.undo.offer(`${name} is in the request.`, `use of ${name} in the request`, () => {
        compose.text = before;
      });
    } catch (error) {
      this.onError(error);
    }
  }

  /** Moves a schema to the trash and opens the one beside it; undo brings it back. */
  async delete(id: string): Promise<void> {
    const at = this.#list.findIndex((one) => one.id === id);
    const gone = this.#list[at];
    if (!gone) return;
    const next = this.#list[at + 1] ?? this.#list[at - 1];
    try {
      const kept = this.#kept.get(id);
      await kept?.flush();
      if (kept?.atStake) {
        const what = `${kept.name || 'The schema'} can't be deleted: ${kept.atStake}.`;
        throw new Error(`${what} What you see here would be lost.`);
      }
      await api.schemas.delete({ id });
      const wasShown = this.shown === id;
      if (wasShown) this.#current = null;
      // Once no editor shows it.
      await tick();
      kept?.abandon();
      this.#kept.delete(id);
      if (wasShown && next) await this.open(next.id);
      const name = this.#list.find((one) => one.id === id)?.name ?? gone.name;
      this.#app.undo.offer(`Deleted ${name}.`, `deletion of ${name}`, () => void this.restore(id));
    } catch (error) {
      this.onError(error);
    }
  }
  async restore(id: string): Promise<void> {
    try {
      await api.schemas.restore({ id });
      this.#app.show('schemas');
      await this.open(id);
    } catch (error) {
      this.onError(error);
    }
  }

  /** Writes what is not on disk yet, of all that is open. */
  flush(): void {
    for (const schema of this.#kept.values()) void schema.flush();
  }
  /** Writes when the window is left or closed; looks at the disk when the person comes back. */
  listen(): void {
    window.addEventListener('pagehide', () => this.flush());
    window.addEventListener('blur', () => this.flush());
    window.addEventListener('focus', () => {
      if (this.#app.settings.values.view !== 'schemas') return;
      void this.readList();
      void this.#current?.reread();
    });
  }
}
