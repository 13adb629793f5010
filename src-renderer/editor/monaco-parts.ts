/** The parts of Monaco that the app uses. Imported only by `monaco.ts`, lazily. */
import { formatEdits } from '../../src-core/format-json.ts';
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/languages/definitions/python/register';
import 'monaco-editor/languages/definitions/shell/register';
import 'monaco-editor/languages/definitions/typescript/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
// All features, though the app uses some: the JSON mode imports them all, late, and what registers
// after the first editor was made breaks the next one ("UNKNOWN service ICodeLensCache").
import 'monaco-editor/features/register.all';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
};

jsonDefaults.setDiagnosticsOptions({
  validate: true,
  allowComments: false,
  enableSchemaRequest: false,
});
jsonDefaults.setModeConfiguration({
  ...jsonDefaults.modeConfiguration,
  colors: false,
  // Its layout gives every value a line of its own.
  documentFormattingEdits: false,
  documentRangeFormattingEdits: false,
});
monaco.languages.registerDocumentFormattingEditProvider('json', {
  displayName: 'Deltascope',
  provideDocumentFormattingEdits(model) {
    return formatEdits(model.getValue()).map(({ start, end, text }) => ({
      range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
      text,
    }));
  },
});

/**
 * JSON that is only looked at: the colours without the language service, whose worker would follow
 * every move of the playhead.
 */
export const JSON_VIEW = 'json-view';
monaco.languages.register({ id: JSON_VIEW });
monaco.languages.setLanguageConfiguration(JSON_VIEW, {
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
});
monaco.languages.setMonarchTokensProvider(JSON_VIEW, {
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'string.key'],
      [/"(?:[^"\\]|\\.)*"?/, 'string.value'],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/true|false|null/, 'keyword'],
      [/[{}[\],:]/, 'delimiter'],
    ],
  },
});

export { monaco };
