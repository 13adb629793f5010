import { type EventIndex, laneAddress } from '../index/event-index.ts';
import type { Lane } from '../index/batch.ts';
import { NumberColumn } from '../latency/number-column.ts';
import { parseJson } from '../json.ts';
import { ruleOf } from '../responses/event-types.ts';
import { contentOf } from './left-out.ts';

/** What a comparison reads of a capture. */
export interface ComparedStream {
  readonly index: EventIndex;
  /** The data of an event as text. */
  dataText(seq: number): string;
}

/** Numbers for texts, the same for both sides: equal texts have equal numbers. */
export class KeyTable {
  readonly #numbers = new Map<string, number>();
  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

/** A lane as it is paired with the other side's. */
export interface KeyedLane {
  /** Response, kind, address and generation. */
  place: string;
  /** What its deltas brought so far: a text that comes whole, at the end or instead, is no part of it. */
  text: string;
}

/** Events as numbers to compare: plain data, which can be handed to another thread. */
export interface KeyColumns {
  count: number;
  /** Equal for events of one type and lane that say the same. */
  exact: Int32Array;
  /** Equal for events of one type and lane. */
  coarse: Int32Array;
  /** Of a delta: the lane it writes to, -1 for other events. */
  lane: Int32Array;
  /** Of a delta: from where to where in the lane's `text` its own stands, in UTF-16 units. */
  start: Uint32Array;
  end: Uint32Array;
  lanes: KeyedLane[];
}

/**
 * The events of a capture as keys, read once and on as it grows. A key says type, lane and content, without
 * what differs in every run (`left-out.ts`). Of a delta the content is the text that it brings; in dialects
 * whose deltas may say more than that, the rest of them as well.
 */
export class EventKeys {
  readonly #stream: ComparedStream;
  readonly #table: KeyTable;
  readonly #exact = new NumberColumn(Int32Array);
  readonly #coarse = new NumberColumn(Int32Array);
  readonly #lane = new NumberColumn(Int32Array);
  readonly #start = new NumberColumn(Uint32Array);
  readonly #end = new NumberColumn(Uint32Array);
  /** What the deltas that were read wrote to each lane. */
  readonly #written: string[] = [];

  constructor(stream: ComparedStream, table: KeyTable) {
    this.#stream = stream;
    this.#table = table;
  }

  get count(): number {
    return this.#exact.length;
  }
  get isCaughtUp(): boolean {
    return this.count >= this.#stream.index.count;
  }

  /** Reads at most `limit` more events. */
  readOn(limit: number): void {
    const to = Math.min(this.#stream.index.count, this.count + limit);
    for (let seq = this.count; seq < to; seq++) this.#read(seq);
  }

  #read(seq: number): void {
    const { index } = this.#stream;
    const { lane, item, laneEnd } = index.columns;
    const type = index.typeOf(seq);
    const number = lane[seq]!;
    const own = number < 0 ? null : index.lanes[number]!;
    const rule = ruleOf(type);
    const isAppend = rule?.op === 'append' || rule?.op === 'shell-output';
    const isDelta =
      own !== null && (isAppend || (index.dialect !== 'responses' && !index.growsBeside(seq)));
    if (!isDelta) {
      // Only in Responses the item is the event's own word; elsewhere it depends on events before.
      const place = index.dialect === 'responses' ? String(item[seq]) : '';
      this.#push(type, place, this.#content(seq, null), -1, 0, 0);
      return;
    }
    const before = index.laneLengthAt(number, seq - 1);
    const fragment = own.text.slice(before > 0 ? before : own.initial.length, laneEnd[seq]);
    const written = this.#written[number] ?? '';
    this.#written[number] = written + fragment;
    const rest = isAppend ? '' : this.#content(seq, fragment);
    const end = written.length + fragment.length;
    this.#push(type, laneName(own), `${rest}\n${fragment}`, number, written.length, end);
  }

  #content(seq: number, fragment: string | null): string {
    const data = this.#stream.dataText(seq);
    const value = parseJson(data);
    return (value === undefined ? null : contentOf(value, fragment)) ?? data;
  }

  #push(
    type: string,
    place: string,
    content: string,
    lane: number,
    start: number,
    end: number,
  ): void {
    const name = `${type}\n${place}`;
    this.#coarse.push(this.#table.of(name));
    this.#exact.push(this.#table.of(`${name}\n${content}`));
    this.#lane.push(lane);
    this.#start.push(start);
    this.#end.push(end);
  }

  /** What was read so far, as copies. */
  columns(): KeyColumns {
    return {
      count: this.count,
      exact: this.#exact.values(),
      coarse: this.#coarse.values(),
      lane: this.#lane.values(),
      start: this.#start.values(),
      end: this.#end.values(),
      lanes: this.#stream.index.lanes.map((lane, number) => ({
        place: `${lane.response} ${laneName(lane)} ${lane.generation}`,
        text: this.#written[number] ?? '',
      })),
    };
  }
}

/** The generation is left out: it tells of a break of the stream, not of the event. */
function laneName(lane: Pick<Lane, 'kind' | 'outputIndex' | 'subIndex'>): string {
  return `${lane.kind} ${laneAddress(lane)}`;
}
