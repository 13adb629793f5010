import type { DocumentPrefix } from '../../src-core/growing/document-prefix.ts';
import type { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import type { IndexedLane } from '../../src-core/index/event-index.ts';
import { writingBy } from '../../src-core/provenance/writings.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import type { TextMark } from './pieces.ts';

/** What of a text is laid out beyond the playhead, dimmed. */
export const AHEAD = 2000;

/** A lane as the Output shows it at an event. */
export interface LaneView {
  number: number;
  lane: IndexedLane;
  /** How much of its text was there after the event. */
  length: number;
  /** Up to where it is drawn: what comes later is dimmed. */
  until: number;
  /** The lane's text as JSON, and as it was after the event; null where it is none. */
  document: GrowingDocument | null;
  prefix: DocumentPrefix | null;
}

/** The lanes at an event. With `ahead` some of what comes after it is to be drawn as well. */
export function lanesAt(view: CaptureView, seq: number, ahead: boolean): LaneView[] {
  if (seq < 0) return [];
  const { index, documents } = view;
  return index.lanesAt(seq).map((number) => {
    const lane = index.lanes[number]!;
    const length = index.laneLengthAt(number, seq);
    const document = documents.of(number);
    const until = ahead ? Math.min(lane.text.length, length + AHEAD) : length;
    return { number, lane, length, until, document, prefix: document?.at(length) ?? null };
  });
}

/** What the current event and the one that is pointed at wrote of a lane. */
export function marksOf(
  view: CaptureView,
  { number, length, until }: Pick<LaneView, 'number' | 'length' | 'until'>,
  now: number,
  hovered: number | null,
): readonly TextMark[] {
  const marks: TextMark[] = [];
  const add = (seq: number, kind: TextMark['kind'], end: number) => {
    const written = writingBy(view.index, number, seq);
    if (written && written.from < end) marks.push({ from: written.from, to: written.to, kind });
  };
  add(now, 'now', length);
  if (hovered !== null) add(hovered, 'hovered', until);
  return marks.length > 0 ? marks : NONE;
}
/** The same list for all texts that a step leaves alone: they are not drawn anew for it. */
const NONE: readonly TextMark[] = [];
