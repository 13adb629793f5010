import { columnsOf, type EventList } from '../../src-core/timeline/pixel-columns.ts';
import type { StripLayout } from '../../src-core/timeline/strip-layout.ts';

/** Events that the timeline marks above the tracks: problems, bookmarks, hits of breakpoints. */
export interface TimelineMarks {
  /** One of them in words. */
  name: string;
  shape: 'triangle' | 'flag' | 'dot' | 'ring';
  /** A variable of the theme. */
  color: string;
  events: EventList;
}

export interface MarksPicture {
  layout: StripLayout;
  edges: Uint32Array;
  marks: readonly TimelineMarks[];
  color(name: string): string;
}

/** Draws the marks, at most one of a list in a pixel column; those listed later lie on top. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  { layout, edges, marks, color }: MarksPicture,
): void {
  context.clearRect(0, 0, layout.width, layout.height);
  const { top, height } = layout.marks;
  if (height === 0) return;
  for (const { shape, color: name, events } of marks) {
    context.fillStyle = color(name);
    for (const { column } of columnsOf(events, edges)) {
      const x = layout.left + column + 1;
      context.globalAlpha = 0.35;
      context.fillRect(x - 0.5, top + height, 1, layout.tracks.top + layout.tracks.height - top);
      context.globalAlpha = 1;
      drawShape(context, shape, x, top + height / 2);
    }
  }
}

function drawShape(
  context: CanvasRenderingContext2D,
  shape: TimelineMarks['shape'],
  x: number,
  y: number,
): void {
  context.beginPath();
  if (shape === 'ring') {
    // Turning the other way, the inner circle is left out.
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.arc(x, y, 3, 0, 2 * Math.PI, true);
  } else if (shape === 'dot') context.arc(x, y, 4, 0, 2 * Math.PI);
  else if (shape === 'triangle') {
    context.moveTo(x, y - 4.5);
    context.lineTo(x + 5, y + 4);
    context.lineTo(x - 5, y + 4);
  } else {
    context.moveTo(x - 3.5, y - 5);
    context.lineTo(x + 3.5, y - 5);
    context.lineTo(x + 3.5, y + 5);
    context.lineTo(x, y + 2);
    context.lineTo(x - 3.5, y + 5);
  }
  context.closePath();
  context.fill();
}
