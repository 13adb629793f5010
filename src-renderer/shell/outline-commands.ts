import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** The outline of the schema that is open. */
export function outlineCommands(app: AppState): Given[] {
  const isEnabled = () => app.view === 'schemas' && app.workbench.outline.isCurrent;
  const shown = (run: () => void) => () => {
    app.workbench.showPane('side', 'outline');
    run();
  };
  return [
    {
      id: 'add-property',
      title: 'Add a property to the schema',
      isEnabled,
      run: shown(() => app.workbench.outline.addProperty()),
    },
    {
      id: 'add-definition',
      title: 'Add a definition to the schema',
      isEnabled,
      run: shown(() => app.workbench.outline.addDefinition()),
    },
    {
      id: 'focus-outline',
      title: 'Go to the outline of the schema',
      isEnabled,
      run: shown(() => app.workbench.outline.focus()),
    },
  ];
}
