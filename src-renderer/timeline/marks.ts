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

/**
 * Problems and bookmarks of the first `count` events, as the timeline marks them, and the event that
 * others are compared with: the mark, if one is set.
 */
export function marksOf(view: CaptureView, count: number, mark: number | null): TimelineMarks[] {
  const problems = SEVERITIES.map(([severity, color]): TimelineMarks => {
    const own = view.problems.standing.filter((problem) => problem.severity === severity);
    // What lies behind the last event belongs to it.
    const seqs = own.map(({ seq }) => Math.max(0, Math.min(seq, count - 1)));
    return { name: severity, shape: 'triangle', color, events: listOf(seqs) };
  });
  const bookmarked = view.bookmarks.map(({ seq }) => seq);
  return [
    ...problems,
    { name: 'bookmark', shape: 'flag', color: '--accent', events: listOf(bookmarked) },
    {
      name: 'the mark',
      shape: 'ring',
      color: '--accent',
      events: listOf(mark === null ? [] : [mark]),
    },
  ];
}

/** Events as the timeline takes them. */
export function listOf(seqs: number[]): NumberList {
  const list = new NumberList();
  for (const seq of seqs.sort((a, b) => a - b)) list.push(seq);
  return list;
}

/** What marks any of the events `from` to `to`, in words: `error, bookmark`. */
export function namesOfMarks(marks: readonly TimelineMarks[], from: number, to: number): string {
  return marks
    .filter(({ events }) => events.countUpTo(to) > events.countUpTo(from - 1))
    .map(({ name }) => name)
    .join(', ');
}
