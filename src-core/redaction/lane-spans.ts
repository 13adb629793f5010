import { describeLane } from '../index/lane-names.ts';
import type { EventIndex } from '../index/event-index.ts';
import { writingsBy, writingsIn } from '../provenance/writings.ts';
import type { Span } from './spans.ts';
import type { StruckList } from './struck.ts';
import type { TextMatcher } from './text-matcher.ts';

/** What an event wrote of a text, and what of it is struck out, counted within it. */
export interface Fragment {
  text: string;
  spans: Span[];
}

/** What is struck out of a string that is what an event wrote: of each text to which it wrote the same. */
export function spansOfFragments(fragments: readonly Fragment[], value: string): Span[] {
  return fragments.flatMap(({ text, spans }) => (text === value ? spans : []));
}

/** What is struck out of texts that came in pieces: the whole text is looked at, each event has its part. */
export class LaneSpans {
  readonly #index: EventIndex;
  readonly #spans: readonly (readonly Span[])[];
  /** Nothing is struck out of any text. */
  readonly isEmpty: boolean;

  constructor(index: EventIndex, matcher: TextMatcher, list: StruckList) {
    this.#index = index;
    this.#spans = index.lanes.map((lane, number) => {
      const spans = matcher.spans(lane.text);
      for (const { from, to, class: of } of spans) {
        const writings = [...writingsIn(index, number, from, to)];
        const first = writings[0]?.seq ?? lane.firstSeq;
        const last = writings.at(-1)?.seq ?? first;
        const events = first === last ? `event ${first}` : `events ${first} to ${last}`;
        list.add(of, `${describeLane(lane, true)}, ${events}`, first, lane.text.slice(from, to));
      }
      return spans;
    });
    this.isEmpty = this.#spans.every((spans) => spans.length === 0);
  }

  /** The fragments of an event that something is struck out of. */
  fragmentsOf(seq: number): Fragment[] {
    const fragments: Fragment[] = [];
    if (this.isEmpty) return fragments;
    for (const { lane, from, to } of writingsBy(this.#index, seq)) {
      const spans = spansWithin(this.#spans[lane]!, from, to);
      if (spans.length > 0)
        fragments.push({ text: this.#index.lanes[lane]!.text.slice(from, to), spans });
    }
    return fragments;
  }
}

/** Those that reach into `[from, to)`, counted from `from`. Found by search: a text may have thousands. */
function spansWithin(spans: readonly Span[], from: number, to: number): Span[] {
  let low = 0;
  for (let high = spans.length; low < high;) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.to <= from) low = middle + 1;
    else high = middle;
  }
  const found: Span[] = [];
  for (; low < spans.length && spans[low]!.from < to; low++) {
    const { from: start, to: end, class: of } = spans[low]!;
    found.push({ from: Math.max(0, start - from), to: Math.min(end, to) - from, class: of });
  }
  return found;
}
