import { NumberList } from '../index/columns.ts';
import type { EventIndex, IndexedLane } from '../index/event-index.ts';
import { REGEX_REACH } from './pattern.ts';
import type { TextPattern } from './syntax.ts';

export interface LaneMatches {
  /** Whether the event, which wrote `[from, to)` of the lane, completes a match in its text. */
  completes(lane: number, seq: number, from: number, to: number): boolean;
}

/** Which events complete a match of `pattern` in the text of a lane. */
export function laneMatches(pattern: TextPattern, index: EventIndex): LaneMatches {
  return pattern.kind === 'needle'
    ? new NeedleMatches(pattern.needle, index)
    : new RegexMatches(new RegExp(pattern.source, `${pattern.flags}g`), index);
}

/**
 * An occurrence that ends among the characters an event wrote begins less than its own length
 * before them: only these have to be looked at, so the whole text is read about once.
 */
class NeedleMatches implements LaneMatches {
  readonly #index: EventIndex;
  readonly #needle: string;
  readonly #reach: number;

  constructor(needle: string, index: EventIndex) {
    this.#index = index;
    this.#needle = needle.toLowerCase();
    this.#reach = Math.max(needle.length, this.#needle.length) - 1;
  }

  completes(lane: number, _seq: number, from: number, to: number): boolean {
    const { text } = this.#index.lanes[lane]!;
    return text
      .slice(Math.max(0, from - this.#reach), to)
      .toLowerCase()
      .includes(this.#needle);
  }
}

/**
 * Matches of a regular expression, one behind the other: event by event, the text so far is searched
 * from the last match on, but from no more than `REGEX_REACH` characters before those that the event
 * wrote. What counts depends only on the text so far, never on how much of the stream has come in.
 */
class RegexMatches implements LaneMatches {
  readonly #index: EventIndex;
  readonly #regex: RegExp;
  readonly #lanes = new Map<number, { rows: number; matchEnd: number; found: NumberList }>();

  constructor(regex: RegExp, index: EventIndex) {
    this.#index = index;
    this.#regex = regex;
  }

  completes(number: number, seq: number): boolean {
    const lane = this.#index.lanes[number]!;
    let known = this.#lanes.get(number);
    if (!known) {
      known = { rows: 0, matchEnd: 0, found: new NumberList() };
      this.#lanes.set(number, known);
    }
    const rows = lane.seqs.countUpTo(seq);
    for (; known.rows < rows; known.rows++) {
      const end = this.#matchEnd(lane, known.rows, known.matchEnd);
      if (end < 0) continue;
      known.matchEnd = end;
      known.found.push(lane.seqs.at(known.rows));
    }
    const count = known.found.countUpTo(seq);
    return count > 0 && known.found.at(count - 1) === seq;
  }

  /** Where the last match ends that the event of a row completes, -1 for none. */
  #matchEnd(lane: IndexedLane, row: number, after: number): number {
    const from = row === 0 ? 0 : lane.ends.at(row - 1);
    const text = lane.text.slice(0, lane.ends.at(row));
    const regex = this.#regex;
    regex.lastIndex = Math.max(after, from - REGEX_REACH);
    let last = -1;
    try {
      for (let match = regex.exec(text); match; match = regex.exec(text)) {
        const end = match.index + match[0].length;
        if (match[0] === '') regex.lastIndex++;
        else if (end > from) last = end;
      }
    } catch {
      // The engine gives up where backtracking exhausts its stack: that is no match.
    }
    return last;
  }
}
