import { NumberList } from '../../src-core/index/columns.ts';
import type { Severity } from '../../src-core/problem.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import type { TimelineMarks } from './draw-marks.ts';

/** From the mildest on: the worst is drawn last and lies on top. */
const SEVERITIES: [Severity, color: string][] = [
  ['note', '--text-dim'],
  ['warning', '--warn'],
  ['error', '--bad'],
];

/** Problems and bookmarks of the first `count` events, as the timeline marks them. */
export function marksOf(view: CaptureView, count: number): TimelineMarks[] {
  const problems = SEVERITIES.map(([severity, color]): TimelineMarks => {
    const own = view.problems.filter((problem) => problem.severity === severity);
    // What lies behind the last event belongs to it.
    const seqs = own.map(({ seq }) => Math.max(0, Math.min(seq, count - 1)));
    return { name: severity, shape: 'triangle', color, events: listOf(seqs) };
  });
  const bookmarked = view.bookmarks.map(({ seq }) => seq);
  return [
    ...problems,
    { name: 'bookmark', shape: 'flag', color: '--accent', events: listOf(bookmarked) },
  ];
}

function listOf(seqs: number[]): NumberList {
  const list = new NumberList();
  for (const seq of seqs.sort((a, b) => a - b)) list.push(seq);
  return list;
}
