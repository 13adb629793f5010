import type { Problem } from '../../src-core/problem.ts';
import type { MenuEntry } from '../shell/Menu.svelte';
import type { AppState, Session } from '../state/app.svelte.ts';
import { key } from '../state/format.ts';
import { problemAsText } from './problem-text.ts';

/** What can be done with a problem. */
export function problemMenu(
  app: AppState,
  session: Session,
  problem: Problem,
  explain: () => void,
): MenuEntry[] {
  return [
    {
      label: 'Copy the problem',
      keys: key('c'),
      run: () => app.copy(problemAsText(problem), 'Copied the problem.'),
    },
    'separator',
    ...ruleMenu(app, session, problem.rule, explain),
  ];
}

/** What can be done with a rule that problems were found by. */
export function ruleMenu(
  app: AppState,
  session: Session,
  rule: string,
  explain: () => void,
): MenuEntry[] {
  const { listed, view, filter } = session;
  const isOnly = listed.rule === rule;
  const silencing: MenuEntry[] =
    view.problems.silencedBy(rule) === null
      ? [
          {
            label: `Silence ${rule} in this capture`,
            keys: key('Delete'),
            run: () => app.silencing.silence(rule, 'capture'),
          },
          {
            label: `Silence ${rule} everywhere`,
            run: () => app.silencing.silence(rule, 'everywhere'),
          },
        ]
      : [{ label: `Tell of ${rule} again`, run: () => app.silencing.takeBack(rule) }];
  return [
    { label: `Explain ${rule}`, keys: key('i'), run: explain },
    {
      label: isOnly ? 'List all rules' : `List only ${rule}`,
      run: () => (listed.rule = isOnly ? null : rule),
    },
    { label: `Filter events: problem:${rule}`, run: () => (filter.query = `problem:${rule}`) },
    'separator',
    ...silencing,
  ];
}
