import type { editor, languages } from 'monaco-editor/editor';
import type { Monaco } from './monaco.ts';
import type { TextChange } from './text-change.ts';

/** Something wrong in an editor's text, with its quick fixes. */
export interface EditorProblem {
  /** Offsets in the text. */
  start: number;
  end: number;
  severity: 'error' | 'warning' | 'note';
  message: string;
  code: string;
  fixes: readonly EditorFix[];
  /** Mends all problems at once; null where only this one can be. */
  fixAll: (() => void) | null;
}
export interface EditorFix {
  title: string;
  changes(): readonly TextChange[];
}

const OWNER = 'deltascope';
const FIX_ALL = 'deltascope.fixAll';
const shown = new Map<
  editor.ITextModel,
  { problem: EditorProblem; marker: editor.IMarkerData }[]
>();
let provider: { dispose(): void } | null = null;

/** Underlines problems; F8 goes from one to the next, Ctrl+. offers the quick fixes. */
export function showProblems(
  monaco: Monaco,
  model: editor.ITextModel,
  problems: readonly EditorProblem[],
): void {
  provider ??= provideFixes(monaco);
  const rows = problems.map((problem) => ({ problem, marker: markerOf(monaco, model, problem) }));
  shown.set(model, rows);
  monaco.editor.setModelMarkers(
    model,
    OWNER,
    rows.map(({ marker }) => marker),
  );
}

export function forgetProblems(model: editor.ITextModel): void {
  shown.delete(model);
}

function markerOf(
  monaco: Monaco,
  model: editor.ITextModel,
  { start, end, severity, message, code }: EditorProblem,
): editor.IMarkerData {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  const { Error, Warning, Hint } = monaco.MarkerSeverity;
  return {
    severity: { error: Error, warning: Warning, note: Hint }[severity],
    message,
    code,
    source: 'strict mode',
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

/** The edits of an action are worked out when it is chosen. */
interface LazyAction extends languages.CodeAction {
  model: editor.ITextModel;
  fix: EditorFix;
}

function provideFixes(monaco: Monaco): { dispose(): void } {
  monaco.editor.registerCommand(FIX_ALL, (_accessor, run: () => void) => run());
  return monaco.languages.registerCodeActionProvider(
    'json',
    {
      provideCodeActions(model, range) {
        const touched = (shown.get(model) ?? []).filter(({ marker }) =>
          monaco.Range.areIntersectingOrTouching(range, marker),
        );
        const actions: languages.CodeAction[] = touched.flatMap(({ problem, marker }) =>
          problem.fixes.map((fix, at): LazyAction => {
            const title = `${problem.code}: ${fix.title}`;
            const common = { kind: 'quickfix', diagnostics: [marker], isPreferred: at === 0 };
            return { title, ...common, model, fix };
          }),
        );
        const fixAll = touched[0]?.problem.fixAll;
        if (fixAll)
          actions.push({
            title: 'Fix all …',
            kind: 'quickfix',
            command: { id: FIX_ALL, title: 'Fix all', arguments: [fixAll] },
          });
        return { actions, dispose() {} };
      },
      resolveCodeAction(action) {
        const { model, fix } = action as LazyAction;
        if (!fix) return action;
        const edits = fix.changes().map(({ start, end, text }) => ({
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: {
            range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
            text,
          },
        }));
        return { ...action, edit: { edits } };
      },
    },
    { providedCodeActionKinds: ['quickfix'] },
  );
}
