import type { WindowState } from '../state.ts';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const DEFAULT = { width: 1440, height: 900 };
export const MINIMUM = { width: 720, height: 480 };

/**
 * Where to put the window: as it was, unless the displays have changed so that its title bar could
 * not be reached. Without a position the system centres it.
 */
export function windowBounds(
  stored: WindowState | null,
  workAreas: readonly Rectangle[],
): { x?: number; y?: number; width: number; height: number } {
  const largest = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT };
  if (!stored) return fit(DEFAULT, largest);
  const area = workAreas.find((candidate) => showsTitle(stored, candidate));
  if (!area) return fit(stored, largest);
  return { x: stored.x, y: stored.y, ...fit(stored, area) };
}

function fit(size: { width: number; height: number }, area: Rectangle) {
  return {
    width: Math.round(Math.max(MINIMUM.width, Math.min(size.width, area.width))),
    height: Math.round(Math.max(MINIMUM.height, Math.min(size.height, area.height))),
  };
}

/** At least a hand's breadth of the title bar lies in the area. */
function showsTitle(window: Rectangle, area: Rectangle): boolean {
  const left = Math.max(window.x, area.x);
  const right = Math.min(window.x + window.width, area.x + area.width);
  const top = window.y >= area.y - 8 && window.y <= area.y + area.height - 40;
  return top && right - left >= 120;
}
