import { tick } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Outline, OutlineRow } from '../../../src-core/outline/row.ts';
import type { Edited, EditOptions } from '../../../src-core/outline/schema-spot.ts';
import { shownText } from '../../../src-core/shown-name.ts';
import { addDefinition, extractDefinition } from '../../../src-core/outline/definition-edits.ts';
import { renameSchema } from '../../../src-core/outline/name-edits.ts';
import type { NewType } from '../../../src-core/outline/new-schema.ts';
import { moveSchema } from '../../../src-core/outline/order-edits.ts';
import {
  addBranch,
  addProperty,
  duplicateSchema,
  removeSchema,
  setRequired,
} from '../../../src-core/outline/property-edits.ts';
import { changeType, setNullable } from '../../../src-core/outline/type-edits.ts';
import type { Linted } from '../../lint/linter.svelte.ts';
import type { OpenSchema } from '../open-schema.svelte.ts';
import { OutlineReader } from './outline-reader.svelte.ts';
import { isFoldable, isFoldedAtFirst, problemsByRow, shownRows } from './outline-rows.ts';

/** What the outline needs to know of the workbench. */
export interface OutlineHost {
  readonly current: OpenSchema | null;
  readonly lint: { readonly target: string; readonly linted: Linted | null };
}

/** The outline of the current schema: what shows of it, what is selected, and its edits. */
export class OutlineState {
  readonly #host: OutlineHost;
  readonly #reader = new OutlineReader();
  /** Pointers of rows that are folded or not, other than at first. */
  readonly #folds = new SvelteMap<string, boolean>();
  #selected = $state('');
  #schema: OpenSchema | null = null;
  /** Where the outline itself put the cursor last: that says nothing of what is looked at. */
  #pointed = -1;
  /** The pointer of the row whose name is being written. */
  renaming = $state<string | null>(null);
  /** Why the last edit could not be made. */
  refusal = $state('');

