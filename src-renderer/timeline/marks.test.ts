import { expect, test } from 'vitest';
import { NumberList } from '../../src-core/index/columns.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import type { TimelineMarks } from './draw-marks.ts';
import { marksOf, namesOfMarks } from './marks.ts';

const view = {
  problems: { standing: [] },
  bookmarks: [{ seq: 4, note: '' }],
} as unknown as CaptureView;
const eventsOf = ({ events }: TimelineMarks) =>
  Array.from({ length: events.length }, (_, at) => events.at(at));
const named = (marks: readonly TimelineMarks[], name: string) =>
  marks.find((one) => one.name === name)!;

test('the mark is on the timeline while one is set', () => {
  expect(eventsOf(named(marksOf(view, 10, 7), 'the mark'))).toEqual([7]);
  expect(eventsOf(named(marksOf(view, 10, null), 'the mark'))).toEqual([]);
});

test('what marks some events is told by name', () => {
  const marks = [
    ...marksOf(view, 10, 7),
    { name: 'breakpoint x', shape: 'dot' as const, color: '--bad', events: new NumberList() },
  ];
  expect(namesOfMarks(marks, 0, 3)).toBe('');
  expect(namesOfMarks(marks, 4, 4)).toBe('bookmark');
  expect(namesOfMarks(marks, 4, 7)).toBe('bookmark, the mark');
  expect(namesOfMarks(marks, 8, 9)).toBe('');
});
