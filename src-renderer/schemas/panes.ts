import type { Component } from 'svelte';
import type { AppState } from '../state/app.svelte.ts';
import LiveOutput from '../runs/LiveOutput.svelte';
import RunBar from '../runs/RunBar.svelte';
import RunsActions from '../runs/RunsActions.svelte';
import RunsTable from '../runs/RunsTable.svelte';
import CompareActions from './CompareActions.svelte';
import CompareVersions from './CompareVersions.svelte';
import HistoryTab from './HistoryTab.svelte';
import OutlineActions from './outline/OutlineActions.svelte';
import OutlinePane from './outline/OutlinePane.svelte';
import ProblemActions from './ProblemActions.svelte';
import ProblemsPane from './ProblemsPane.svelte';
import SchemaState from './SchemaState.svelte';
import RequestTab from './RequestTab.svelte';
import SchemaTab from './SchemaTab.svelte';
import TypesTab from './TypesTab.svelte';

/**
 * A tab of the Schemas view. Its component gets nothing: it calls `useApp()` and looks at
 * `app.workbench.current`, which is never null while it shows.
 */
export interface Pane {
  /** At most 40 characters; the settings remember it. */
  id: string;
  name: string;
  component: Component;
  /** A number beside the name; null for none. */
  count?: (app: AppState) => number | null;
  /** Stands at the right of the row of tabs while the pane shows: buttons, a state. */
  actions?: Component;
}

/** Where panes are: each place is a row of tabs. A place without panes is not there. */
export interface PanePlaces {
  /** Beside the list. */
  middle: readonly Pane[];
  /** Below it. */
  problems: readonly Pane[];
  /** At the right. */
  side: readonly Pane[];
  /** Below that. */
  lower: readonly Pane[];
}
export type PanePlace = keyof PanePlaces;

export const PANES: PanePlaces = {
  middle: [
    { id: 'schema', name: 'Schema', component: SchemaTab, actions: SchemaState },
    { id: 'types', name: 'Types', component: TypesTab },
    { id: 'request', name: 'Request', component: RequestTab },
    { id: 'history', name: 'History', component: HistoryTab, actions: SchemaState },
  ],
  problems: [
    {
      id: 'problems',
      name: 'Problems',
      component: ProblemsPane,
      actions: ProblemActions,
      // Without errors and warnings there is no number: "0" above notes would deny them.
      count: ({ workbench: { lint, current } }) =>
        current?.fault
          ? 1
          : lint.counts.reduce(
              (sum, { severity, count }) => (severity === 'note' ? sum : sum + count),
              0,
            ) || null,
    },
  ],
  side: [
    { id: 'outline', name: 'Outline', component: OutlinePane, actions: OutlineActions },
    { id: 'live', name: 'Live output', component: LiveOutput },
  ],
  lower: [
    {
      id: 'runs',
      name: 'Runs',
      component: RunsTable,
      actions: RunsActions,
      count: ({ runs }) => runs.rows.length || null,
    },
    {
      id: 'compare',
      name: 'Compare versions',
      component: CompareVersions,
      actions: CompareActions,
    },
  ],
};

/** What runs the schema: stands at the right of the toolbar. */
export const runBar: Component | null = RunBar;
