import { editSchemaOf } from '../schemas/edit-schema.ts';
import { WAYS } from '../schemas/new/way-list.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** Making schemas, and opening those of captures. */
export function newSchemaCommands(app: AppState): Given[] {
  const { workbench } = app;
  const id = app.session?.view.id;
  return [
    {
      id: 'new-schema',
      title: 'New schema',
      keys: ['Mod+N'],
      view: 'schemas',
      run: () => workbench.askForNew(),
    },
    ...WAYS.map((way) => ({
      id: `new-schema-${way.id}`,
      title: `New schema: ${way.name}`,
      run: () => workbench.askForNew({ way: way.id }),
    })),
    {
      id: 'edit-schema',
      title: 'Edit the schema of the capture',
      isEnabled: () => id !== undefined,
      run: () => {
        if (id !== undefined) void editSchemaOf(app, id);
      },
    },
  ];
}
