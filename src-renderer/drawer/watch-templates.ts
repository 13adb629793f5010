import { watchedAddress } from '../../src-core/watch/lane-address.ts';
import type { Session } from '../state/session.svelte.ts';

/** An expression to begin with: the part between `start` and `end` is what a person may fill in. */
export interface WatchTemplate {
  /** In words. */
  label: string;
  expression: string;
  start: number;
  end: number;
}

/** What is most often watched, with the lane of the playhead's event. */
export function watchTemplates({ view, playhead }: Session): WatchTemplate[] {
  const { lanes, columns } = view.index;
  const number = playhead.seq >= 0 ? columns.lane[playhead.seq]! : -1;
  const lane = lanes[number] ?? lanes[0];
  const address = lane ? watchedAddress(view.index, lane) : '0/0';
  return [
    template('Output text', '/output/', '0/content/0', '/text'),
    template('Status of the response', '', '/status'),
    template('Status of every item', '$.output[*].', 'status'),
    template('Token usage', '', '/usage'),
    template('Text of a lane', 'lane:', address),
    template('Place in the JSON of a lane…', `lane:${address}#`, '/name'),
  ];
}

function template(label: string, before: string, variable: string, after = ''): WatchTemplate {
  const start = before.length;
  return { label, expression: before + variable + after, start, end: start + variable.length };
}
