import type { EventIndex } from '../../src-core/index/event-index.ts';
import { writingsIn } from '../../src-core/provenance/writings.ts';
import type { DocumentLayout } from './document-layout.ts';

/** A range of a lane's text that is to stand out. */
export interface TextMark {
  from: number;
  to: number;
  /**
   * What the current event wrote; what the event wrote that is pointed at, in whatever pane; what does
   * not fit the schema.
   */
  kind: 'now' | 'hovered' | 'invalid';
  /** What is wrong with it. */
  text?: string;
}

/** A piece of a text that is one element in the page. */
export interface Piece {
  from: number;
  to: number;
  text: string;
  /** The kind of the JSON token, '' in a text that is not laid out. */
  kind: string;
  now: boolean;
  hovered: boolean;
  /** What is wrong with it, '' where nothing is. */
  fault: string;
  /** Not written yet at the playhead: drawn, but no part of the text. */
  ahead: boolean;
}

/** How much of a lane shows: the text up to the playhead, and what comes after it up to `until`. */
export interface Extent {
  index: EventIndex;
  lane: number;
  length: number;
  until: number;
  marks: readonly TextMark[];
}

/** Cuts `[from, to)` of a text where marks and the playhead are; what is ahead, at its events. */
export function cutPieces(
  pieces: Piece[],
  from: number,
  to: number,
  kind: string,
  { index, lane, length, until, marks }: Extent,
): void {
  const { text } = index.lanes[lane]!;
  const end = Math.min(to, until);
  if (from < Math.min(end, length))
    cutAtMarks(pieces, text, from, Math.min(end, length), kind, marks);
  for (const one of writingsIn(index, lane, Math.max(from, length), end)) {
    const hovered = marks.some((mark) => mark.kind === 'hovered' && covers(mark, one));
    pieces.push({ ...pieceOf(text, one.from, one.to, kind), hovered, ahead: true });
  }
}

function covers(mark: TextMark, range: { from: number; to: number }): boolean {
  return mark.from <= range.from && range.to <= mark.to;
}

function pieceOf(text: string, from: number, to: number, kind: string): Piece {
  const piece = text.slice(from, to);
  return { from, to, text: piece, kind, now: false, hovered: false, fault: '', ahead: false };
}

function cutAtMarks(
  pieces: Piece[],
  text: string,
  from: number,
  to: number,
  kind: string,
  marks: readonly TextMark[],
): void {
  let at = from;
  while (at < to) {
    let end = to;
    for (const mark of marks) {
      if (mark.from > at) end = Math.min(end, mark.from);
      else if (mark.to > at) end = Math.min(end, mark.to);
    }
    const of = (wanted: TextMark['kind']) =>
      marks.find((mark) => mark.kind === wanted && mark.from <= at && at < mark.to);
    pieces.push({
      ...pieceOf(text, at, end, kind),
      now: of('now') !== undefined,
      hovered: of('hovered') !== undefined,
      fault: of('invalid')?.text ?? '',
    });
    at = end;
  }
}

/** The pieces of a line of a document. */
export function piecesOfLine(layout: DocumentLayout, line: number, extent: Extent): Piece[] {
  const { tokens, length } = layout.document;
  const pieces: Piece[] = [];
  const last = layout.endToken(line);
  for (let row = layout.firstToken(line); row < last; row++) {
    const start = tokens.startOf(row);
    if (start >= extent.until) break;
    cutPieces(pieces, start, tokens.endOf(row, length), tokens.kindOf(row), extent);
  }
  return pieces;
}

/** The marks that overlap a range: always the same empty list where there are none. */
export function marksIn(marks: readonly TextMark[], from: number, to: number): readonly TextMark[] {
  for (const mark of marks) if (mark.from < to && mark.to > from) return marks;
  return NONE;
}
const NONE: readonly TextMark[] = [];
