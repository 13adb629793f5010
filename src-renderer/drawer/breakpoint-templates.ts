import type { Session } from '../state/session.svelte.ts';

/** A query to begin with: the part between `start` and `end` is what a person has to fill in. */
export interface QueryTemplate {
  /** In words. */
  label: string;
  query: string;
  start: number;
  end: number;
}

/** What a breakpoint is most often about. Where the playhead's event has the answer it is filled in. */
export function breakpointTemplates({ view, playhead }: Session): QueryTemplate[] {
  const type = playhead.seq >= 0 ? view.index.typeOf(playhead.seq) : 'response.completed';
  return [
    template('Event type…', 'type:', type),
    template('Lane text contains…', 'lane~"', 'text', '"'),
    template('JSON pointer appears…', 'appears:', '/name'),
    template('JSON pointer closes…', 'closes:', '/name'),
    template('JSON pointer equals…', 'value:', '/name="text"'),
    template('JSON pointer compares…', 'value:', '/age>=18'),
    template('JSON breaks', 'broken', ''),
    template('An output is invalid by its schema', 'invalid', ''),
    template('Problem…', 'problem:', 'error'),
    template('Gap longer than…', 'gap>', '200ms'),
  ];
}

function template(label: string, before: string, variable: string, after = ''): QueryTemplate {
  const start = before.length;
  return { label, query: before + variable + after, start, end: start + variable.length };
}
