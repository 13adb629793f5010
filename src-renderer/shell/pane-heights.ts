/** The drawer and the timeline have these shares of the height, within these pixels. */
const DRAWER = { share: 0.22, least: 130 };
const TIMELINE = { share: 0.17, least: 152 };
const PLOTS = 300;
/** Controls, ruler, marks, chunks and borders of the timeline, and its highest rows. */
const AROUND_TRACKS = 106;
const TRACK = 26;
/** What is left to the event list and the detail panes. */
const LEAST_TOP = 220;
/** Below these nothing of them can be read. */
const LOWEST = { drawer: 64, timeline: 92 };
/** The drawer's tabs, which show while it is closed. */
const TABS = 31;

/**
 * The heights of drawer and timeline, in CSS pixels, while the person has not set them: they grow
 * with the window, the timeline no further than its tracks need, and both give way before the panes
 * above them do.
 */
export function usualHeights(given: {
  height: number;
  tracks: number;
  isDrawerOpen: boolean;
  showsPlots: boolean;
}): { drawer: number; timeline: number } {
  const { height, tracks, isDrawerOpen, showsPlots } = given;
  const shareOf = ({ share, least }: typeof DRAWER) => Math.max(least, Math.round(height * share));
  const wanted = {
    drawer: showsPlots ? Math.max(PLOTS, shareOf(DRAWER)) : shareOf(DRAWER),
    timeline: Math.max(TIMELINE.least, Math.min(shareOf(TIMELINE), AROUND_TRACKS + tracks * TRACK)),
  };
  const room = height - LEAST_TOP;
  const taken = isDrawerOpen ? wanted.drawer : TABS;
  const timeline = Math.max(LOWEST.timeline, Math.min(wanted.timeline, room - taken));
  return { drawer: Math.max(LOWEST.drawer, Math.min(wanted.drawer, room - timeline)), timeline };
}