  readonly outline: Outline | null = $derived.by(() => this.#reader.outline);
  readonly rows: readonly OutlineRow[] = $derived.by(() =>
    this.outline ? shownRows(this.outline, (row) => this.isFolded(row)) : [],
  );
  readonly problems = $derived.by(() =>
    this.outline ? problemsByRow(this.outline, this.#host.lint.linted) : new Map<never, never>(),
  );
  /** The selected row, or what is left around it; the root where nothing is selected. */
  readonly selected: OutlineRow | null = $derived.by(() => {
    const { outline } = this;
    if (!outline) return null;
    let pointer = this.#selected;
    for (;;) {
      const row = outline.at(pointer);
      if (row) return row;
      pointer = pointer.slice(0, pointer.lastIndexOf('/'));
    }
  });

  constructor(host: OutlineHost) {
    this.#host = host;
  }

  get schema(): OpenSchema | null {
    return this.#host.current;
  }
  get isStrict(): boolean {
    return this.#host.lint.target !== 'json-schema';
  }
  get options(): EditOptions {
    return { isStrict: this.isStrict };
  }
  /** Whether the outline is of the text as it is: else nothing can be edited by it. */
  get isCurrent(): boolean {
    return this.schema !== null && !this.schema.fault && this.outline !== null;
  }
  /** What the definitions are called, with their pointers. */
  readonly definitions: readonly OutlineRow[] = $derived.by(
    () =>
      this.outline?.rows.filter(({ kind, depth }) => kind === 'definition' && depth === 1) ?? [],
  );

  /** To be called in an effect: reads the newest text. */
  update(): void {
    const { schema } = this;
    if (schema !== this.#schema) {
      this.#schema = schema;
      this.#reader.clear();
      this.#folds.clear();
      this.#selected = '';
      this.renaming = null;
      this.refusal = '';
      this.#pointed = schema?.cursor ?? -1;
    }
    // Of a draft that is no JSON there is no outline: the newest text that was has one.
    if (schema) this.#reader.read(schema.fault ? schema.good : schema.text);
  }
  /** To be called in an effect: selects what the cursor of the text is in. */
  followCursor(): void {
    const { schema, outline } = this;
    const cursor = schema?.cursor ?? -1;
    if (!outline || outline.text !== schema?.text || cursor === this.#pointed) return;
    this.#pointed = cursor;
    const { pointer } = outline.rowAt(cursor);
    this.#selected = pointer;
    this.#unfoldAround(pointer);
  }

  isFolded(row: OutlineRow): boolean {
    return this.#folds.get(row.pointer) ?? isFoldedAtFirst(row);
  }
  fold(row: OutlineRow, isFolded: boolean): void {
    if (isFoldable(row)) this.#folds.set(row.pointer, isFolded);
  }
  #unfoldAround(pointer: string): void {
    const { outline } = this;
    const row = outline?.at(pointer);
    if (!outline || !row) return;
    for (let at = outline.rows[row.parent]; at && at.kind !== 'root'; at = outline.rows[at.parent])
      if (this.isFolded(at)) this.fold(at, false);
  }

  /** Puts the focus into the tree, once it shows. */
  focus(): void {
    void tick().then(() => document.getElementById('outline')?.focus());
  }

  /** Selects a row, and its text in the editor, which gets no focus. */
  select(pointer: string): void {
    this.#selected = pointer;
    this.refusal = '';
    this.#unfoldAround(pointer);
    this.#point();
  }
  #point(): void {
    const { schema, outline } = this;
    const row = outline?.at(this.#selected);
    if (!schema || !row || outline?.text !== schema.text) return;
    if (row.kind !== 'root') schema.editor?.point(row.start, row.end);
    this.#pointed = schema.cursor;
  }
  /** Puts the cursor of the editor at a row. */
  goToText(row: OutlineRow): void {
    if (this.outline?.text !== this.schema?.text) return;
    this.#pointed = row.end;
    this.schema?.select(row.start, row.end);
  }
  /** Selects a row that is so many rows away among those that show. */
  step(by: number): void {
    const { rows, selected } = this;
    const at = selected ? rows.indexOf(selected) : -1;
    const goal = rows[Math.max(0, Math.min(at + by, rows.length - 1))];
    if (goal) this.select(goal.pointer);
  }

  /** Applies an edit in one step for undo and selects what it made; a refusal is said instead. */
  apply(edit: (text: string, options: EditOptions) => Edited): boolean {
    const { schema } = this;
    if (!schema || !this.isCurrent) return false;
    const edited = edit(schema.text, this.options);
    if ('refusal' in edited) {
      this.refusal = edited.refusal;
      return false;
    }
    this.refusal = '';
    schema.change(schema.text, edited.edits);
    this.#pointed = schema.cursor;
    this.#reader.read(schema.text);
    this.select(edited.pointer);
    return true;
  }
  /** Takes the last change of the text back, or makes it once more. */
  undo(): void {
    this.schema?.editor?.undo();
    this.#pointed = this.schema?.cursor ?? -1;
  }
  redo(): void {
    this.schema?.editor?.redo();
    this.#pointed = this.schema?.cursor ?? -1;
  }

  /** Adds a property behind the selected one, or within what is selected and is none; names it then. */
  addProperty(): void {
    const { outline, selected } = this;
    if (!outline || !selected) return;
    if (selected.kind === 'property') {
      const around = outline.rows[selected.parent]!;
      return this.#add(around, selected.place + 1);
    }
    if (selected.kind === 'definitions') return this.addDefinition();
    for (let row: OutlineRow | undefined = selected; row; row = outline.rows[row.parent])
      if (row.isObject || row.kind === 'root') return this.#add(row);
  }
  /** Adds a property to an object, a branch to a union, a definition to the definitions. */
  addInside(row: OutlineRow): void {
    if (row.kind === 'definitions') this.addDefinition();
    else if (row.type === 'union') this.apply((text) => addBranch(text, row.pointer));
    else this.#add(row);
  }
  #add({ pointer }: OutlineRow, at = Infinity): void {
    const isAdded = this.apply((text, options) => addProperty(text, pointer, { at }, options));
    if (isAdded) this.renaming = this.#selected;
  }
  addDefinition(): void {
    if (this.apply((text, options) => addDefinition(text, {}, options)))
      this.renaming = this.#selected;
  }
  /** Why a row can't be called that; empty where it can. */
  nameFault({ name: now, kind, parent }: OutlineRow, name: string): string {
    if (name === now) return '';
    if (name === '') return 'It needs a name.';
    const { outline } = this;
    const around = outline?.rows[parent];
    const isTaken =
      around &&
      outline.childrenOf(around).some((at) => {
        const other = outline.rows[at]!;
        return other.kind === kind && other.name === name;
      });
    return isTaken ? `There is a ${kind} "${shownText(name)}" already.` : '';
  }
  rename({ pointer }: OutlineRow, name: string): boolean {
    return this.apply((text) => renameSchema(text, pointer, name));
  }
  remove({ pointer }: OutlineRow): void {
    this.apply((text, options) => removeSchema(text, pointer, options));
  }
  duplicate({ pointer }: OutlineRow): void {
    const isMade = this.apply((text, options) => duplicateSchema(text, pointer, options));
    const made = this.selected;
    if (isMade && made && canRename(made)) this.renaming = made.pointer;
  }
  move({ pointer }: OutlineRow, to: number): void {
    this.apply((text) => moveSchema(text, pointer, to));
  }
  setType({ pointer }: OutlineRow, type: NewType | { ref: string }): void {
    this.apply((text, options) => changeType(text, pointer, type, options));
  }
  setNullable({ pointer }: OutlineRow, canBeNull: boolean): void {
    this.apply((text) => setNullable(text, pointer, canBeNull));
  }
  setRequired({ pointer }: OutlineRow, isRequired: boolean): void {
    this.apply((text) => setRequired(text, pointer, isRequired));
  }
  extract(row: OutlineRow): void {
    const { outline } = this;
    // What has no name of its own is called by what it is in.
    let named: OutlineRow | undefined = row;
    while (named && !canRename(named)) named = outline?.rows[named.parent];
    const name = `${named?.name ?? ''}${named === row ? '' : '_item'}`;
    this.apply((text) => extractDefinition(text, row.pointer, name));
  }
}

export function canRename({ kind }: OutlineRow): boolean {
  return kind === 'property' || kind === 'definition';
}
export function canMove({ kind, siblings }: OutlineRow): boolean {
  return siblings > 1 && ['property', 'definition', 'branch', 'place'].includes(kind);
}
/** Whether something can be added within a row. */
export function takesMore({ isObject, type, kind }: OutlineRow): boolean {
  return isObject || type === 'union' || kind === 'definitions';
}
/** What adding within it is called. */
export function insideOf({ kind, type }: OutlineRow): string {
  if (kind === 'definitions') return 'Add a definition';
  return type === 'union' ? 'Add a branch' : 'Add a property inside';
}
