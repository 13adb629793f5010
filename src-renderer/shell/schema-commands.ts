import { TYPE_LANGUAGES, type TypeLanguage } from '../../src-core/type-code/languages.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

const LANGUAGE_NAMES: Record<TypeLanguage, string> = {
  typescript: 'TypeScript',
  zod: 'Zod',
  pydantic: 'Pydantic',
  'json-schema': 'JSON Schema',
};

/** What takes a schema home. */
export function schemaCommands(app: AppState): Given[] {
  const isEnabled = () => app.workbench.list.length > 0;
  const show = (pane: string, place = 'middle') => {
    app.show('schemas');
    app.workbench.showPane(place, pane);
  };
  return [
    ...TYPE_LANGUAGES.map((typeLanguage) => ({
      id: `schema-types-${typeLanguage}`,
      title: `Show the schema as ${LANGUAGE_NAMES[typeLanguage]}`,
      isEnabled,
      run: () => {
        app.settings.set({ typeLanguage });
        show('types');
      },
    })),
    {
      id: 'schema-request',
      title: "Show the schema's request as code",
      isEnabled,
      run: () => show('request'),
    },
    {
      id: 'schema-compare',
      title: 'Compare versions of the schema',
      isEnabled,
      run: () => show('compare', 'lower'),
    },
  ];
}
