import type { ExportProgress, ShareFormat } from '../../src-ipc/export-contract.ts';
import type { AppState } from '../state/app.svelte.ts';
import { ExportDialogState } from './export-dialog.svelte.ts';

/** Opens the dialog that exports captures, and hands on what main tells of it. */
export class Exports {
  readonly #app: AppState;
  #dialog: ExportDialogState | null = null;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** What the dialog is about; null where none was open yet. */
  get dialog(): ExportDialogState | null {
    return this.#dialog;
  }

  /** Opens the dialog with a capture of the list. @param format left out: the one that was chosen last */
  ask(capture: string, format?: ShareFormat): void {
    this.#dialog = new ExportDialogState(this.#app, capture);
    if (format) this.#dialog.choose(format);
    this.#app.overlay = 'export';
  }

  take(progress: ExportProgress): void {
    this.#dialog?.take(progress);
  }
}
