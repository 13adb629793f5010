import type { editor } from 'monaco-editor/editor';
import type { Target } from '../../src-core/strict-schema/targets.ts';
import type { KeptText } from './kept-text.ts';
import { LineCard } from './line-card.ts';
import { LOOK } from './look.ts';
import type { Monaco } from './monaco.ts';
import { type EditorProblem, forgetProblems, showProblems } from './problems.ts';
import { setSchemaTarget } from './schema-language.ts';
import { changeBetween, isSameJson, type TextChange } from './text-change.ts';

/** A range of the text that is marked; lines and columns count from 1, the end is exclusive. */
export interface Mark {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
  className: string;
}

/** A replacement: offsets in the text before any of those applied with it. */
export type { TextChange };

export interface TextEditorOptions {
  text: string;
  label: string;
  language: string;
  readOnly: boolean;
  placeholder: string;
  /** Where the model outlives the editor; null for a text that is gone with it. */
  kept: KeptText | null;
  /** What a person wrote. */
  onchange(text: string): void;
  /** The text as it stands, whoever changed it. */
  ontext(text: string): void;
  /** Where the cursor is, as an offset in the text. */
  oncursor(offset: number): void;
  /** The first line that shows, whenever it is another. */
  onscroll(topLine: number): void;
  onsubmit(): void;
}

/** Beyond this length colours, folding and wrapping cost more than they give. */
const LARGE = 1_000_000;

/** One Monaco editor with its model. */
export class TextEditor {
  readonly #monaco: Monaco;
  readonly #editor: editor.IStandaloneCodeEditor;
  #model: editor.ITextModel;
  readonly #marks: editor.IEditorDecorationsCollection;
  readonly #language: string;
  #text: string;
  readonly #ontext: (text: string) => void;
  readonly #options: TextEditorOptions;
  #kept: KeptText | null;
  #modelChanges: { dispose(): void };
  readonly #listening: { dispose(): void }[];
  #card: LineCard | null = null;
  #readOnly: boolean;
  #isLarge = false;
  #target: Target | null = null;
  #setting = false;

