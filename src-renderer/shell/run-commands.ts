import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** Trying the schema that is worked on. */
export function runCommands(app: AppState): Given[] {
  const { runs, workbench, session } = app;
  const hasSchema = workbench.current !== null;
  const open = session?.view;
  return [
    {
      id: 'run-schema',
      title: 'Run the schema',
      keys: ['Mod+Enter'],
      view: 'schemas',
      isEnabled: () => hasSchema && !runs.isRunning,
      run: () => void runs.start(),
    },
    {
      id: 'stop-runs',
      title: 'Stop the runs',
      isEnabled: () => runs.isRunning,
      run: () => void runs.stop(),
    },
    {
      id: 'run-options',
      title: 'Options of the run: endpoint, model, answer, limits',
      isEnabled: () => hasSchema,
      run: () => {
        app.show('schemas');
        runs.showsOptions = true;
      },
    },
    {
      id: 'check-open-capture',
      title: 'Check the open capture by the schema',
      isEnabled: () => hasSchema && open !== undefined && open.ended,
      run: () => {
        if (!open) return;
        app.show('schemas');
        void runs.check(open.id);
      },
    },
    {
      id: 'check-run',
      title: 'Check the chosen run by the schema as it is now',
      isEnabled: () => hasSchema && runs.current !== null,
      run: () => void (runs.current && runs.check(runs.current.capture)),
    },
    {
      id: 'export-runs',
      title: 'Export the runs as CSV',
      isEnabled: () => runs.shownRows.length > 0,
      run: () => void runs.exportCsv(),
    },
    pane('live', 'Live output of the schema', 'side'),
    pane('runs', 'Runs of the schema', 'lower'),
  ];

  function pane(id: string, title: string, place: string): Given {
    return {
      id: `pane-${id}`,
      title,
      isEnabled: () => hasSchema,
      run: () => {
        app.show('schemas');
        workbench.showPane(place, id);
      },
    };
  }
}
