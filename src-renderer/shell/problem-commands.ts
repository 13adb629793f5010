import { queryOf } from '../problems/problem-query.ts';
import { problemsAsTable, problemsAsText } from '../problems/problem-text.ts';
import type { AppState, Session } from '../state/app.svelte.ts';
import { plural } from '../state/format.ts';
import type { Given } from './command.ts';

/** What is done with all problems that the Problems tab lists. */
export function problemCommands(app: AppState): Given[] {
  const { session, settings } = app;
  const ofListed = (run: (session: Session) => void) => ({
    isEnabled: () => session !== null && session.listed.shown.length > 0,
    run: () => {
      if (session) run(session);
    },
  });
  const copy = (textOf: (session: Session) => string) =>
    ofListed((open) =>
      app.copy(textOf(open), `Copied ${plural(open.listed.shown.length, 'problem')}.`),
    );
  const silenced = session?.view.problems.counted.silenced ?? 0;
  // The worst problem of the event that is selected.
  const rule = session?.view.problems.worstOf(session.playhead.seq)?.rule ?? null;
  const shows = session?.listed.showsSilenced ?? false;
  return [
    {
      id: 'copy-problems',
      title: 'Copy the problems as text',
      ...copy(({ view, listed }) => problemsAsText(view.meta.name, listed.shown)),
    },
    {
      id: 'copy-problem-table',
      title: 'Copy the problems as a table',
      ...copy(({ listed }) => problemsAsTable(listed.shown)),
    },
    {
      id: 'filter-problems',
      title: 'Show only the events of the problems that are listed',
      ...ofListed(({ filter, listed }) => {
        const query = queryOf(listed);
        if (query === null) return;
        app.show('captures');
        filter.query = query;
      }),
    },
    {
      id: 'group-problems',
      title: settings.values.problemsGrouped
        ? 'List the problems one by one'
        : 'Group the problems by rule',
      run: () => {
        settings.set({ problemsGrouped: !settings.values.problemsGrouped });
        app.showProblems();
      },
    },
    {
      id: 'silence-rule',
      title: `Silence ${rule ?? 'the rule of the event’s problem'} in this capture`,
      isEnabled: () => rule !== null,
      run: () => {
        if (rule !== null) app.silencing.silence(rule, 'capture');
      },
    },
    {
      id: 'event-problems',
      title: 'Show the problems of the event, and explain them',
      isEnabled: () => rule !== null,
      run: () => {
        app.show('captures');
        settings.set({ detailTab: 'event' });
      },
    },
    {
      id: 'show-silenced',
      title: shows ? 'Leave silenced problems out' : 'List silenced problems as well',
      isEnabled: () => silenced > 0,
      run: () => {
        if (session) session.listed.showsSilenced = !shows;
        app.showProblems();
      },
    },
  ];
}
