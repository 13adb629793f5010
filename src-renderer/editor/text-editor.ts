import type { editor } from 'monaco-editor/editor';
import type { Monaco } from './monaco.ts';
import { changeBetween, isSameJson } from './text-change.ts';

/** A range of the text that is marked; lines and columns count from 1, the end is exclusive. */
export interface Mark {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
  className: string;
}

export interface TextEditorOptions {
  text: string;
  label: string;
  language: string;
  readOnly: boolean;
  placeholder: string;
  onchange(text: string): void;
  onsubmit(): void;
}

/** Beyond this length colours, folding and wrapping cost more than they give. */
const LARGE = 1_000_000;

/** One Monaco editor with its model. */
export class TextEditor {
  readonly #monaco: Monaco;
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #model: editor.ITextModel;
  readonly #marks: editor.IEditorDecorationsCollection;
  readonly #language: string;
  #text: string;
  #readOnly: boolean;
  #isLarge = false;
  #setting = false;

  constructor(monaco: Monaco, element: HTMLElement, options: TextEditorOptions) {
    this.#monaco = monaco;
    this.#text = withLineFeeds(options.text);
    this.#readOnly = options.readOnly;
    this.#language = options.language;
    this.#model = monaco.editor.createModel(this.#text, 'plaintext');
    this.#model.setEOL(monaco.editor.EndOfLineSequence.LF);
    this.#model.updateOptions({ tabSize: 2, insertSpaces: true });
    this.#editor = monaco.editor.create(element, {
      ...LOOK,
      model: this.#model,
      ariaLabel: options.label,
      placeholder: options.placeholder,
    });
    this.#marks = this.#editor.createDecorationsCollection();
    this.#fit(true);
    this.#model.onDidChangeContent(() => {
      if (this.#setting) return;
      this.#text = this.#model.getValue();
      this.#fit();
      options.onchange(this.#text);
    });
    this.#editor.onKeyDown((event) => {
      if (event.keyCode !== monaco.KeyCode.Enter || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      options.onsubmit();
    });
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

  /** Scrolls as little as shows the place: a long line is wrapped over many. */
  reveal(line: number, column: number): void {
    this.#editor.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column });
  }

  /** Puts the cursor there. */
  goTo(line: number, column: number): void {
    this.#editor.setPosition({ lineNumber: line, column });
    this.#editor.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column });
    this.#editor.focus();
  }

  dispose(): void {
    this.#editor.dispose();
    this.#model.dispose();
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

const LOOK: editor.IStandaloneEditorConstructionOptions = {
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSize: 12,
  lineHeight: 19,
  fontLigatures: false,
  minimap: { enabled: false },
  automaticLayout: true,
  scrollBeyondLastLine: false,
  padding: { top: 8, bottom: 8 },
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 4,
  glyphMargin: false,
  renderLineHighlight: 'all',
  renderLineHighlightOnlyWhenFocus: true,
  renderControlCharacters: true,
  roundedSelection: false,
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollbar: { useShadows: false, verticalScrollbarSize: 11, horizontalScrollbarSize: 11 },
  guides: { indentation: false },
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  stickyScroll: { enabled: false },
  colorDecorators: false,
  links: false,
  codeLens: false,
  quickSuggestions: false,
  suggestOnTriggerCharacters: false,
  wordBasedSuggestions: 'off',
  parameterHints: { enabled: false },
  inlineSuggest: { enabled: false },
  unusualLineTerminators: 'off',
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
  // Dropped files belong to the window.
  dragAndDrop: false,
  dropIntoEditor: { enabled: false },
  pasteAs: { enabled: false },
  fixedOverflowWidgets: true,
  wrappingIndent: 'indent',
};
