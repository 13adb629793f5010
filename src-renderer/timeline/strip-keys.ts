import type { Session } from '../state/session.svelte.ts';

/** What keys do while the strip has the focus; the list of keys shows it. */
export const STRIP_KEYS = [
  { title: 'Zoom in', keys: ['+'] },
  { title: 'Zoom out', keys: ['-'] },
  { title: 'Earlier, later', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
  { title: 'Scroll the tracks', keys: ['Shift+ArrowUp', 'Shift+ArrowDown'] },
  { title: 'Show all of the time', keys: ['0', 'f'] },
  { title: 'Select events from, up to the playhead', keys: ['i', 'o'] },
  { title: 'Select no range', keys: ['x', 'Esc'] },
] as const;

/** Runs what a key means in the strip. Returns whether it means something. */
export function runStripKey(
  session: Session,
  { key, shiftKey, ctrlKey, metaKey, altKey, repeat }: KeyboardEvent,
  rowHeight: number,
): boolean {
  const { timeline, view, playhead, filter } = session;
  if (ctrlKey || metaKey || altKey) return false;
  const atPlayhead = view.timeUs(Math.max(0, playhead.seq));
  switch (key) {
    // A slider has no use for it, and whoever clicked in the strip wants to play from there.
    case ' ':
      if (!shiftKey && !repeat) playhead.toggle();
      return !shiftKey;
    case '+':
    case '=':
      timeline.zoomStep('in', atPlayhead);
      return true;
    case '-':
    case '_':
      timeline.zoomStep('out', atPlayhead);
      return true;
    case '0':
    case 'f':
      timeline.fit();
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
      if (shiftKey) timeline.panStep(key === 'ArrowLeft' ? -1 : 1);
      return shiftKey;
    case 'ArrowUp':
    case 'ArrowDown':
      if (shiftKey) timeline.scrollTop += key === 'ArrowUp' ? -rowHeight : rowHeight;
      return shiftKey;
    case 'i':
    case 'o':
      if (playhead.seq >= 0) setRangeEnd(session, key === 'i' ? 'from' : 'to', playhead.seq);
      return true;
    case 'x':
    case 'Escape':
      if (key === 'Escape' && !filter.range) return false;
      filter.range = null;
      return true;
    default:
      return false;
  }
}

/** Moves one end of the selected range; without one, the other end is that of the capture. */
export function setRangeEnd({ filter, view }: Session, end: 'from' | 'to', seq: number): void {
  const { from, to } = filter.range ?? { from: 0, to: view.count - 1 };
  if (end === 'from') filter.range = { from: seq, to: to >= seq ? to : view.count - 1 };
  else filter.range = { from: from <= seq ? from : 0, to: seq };
}
