import type { EventIndex } from '../index/event-index.ts';
import { ruleOf } from '../responses/event-types.ts';
import { Gaps } from './gaps.ts';
import { type LaneRole, roleOf } from './lane-role.ts';
import { NumberColumn } from './number-column.ts';

/** What the deltas of one lane did. */
export interface LaneLog {
  readonly lane: number;
  readonly gaps: Gaps;
  deltas: number;
  characters: number;
  lastSeq: number;
  /** How many of the lane's writes are passed. */
  passed: number;
}

/** What the deltas of one role did, for rates. */
export interface Stretch {
  deltas: number;
  /** UTF-16 units. */
  characters: number;
  /** Of these, those that were there at the time of the first delta: before any time had passed. */
  firstCharacters: number;
  firstSeq: number;
  lastSeq: number;
}

/**
 * The deltas of a capture as columns, and the gaps between events, deltas, chunks and the deltas of a
 * lane: read once from the index, and on as it grows. A delta is an event whose type appends a
 * fragment to a lane, an empty one included; in dialects whose events have no such types, one that
 * writes to a lane.
 *
 * Streams without lanes have gaps between events only.
 */
export class DeltaLog {
  readonly #index: EventIndex;
  #examined = 0;
  readonly seqs = new NumberColumn(Uint32Array);
  /** The characters of all deltas up to each, itself included: UTF-16 units. */
  readonly characters = new NumberColumn(Uint32Array);

  readonly events = new Gaps();
  readonly deltas = new Gaps();
  /** The same without those that came in one chunk with the delta before: their gap is always 0. */
  readonly betweenChunks = new Gaps();
  readonly lanes = new Map<number, LaneLog>();
  readonly stretches: Record<LaneRole, Stretch> = {
    text: stretch(),
    reasoning: stretch(),
    tool: stretch(),
  };
  /** Chunks that ended an event: how many each ended, and its first. */
  readonly chunkEvents = new NumberColumn(Uint32Array);
  readonly chunkFirsts = new NumberColumn(Uint32Array);
  /** The events that ended a response by their type, ascending: in Responses only. */
  readonly endings: number[] = [];
  readonly #ops: string[] = [];

  constructor(index: EventIndex) {
    this.#index = index;
  }

  /** How many events were read. */
  get examined(): number {
    return this.#examined;
  }
  get isCaughtUp(): boolean {
    return this.#examined >= this.#index.count;
  }

  /** Reads at most `limit` more events. */
  extend(limit: number): void {
    const to = Math.min(this.#index.count, this.#examined + limit);
    const { timeUs, chunk, type, lane } = this.#index.columns;
    for (let seq = this.#examined; seq < to; seq++) {
      if (seq > 0) this.events.add(seq - 1, seq, timeUs[seq]! - timeUs[seq - 1]!);
      if (seq > 0 && chunk[seq] === chunk[seq - 1]) this.chunkEvents.addToLast(1);
      else {
        this.chunkEvents.push(1);
        this.chunkFirsts.push(seq);
      }
      if (this.#index.dialect === 'responses') {
        const op = this.#opOf(type[seq]!);
        if (op === 'final') this.endings.push(seq);
        else if (lane[seq]! >= 0 && (op === 'append' || op === 'shell-output'))
          this.#delta(seq, lane[seq]!);
      } else if (lane[seq]! >= 0) this.#delta(seq, lane[seq]!);
    }
    this.#examined = to;
  }

  #opOf(type: number): string {
    return (this.#ops[type] ??= ruleOf(this.#index.types[type]!)?.op ?? '');
  }

  #delta(seq: number, number: number): void {
    const { timeUs, chunk, laneEnd } = this.#index.columns;
    const atUs = timeUs[seq]!;
    const row = this.seqs.length;
    if (row > 0) {
      const before = this.seqs.at(row - 1);
      const us = atUs - timeUs[before]!;
      this.deltas.add(before, seq, us);
      if (chunk[before] !== chunk[seq]) this.betweenChunks.add(before, seq, us);
    }
    const log = this.#laneLog(number);
    if (log.deltas > 0) log.gaps.add(log.lastSeq, seq, atUs - timeUs[log.lastSeq]!);
    const { kind, seqs, ends } = this.#index.lanes[number]!;
    while (log.passed < seqs.length && seqs.at(log.passed) < seq) log.passed++;
    const lengthBefore = log.passed === 0 ? 0 : ends.at(log.passed - 1);
    const characters = Math.max(0, laneEnd[seq]! - lengthBefore);
    log.deltas++;
    log.lastSeq = seq;
    log.characters += characters;
    this.seqs.push(seq);
    this.characters.push((row === 0 ? 0 : this.characters.at(row - 1)) + characters);
    const role = this.stretches[roleOf(kind)];
    if (role.deltas === 0) role.firstSeq = seq;
    if (timeUs[role.firstSeq] === atUs) role.firstCharacters += characters;
    role.deltas++;
    role.characters += characters;
    role.lastSeq = seq;
  }

  #laneLog(lane: number): LaneLog {
    let log = this.lanes.get(lane);
    if (!log) {
      log = { lane, gaps: new Gaps(), deltas: 0, characters: 0, lastSeq: -1, passed: 0 };
      this.lanes.set(lane, log);
    }
    return log;
  }
}

function stretch(): Stretch {
  return { deltas: 0, characters: 0, firstCharacters: 0, firstSeq: -1, lastSeq: -1 };
}
