import { expect, test } from 'vitest';
import { usualHeights } from './pane-heights.ts';

const open = { tracks: 4, isDrawerOpen: true, showsPlots: false };

test('a common window gives the drawer and the timeline their shares', () => {
  // 22% of 700 is 154; 17% is 119, less than the 152 that the timeline has at least.
  expect(usualHeights({ ...open, height: 700 })).toEqual({ drawer: 154, timeline: 152 });
});

test('the timeline of a large window grows as far as its tracks need', () => {
  // 17% of 1000 is 170; one track needs less than the least there is.
  expect(usualHeights({ ...open, height: 1000 })).toEqual({ drawer: 220, timeline: 170 });
  expect(usualHeights({ ...open, height: 1000, tracks: 1 }).timeline).toBe(152);
});

test.each([480, 520, 600])('a low window (%i px) leaves 220 px to list and panes', (height) => {
  const { drawer, timeline } = usualHeights({ ...open, height });
  expect(height - drawer - timeline).toBeGreaterThanOrEqual(220);
  expect(drawer).toBeGreaterThanOrEqual(64);
  expect(timeline).toBeGreaterThanOrEqual(92);
});

test('a closed drawer leaves its room to the timeline', () => {
  const { timeline } = usualHeights({ ...open, height: 480, isDrawerOpen: false });
  expect(timeline).toBe(152);
});
