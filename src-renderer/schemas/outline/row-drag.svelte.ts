import type { OutlineRow } from '../../../src-core/outline/row.ts';
import { canMove } from './outline-state.svelte.ts';

/** The height of a row, in CSS pixels. */
export const ROW_HEIGHT = 26;
/** How near to an edge the list scrolls, and by how much at each move, in pixels. */
const EDGE = 20;

interface Owner {
  /** The rows that show, and all rows. */
  rows(): readonly OutlineRow[];
  all(): readonly OutlineRow[];
  element(): HTMLElement | undefined;
  ondrop(row: OutlineRow, to: number): void;
}

/** Where a dragged row may be dropped: a position among its siblings, at the top of a shown row. */
export interface DropPlace {
  /** The place that it would get. */
  to: number;
  /** The line's place: in front of the shown row at this position. */
  line: number;
}

/** The places in front of each sibling of a row and behind the last one. */
export function dropPlaces(rows: readonly OutlineRow[], dragged: OutlineRow): DropPlace[] {
  const places: DropPlace[] = [];
  let end = -1;
  for (const [line, row] of rows.entries()) {
    const isSibling = row.parent === dragged.parent && row.kind === dragged.kind;
    if (isSibling) {
      // Without the dragged row, those behind it are one place further up.
      const to = row.place > dragged.place ? row.place - 1 : row.place;
      places.push({ to, line });
    }
    if (isSibling || (end === line && row.depth > dragged.depth)) end = line + 1;
  }
  if (places.length > 0) places.push({ to: dragged.siblings - 1, line: end });
  return places;
}

/** Dragging a row among its siblings with the pointer. */
export class RowDrag {
  readonly #owner: Owner;
  #row = $state.raw<OutlineRow | null>(null);
  #place = $state.raw<DropPlace | null>(null);
  #stop: (() => void) | null = null;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /** The row that is dragged. */
  get row(): OutlineRow | null {
    return this.#row;
  }
  get isDragging(): boolean {
    return this.#row !== null;
  }
  /** In front of which of the rows that show the line of the drop is; null for none. */
  get line(): number | null {
    return this.#place?.line ?? null;
  }

  start(row: OutlineRow, event: PointerEvent): void {
    if (event.button !== 0 || !canMove(row)) return;
    event.preventDefault();
    this.stop();
    this.#row = row;
    const places = dropPlaces(this.#owner.rows(), row);
    const move = ({ clientY }: PointerEvent) => this.#over(places, clientY);
    const drop = () => {
      const place = this.#place;
      this.stop();
      if (place && place.to !== row.place) this.#owner.ondrop(row, place.to);
    };
    const cancel = () => this.stop();
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', cancel);
    window.addEventListener('blur', cancel);
    this.#stop = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', cancel);
      window.removeEventListener('blur', cancel);
    };
  }
  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#row = null;
    this.#place = null;
  }

  #over(places: readonly DropPlace[], clientY: number): void {
    const element = this.#owner.element();
    const content = element?.querySelector('.content');
    if (!element || !content) return;
    const box = element.getBoundingClientRect();
    if (clientY < box.top + EDGE) element.scrollTop -= EDGE / 2;
    else if (clientY > box.bottom - EDGE) element.scrollTop += EDGE / 2;
    const at = (clientY - content.getBoundingClientRect().top) / ROW_HEIGHT;
    let nearest: DropPlace | null = null;
    for (const place of places)
      if (!nearest || Math.abs(place.line - at) < Math.abs(nearest.line - at)) nearest = place;
    this.#place = nearest;
  }
}
