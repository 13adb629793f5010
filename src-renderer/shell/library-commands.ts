import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** What can be done in the Schemas view. */
export function libraryCommands(app: AppState): Given[] {
  const { workbench } = app;
  const schema = workbench.current;
  const name = schema?.name || 'the schema';
  const ofSchema = {
    view: 'schemas',
    isEnabled: () => app.view === 'schemas' && schema !== null,
  } as const;
  return [
    {
      id: 'save-version',
      title: `Save a version of ${name}`,
      keys: ['Mod+S'],
      ...ofSchema,
      run: () => void workbench.saveVersion(),
    },
    {
      id: 'show-history',
      title: 'Show the history of the schema',
      ...ofSchema,
      run: () => workbench.showPane('middle', 'history'),
    },
    {
      id: 'format-schema',
      title: 'Format the schema',
      keys: ['Shift+Alt+F'],
      ...ofSchema,
      run: () => workbench.format(),
    },
    {
      id: 'fix-all',
      title: 'Fix all problems of the schema',
      ...ofSchema,
      isEnabled: () => ofSchema.isEnabled() && workbench.lint.canFix,
      run: () => workbench.lint.showPreview(),
    },
    {
      id: 'use-in-request',
      title: `Use ${name} in the request`,
      ...ofSchema,
      run: () => workbench.useInRequest(app.compose),
    },
    {
      id: 'rename-schema',
      title: `Rename schema ${name}`,
      keys: ['F2'],
      ...ofSchema,
      run: () => (workbench.renaming = schema?.id ?? null),
    },
    {
      id: 'duplicate-schema',
      title: `Duplicate schema ${name}`,
      ...ofSchema,
      run: () => {
        if (schema) void workbench.duplicate(schema.id);
      },
    },
    {
      id: 'delete-schema',
      title: `Delete schema ${name}`,
      ...ofSchema,
      run: () => {
        if (schema) void workbench.delete(schema.id);
      },
    },
  ];
}
