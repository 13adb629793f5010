import type { editor } from 'monaco-editor/editor';

/**
 * What outlives an editor: the model with its undo history, and where the person was in it. An editor
 * that is given one makes the model, or goes on with the one that is there.
 */
export class KeptText {
  /** Names the model to what Monaco provides by file name: schemas, completion, hovers. */
  readonly uri: string;
  model: editor.ITextModel | null = null;
  viewState: editor.ICodeEditorViewState | null = null;

  constructor(uri: string) {
    this.uri = uri;
  }

  /** To be called when no editor shows it any more. */
  dispose(): void {
    this.model?.dispose();
    this.model = null;
    this.viewState = null;
  }
}
