import { NumberList } from '../index/columns.ts';
import type { EventIndex, IndexedLane } from '../index/event-index.ts';
import { REGEX_REACH } from './pattern.ts';
import type { TextPattern } from './syntax.ts';

export interface LaneMatches {
  /** Whether the event, which wrote `[from, to)` of the lane, completes a match in its text. */
  completes(lane: number, seq: number, from: number, to: number): boolean;
  /**
   * Does one piece of the work that `completes` has left to do for an event which wrote the lane.
   * Returns whether none is left; without it none ever is.
   */
  prepare?(lane: number, seq: number): boolean;
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

/** How far the matches in the text of a lane are known. */
interface LaneProgress {
  rows: number;
  matchEnd: number;
  /** Rows below this one are looked at one by one. */
  singlyUntil: number;
  found: NumberList;
}

/**
 * Matches of a regular expression, one behind the other: event by event, the text so far is searched
 * from the last match on, but from no more than `REGEX_REACH` characters before those that the event
 * wrote. What counts depends only on the text so far, never on how much of the stream has come in.
 *
 * Most events complete no match. So what many of them wrote is searched at once: where no match begins
 * in the longer text, none begins in a shorter one either, if the expression looks at nothing that
 * follows a match. From where one begins, events are looked at one by one.
 */
class RegexMatches implements LaneMatches {
  readonly #index: EventIndex;
  readonly #regex: RegExp;
  readonly #looksAhead: boolean;
  readonly #lanes = new Map<number, LaneProgress>();

  constructor(regex: RegExp, index: EventIndex) {
    this.#index = index;
    this.#regex = regex;
    // Assertions, and halves of a character. What only looks like one is taken for one, which costs time
    // and nothing else.
    this.#looksAhead = regex.unicode || /\$|\\b|\(\?[=!<]/i.test(regex.source);
  }

  completes(number: number, seq: number): boolean {
    while (!this.prepare(number, seq));
    const { found } = this.#progressOf(number);
    const count = found.countUpTo(seq);
    return count > 0 && found.at(count - 1) === seq;
  }

  /** One execution of the expression, on what is beyond the last match and new, and `REGEX_REACH` before. */
  prepare(number: number, seq: number): boolean {
    const lane = this.#index.lanes[number]!;
    const known = this.#progressOf(number);
    const rows = lane.seqs.countUpTo(seq);
    if (known.rows >= rows) return true;
    if (!this.#looksAhead && known.rows >= known.singlyUntil) this.#skip(lane, known);
    else this.#take(lane, known);
    return known.rows >= rows;
  }

  #progressOf(number: number): LaneProgress {
    let known = this.#lanes.get(number);
    if (!known) {
      known = { rows: 0, matchEnd: 0, singlyUntil: 0, found: new NumberList() };
      this.#lanes.set(number, known);
    }
    return known;
  }

  /** Passes over rows with which no match can end, of about as much text as is looked back at. */
  #skip({ text, ends }: IndexedLane, known: LaneProgress): void {
    const from = known.rows === 0 ? 0 : ends.at(known.rows - 1);
    const until = Math.max(known.rows + 1, ends.countUpTo(from + REGEX_REACH));
    known.singlyUntil = until;
    if (until === known.rows + 1) return;
    this.#regex.lastIndex = Math.max(known.matchEnd, from - REGEX_REACH);
    try {
      const match = this.#regex.exec(text.slice(0, ends.at(until - 1)));
      // A match ends behind its beginning, or is empty and counts for nothing.
      const next = match ? ends.countUpTo(match.index) : until;
      known.rows = Math.max(known.rows, Math.min(until, next));
    } catch {
      // The engine gave up; it may not on the shorter texts.
    }
  }

  #take(lane: IndexedLane, known: LaneProgress): void {
    const end = this.#matchEnd(lane, known.rows, known.matchEnd);
    if (end >= 0) {
      known.matchEnd = end;
      known.found.push(lane.seqs.at(known.rows));
      known.singlyUntil = 0;
    }
    known.rows++;
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
