import type { editor } from 'monaco-editor/editor';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import { metaSchema } from '../../src-core/strict-schema/meta-schema.ts';
import type { Target } from '../../src-core/strict-schema/targets.ts';
import type { Monaco } from './monaco.ts';
import { proposalsAt } from './schema-proposals.ts';

/** What draft a schema may say it is written in: known, so that nothing is looked for elsewhere. */
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** The target of each model that holds a schema. */
const targets = new Map<editor.ITextModel, Target>();
let provider: { dispose(): void } | null = null;
let told = '';

/**
 * Lets an editor's model be a schema for a target: Monaco completes, explains and validates its keywords.
 * Null makes it any JSON again. The JSON worker starts anew when what it knows changes.
 */
export function setSchemaTarget(
  monaco: Monaco,
  model: editor.ITextModel,
  target: Target | null,
): void {
  provider ??= provideProposals(monaco);
  if (target) targets.set(model, target);
  else targets.delete(model);
  const schemas = [...new Set(targets.values())].map((one) => ({
    uri: `deltascope://schemas/${one}`,
    fileMatch: [...targets].filter(([, its]) => its === one).map(([{ uri }]) => uri.toString()),
    schema: metaSchema(one),
  }));
  const now = JSON.stringify(schemas.map(({ uri, fileMatch }) => [uri, fileMatch]));
  if (now === told) return;
  told = now;
  const draft = { uri: DRAFT, schema: metaSchema(target ?? 'json-schema') };
  jsonDefaults.setDiagnosticsOptions({
    ...jsonDefaults.diagnosticsOptions,
    schemaValidation: 'error',
    schemaRequest: 'ignore',
    schemas: [...schemas, draft],
  });
}

function provideProposals(monaco: Monaco): { dispose(): void } {
  return monaco.languages.registerCompletionItemProvider('json', {
    triggerCharacters: ['"'],
    provideCompletionItems(model, position) {
      if (!targets.has(model)) return { suggestions: [] };
      const proposals = proposalsAt(model.getValue(), model.getOffsetAt(position));
      return {
        suggestions: proposals.map(({ label, detail, insert, start, end }) => ({
          label,
          detail,
          kind: monaco.languages.CompletionItemKind.Reference,
          insertText: insert,
          // Before what the worker knows.
          sortText: `!${label}`,
          range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
        })),
      };
    },
  });
}