  constructor(monaco: Monaco, element: HTMLElement, options: TextEditorOptions) {
    this.#monaco = monaco;
    this.#text = withLineFeeds(options.text);
    this.#readOnly = options.readOnly;
    this.#language = options.language;
    this.#options = options;
    this.#kept = options.kept;
    this.#model = this.#modelOf(options.kept);
    this.#editor = monaco.editor.create(element, {
      ...LOOK,
      model: this.#model,
      ariaLabel: options.label,
      placeholder: options.placeholder,
    });
    this.#marks = this.#editor.createDecorationsCollection();
    this.#ontext = options.ontext;
    this.#modelChanges = this.#begin(options.text);
    this.#listening = [
      this.#editor.onDidScrollChange(({ scrollTopChanged }) => {
        if (scrollTopChanged) options.onscroll(this.topLine);
      }),
      this.#editor.onDidChangeCursorPosition(({ position }) =>
        options.oncursor(this.#model.getOffsetAt(position)),
      ),
    ];
    this.#editor.onKeyDown((event) => {
      const { F8 } = monaco.KeyCode;
      const isF8 = event.keyCode === F8 && !(event.ctrlKey || event.metaKey || event.altKey);
      // The card under the line says what Monaco's own box would say once more.
      if (isF8 && this.#card) {
        event.preventDefault();
        event.stopPropagation();
        this.#goToProblem(event.shiftKey ? -1 : 1);
      }
    });
    this.#editor.onKeyDown((event) => {
      if (event.keyCode !== monaco.KeyCode.Enter || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      options.onsubmit();
    });
  }

  /** What the text is kept in. */
  get kept(): KeptText | null {
    return this.#kept;
  }
  /** Goes on with another text, which has an undo history of its own. */
  switchTo(kept: KeptText, text: string): void {
    this.#leave();
    this.#kept = kept;
    this.#text = withLineFeeds(text);
    this.#model = this.#modelOf(kept);
    this.#editor.setModel(this.#model);
    this.#modelChanges = this.#begin(text);
  }

  /** The model that is kept, else a new one of the text. */
  #modelOf(kept: KeptText | null): editor.ITextModel {
    if (kept?.model) return kept.model;
    const uri = kept ? this.#monaco.Uri.parse(kept.uri) : undefined;
    const model = this.#monaco.editor.createModel(this.#text, 'plaintext', uri);
    model.setEOL(this.#monaco.editor.EndOfLineSequence.LF);
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    if (kept) kept.model = model;
    return model;
  }
  /** Brings a model that was kept up to the text, and listens to it. */
  #begin(text: string): { dispose(): void } {
    this.#text = this.#model.getValue();
    this.setText(text);
    if (this.#kept?.viewState) this.#editor.restoreViewState(this.#kept.viewState);
    this.#fit(true);
    if (this.#target) setSchemaTarget(this.#monaco, this.#model, this.#target);
    this.#options.ontext(this.#text);
    return this.#model.onDidChangeContent(() => {
      // An edit in a line above leaves its line and column, but not its offset.
      const cursor = this.#editor.getPosition();
      if (cursor) this.#options.oncursor(this.#model.getOffsetAt(cursor));
      if (this.#setting) return;
      this.#text = this.#model.getValue();
      this.#fit();
      this.#options.onchange(this.#text);
      this.#options.ontext(this.#text);
    });
  }
  #leave(): void {
    this.#modelChanges.dispose();
    this.#card?.show(null);
    forgetProblems(this.#model);
    if (this.#target) setSchemaTarget(this.#monaco, this.#model, null);
    if (this.#kept) this.#kept.viewState = this.#editor.saveViewState();
  }

  /**
   * Shows another text by replacing what differs, so that cursor and scroll position stay. Where
   * somebody is typing, a text that differs in layout only is not worth theirs.
   */
  setText(value: string): void {
    const text = withLineFeeds(value);
    if (text === this.#text) return;
    if (!this.#readOnly && this.#editor.hasTextFocus() && isSameJson(text, this.#text)) return;
    const change = changeBetween(this.#text, text)!;
    const start = this.#model.getPositionAt(change.start);
    const end = this.#model.getPositionAt(change.end);
    const edits = [{ range: this.#monaco.Range.fromPositions(start, end), text: change.text }];
    this.#setting = true;
    if (this.#readOnly) this.#model.applyEdits(edits);
    else {
      // A change from outside is a step of its own for undo.
      this.#model.pushStackElement();
      this.#model.pushEditOperations([], edits, () => null);
      this.#model.pushStackElement();
    }
    this.#setting = false;
    this.#text = text;
    this.#fit();
    this.#ontext(text);
  }

  setReadOnly(readOnly: boolean): void {
    if (readOnly === this.#readOnly) return;
    this.#readOnly = readOnly;
    this.#fit(true);
  }

  setMarks(marks: readonly Mark[]): void {
    if (marks.length === 0 && this.#marks.length === 0) return;
    this.#marks.set(
      marks.map((mark) => ({
        range: new this.#monaco.Range(
          mark.startLine,
          mark.startColumn,
          mark.endLine,
          mark.endColumn,
        ),
        options: { className: mark.className },
      })),
    );
  }

  /** Underlines what is wrong with a text, and offers its fixes; not if the text is another by now. */
  setProblems(text: string, problems: readonly EditorProblem[]): void {
    if (text === this.#text) showProblems(this.#monaco, this.#model, problems);
  }

  /** Makes changes, in one step that undo takes back; none if the text is another by now. */
  change(text: string, changes: readonly TextChange[], takesFocus = true): void {
    if (text !== this.#text || this.#readOnly) return;
    const edits = changes.map(({ start, end, text: made }) => ({
      range: this.#rangeOf(start, end),
      text: made,
    }));
    this.#editor.pushUndoStop();
    this.#editor.executeEdits('fix', edits);
    this.#editor.pushUndoStop();
    if (takesFocus) this.#editor.focus();
  }

  /** The first line that shows. */
  get topLine(): number {
    return this.#editor.getVisibleRanges()[0]?.startLineNumber ?? 1;
  }
  /** Scrolls a line to the top. */
  scrollTo(line: number): void {
    this.#editor.setScrollTop(this.#editor.getTopForLineNumber(line));
  }
  /** Runs an action of Monaco, such as `editor.foldAll`. */
  run(action: string): void {
    this.#editor.focus();
    void this.#editor.getAction(action)?.run();
  }

  /** Shows an element under a line; null takes it away. */
  setCard(element: HTMLElement, line: number | null): void {
    if (!this.#card) {
      this.#card = new LineCard(this.#editor, element);
      // It offers the same, over the text.
      const { Off } = this.#monaco.editor.ShowLightbulbIconMode;
      this.#editor.updateOptions({ lightbulb: { enabled: Off } });
    }
    this.#card.show(line);
  }

  /** Selects a range of offsets, shows it and puts the focus there, unless that is to stay. */
  select(start: number, end: number, takesFocus = true): void {
    const range = this.#rangeOf(start, end);
    this.#editor.setSelection(range);
    this.#editor.revealRangeInCenterIfOutsideViewport(range);
    if (takesFocus) this.#editor.focus();
  }
  /** Takes the last step back, or makes it once more; the focus stays where it is. */
  undo(isRedo = false): void {
    this.#editor.trigger('outline', isRedo ? 'redo' : 'undo', null);
  }
  /** Whose schema the text is: its keywords are completed and explained; null for any JSON. */
  setSchemaTarget(target: Target | null): void {
    if (target === this.#target) return;
    this.#target = target;
    setSchemaTarget(this.#monaco, this.#model, target);
    this.#editor.updateOptions({
      quickSuggestions: target ? { strings: true, other: true, comments: false } : false,
      suggestOnTriggerCharacters: target !== null,
    });
  }
  #rangeOf(start: number, end: number) {
    const from = this.#model.getPositionAt(start);
    return this.#monaco.Range.fromPositions(from, this.#model.getPositionAt(end));
  }

  /** Scrolls as little as shows the place: a long line is wrapped over many. */
  reveal(line: number, column: number): void {
    this.#editor.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column });
  }

  /** To the problem after the cursor or before it; round the end of the text. */
  #goToProblem(by: 1 | -1): void {
    const cursor = this.#editor.getPosition();
    if (!cursor) return;
    const offset = (line: number, column: number) =>
      this.#model.getOffsetAt({ lineNumber: line, column });
    const here = offset(cursor.lineNumber, cursor.column);
    const starts = this.#monaco.editor
      .getModelMarkers({ resource: this.#model.uri })
      .map(({ startLineNumber, startColumn }) => offset(startLineNumber, startColumn))
      .sort((a, b) => a - b);
    const next =
      by > 0
        ? (starts.find((start) => start > here) ?? starts[0])
        : (starts.filter((start) => start < here).at(-1) ?? starts.at(-1));
    if (next === undefined) return;
    const { lineNumber, column } = this.#model.getPositionAt(next);
    this.goTo(lineNumber, column);
  }
  /** Puts the cursor there. */
  goTo(line: number, column: number): void {
    this.#editor.setPosition({ lineNumber: line, column });
    this.#editor.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column });
    this.#editor.focus();
  }

  dispose(): void {
    this.#leave();
    for (const one of this.#listening) one.dispose();
    this.#card?.dispose();
    this.#editor.dispose();
    if (!this.#kept) this.#model.dispose();
  }

  /** Sets what depends on how much text there is and on whether it can be written. */
  #fit(always = false): void {
    const isLarge = this.#text.length > LARGE;
    if (!always && isLarge === this.#isLarge) return;
    this.#isLarge = isLarge;
    const isJson = this.#language === 'json';
    const language = isJson && this.#readOnly ? 'json-view' : this.#language;
    this.#monaco.editor.setModelLanguage(this.#model, isLarge ? 'plaintext' : language);
    this.#editor.updateOptions({
      folding: !isLarge,
      wordWrap: isLarge ? 'off' : 'on',
      matchBrackets: isLarge ? 'never' : 'always',
      readOnly: this.#readOnly,
      // Tab is of no use where nothing can be written; elsewhere Ctrl+M makes it move the focus.
      tabFocusMode: this.#readOnly,
    });
  }
}

/** The model has line feeds only, so that offsets in the text are offsets in the model. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
