/** A unit of a lane's text. */
export interface LanePlace {
  lane: number;
  offset: number;
}

/** The unit of a lane's text that is drawn at a point of the window; null beside the text. */
export function placeAtPoint(region: Element, x: number, y: number): LanePlace | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-at]');
  if (!element || !region.contains(element)) return null;
  const lane = laneOf(element);
  const start = Number(element.dataset.at);
  if (lane === null) return null;
  // What is ahead is drawn by style, a piece for each event.
  if (element.dataset.ahead !== undefined) return { lane, offset: start };
  const caret = document.caretRangeFromPoint(x, y);
  const node = caret?.startContainer;
  if (!caret || node?.nodeType !== Node.TEXT_NODE || !element.contains(node)) return null;
  // A caret is between two characters: the point is on the one before or the one after.
  const length = node.nodeValue!.length;
  const after = Math.min(caret.startOffset, length - 1);
  const at = after > 0 && !isOn(node, after, x, y) ? after - 1 : after;
  return { lane, offset: start + at };
}

function isOn(node: Node, at: number, x: number, y: number): boolean {
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  return [...range.getClientRects()].some(
    (box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom,
  );
}

function laneOf(element: Element): number | null {
  const lane = element.closest<HTMLElement>('[data-lane]')?.dataset.lane;
  return lane === undefined ? null : Number(lane);
}

/** A range of a lane's text. */
export interface LaneRange {
  lane: number;
  from: number;
  to: number;
}

/** The text that is selected in the page; of several lanes the first. Null where none is. */
export function selectedIn(region: Element): LaneRange | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!region.contains(range.startContainer) && !region.contains(range.endContainer)) return null;
  let found: LaneRange | null = null;
  for (const piece of region.querySelectorAll<HTMLElement>('[data-at]:not([data-ahead])')) {
    if (!range.intersectsNode(piece)) continue;
    const lane = laneOf(piece);
    const text = piece.firstChild;
    if (lane === null || !text || (found && found.lane !== lane)) continue;
    const at = Number(piece.dataset.at);
    const from = text === range.startContainer ? range.startOffset : 0;
    const to = text === range.endContainer ? range.endOffset : text.nodeValue!.length;
    if (to <= from) continue;
    if (found) found.to = at + to;
    else found = { lane, from: at + from, to: at + to };
  }
  return found;
}
