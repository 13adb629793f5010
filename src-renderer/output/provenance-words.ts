import { bytesOf, type TextBytes } from '../../src-core/provenance/text-bytes.ts';
import { valuesTouchedBy } from '../../src-core/provenance/values.ts';
import {
  factsOfRange,
  type Writing,
  writingAt,
  writingBy,
} from '../../src-core/provenance/writings.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { milliseconds, plural } from '../state/format.ts';
import type { LanePlace, LaneRange } from './place-in-page.ts';

/** Values named of an event that touches more. */
const NAMED = 2;

const number = (value: number) => value.toLocaleString('en');

function eventWords(view: CaptureView, seq: number): string[] {
  const time = `${milliseconds(view.timeUs(seq))} ms`;
  return [
    `event ${number(seq)}`,
    view.isTimed ? time : `~${time}`,
    ...(view.index.chunkCount > 0 ? [`chunk ${number(view.index.columns.chunk[seq]!)}`] : []),
  ];
}

function byteWords({ start, end, precision }: TextBytes): string {
  return `${precision === 'text' ? '' : `${precision} `}bytes ${number(start)}–${number(end)}`;
}

const read = (view: CaptureView) => (start: number, end: number) => view.bytes.slice(start, end);

/** Who wrote one character: `/age · event 12 · 408 ms · chunk 12 · bytes 4,310–4,312`. */
export function wordsOfPlace(view: CaptureView, { lane, offset }: LanePlace): string | null {
  const writing = writingAt(view.index, lane, offset);
  if (!writing) return null;
  const document = view.documents.of(lane);
  const place = document?.nodeAt(offset);
  const words = [
    ...eventWords(view, writing.seq),
    byteWords(bytesOf(view.index, read(view), writing, ...characterAt(view, writing, offset))),
  ];
  if (document && place) {
    const pointer = document.pointerOf(place.node) || 'root';
    words.unshift(place.part === 'key' ? `key of ${pointer}` : pointer);
  }
  return words.join(' · ');
}

/** The unit, or the pair that it is half of, within what the event wrote. */
function characterAt(view: CaptureView, writing: Writing, offset: number): [number, number] {
  const { text } = view.index.lanes[writing.lane]!;
  const isHigh = (at: number) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
  const isLow = (at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  const from = isLow(offset) && isHigh(offset - 1) ? offset - 1 : offset;
  const to = isHigh(from) && isLow(from + 1) ? from + 2 : from + 1;
  return [Math.max(from, writing.from), Math.min(to, writing.to)];
}

/** What an event wrote: its values first, where its text is, how much that is. */
export function wordsOfEvent(view: CaptureView, seq: number, lanes: readonly number[]): string {
  const words = eventWords(view, seq);
  for (const lane of lanes) {
    const writing = writingBy(view.index, lane, seq);
    if (!writing) continue;
    words.push(byteWords(bytesOf(view.index, read(view), writing)));
    const document = view.documents.of(lane);
    if (document) {
      const { values, more } = valuesTouchedBy(document, writing.from, writing.to, NAMED);
      const names = values.map(({ pointer }) => pointer || 'root');
      if (names.length > 0)
        words.unshift(`${names.join(' ')}${more > 0 ? ` and ${number(more)} more` : ''}`);
    }
    words.push(plural(writing.to - writing.from, 'character'));
    return words.join(' · ');
  }
  words.push('wrote nothing here');
  return words.join(' · ');
}

/** Who wrote a value: `/name · events 6–9 · 4 deltas · 15 characters · 58 ms`. */
export function wordsOfValue(
  view: CaptureView,
  value: LaneRange & { pointer: string },
): string | null {
  const words = wordsOfRange(view, value);
  return words && `${value.pointer || 'root'} · ${words}`;
}

/** `events 8–12 · 5 deltas · 24 characters · 38 ms` of a selected text. */
export function wordsOfRange(view: CaptureView, { lane, from, to }: LaneRange): string | null {
  const facts = factsOfRange(view.index, lane, from, to);
  if (!facts) return null;
  const { first, last, events } = facts;
  return [
    first.seq === last.seq
      ? `event ${number(first.seq)}`
      : `events ${number(first.seq)}–${number(last.seq)}`,
    plural(events, 'delta'),
    plural(facts.to - facts.from, 'character'),
    `${milliseconds(last.timeUs - first.timeUs)} ms`,
  ].join(' · ');
}
