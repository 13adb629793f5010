import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { IndexBatch } from '../index/batch.ts';
import { EventFlag } from '../index/batch.ts';
import { EventIndex } from '../index/event-index.ts';
import { Indexer, type IndexerOptions } from '../index/indexer.ts';
import { isObject, type JsonValue } from '../json.ts';
import { Snapshots } from '../snapshot/snapshots.ts';
import { type Frame, readData } from '../sse/frame.ts';
import { FrameParser } from '../sse/frame-parser.ts';
import { PlainFold } from './plain-fold.ts';

/** An event as a client that decodes everything sees it. */
export interface PlainEvent {
  frame: Frame;
  data: string;
  type: string;
  /** Undefined where the data is no JSON. */
  value: JsonValue | undefined;
}

/** The events of a stream without an index. */
export function eventsOf(bytes: Uint8Array): PlainEvent[] {
  const events: PlainEvent[] = [];
  const parser = new FrameParser({
    frame(frame, chunk, base) {
      if (frame.kind !== 'event') return;
      const data = readData(frame, chunk, base);
      const value = parsed(data);
      const type =
        isObject(value) && typeof value.type === 'string'
          ? value.type
          : data === '[DONE]'
            ? data
            : frame.name || 'message';
      events.push({ frame: { ...frame }, data, type, value });
    },
    deviation: () => {},
  });
  parser.push(bytes);
  parser.end();
  return events;
}

function parsed(data: string): JsonValue | undefined {
  try {
    return JSON.parse(data) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The response after each event by the plain fold, as JSON texts. */
export function plainSnapshots(events: readonly PlainEvent[]): string[] {
  const fold = new PlainFold();
  return events.map(({ type, value }) => {
    if (isObject(value)) fold.apply(type, value);
    return JSON.stringify(fold.response);
  });
}

export interface Cuts {
  /** Sizes of the chunks, taken in turn. */
  chunks?: readonly number[];
  /** After how many chunks a batch is taken, in turn. */
  batches?: readonly number[];
}

/** Feeds a stream to an indexer in chunks, and its batches to an index. */
export class IndexedStream {
  readonly bytes: Uint8Array;
  readonly indexer: Indexer;
  readonly index = new EventIndex();
  readonly batches: IndexBatch[] = [];

  constructor(bytes: Uint8Array, cuts: Cuts = {}, options: IndexerOptions = {}) {
    const { chunks = [4096], batches = [4] } = cuts;
    this.bytes = bytes;
    this.indexer = new Indexer(options);
    let next = 0;
    let untilBatch = batches[0]!;
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = Math.max(1, chunks[turn % chunks.length]!);
      // A copy, as a chunk from the network is: nothing may rely on memory beyond it.
      this.indexer.push(bytes.slice(at, at + size), turn * 1000);
      at += size;
      if (--untilBatch > 0) continue;
      this.take();
      next++;
      untilBatch = batches[next % batches.length]!;
    }
    this.indexer.end();
    this.take();
  }

  take(): void {
    const batch = this.indexer.takeBatch();
    this.batches.push(batch);
    this.index.append(batch);
  }

  dataOf(seq: number): string {
    const { dataStart, dataEnd } = this.index.columns;
    const dataLines = this.index.has(seq, EventFlag.multiline) ? Infinity : 1;
    return readData({ dataStart: dataStart[seq]!, dataEnd: dataEnd[seq]!, dataLines }, this.bytes);
  }

  /** A view on the snapshots that has not seen any event yet. */
  snapshots(): Snapshots {
    const seen = new Map<number, JsonValue | undefined>();
    return new Snapshots(this.index, (seq) => {
      if (!seen.has(seq)) seen.set(seq, deepFrozen(parsed(this.dataOf(seq))));
      return seen.get(seq);
    });
  }
}

/** A snapshot must not change what it shares with events and other snapshots. */
function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFrozen);
    Object.freeze(value);
  }
  return value;
}

/** Texts are compared first, which is quick; keys in another order are no difference. */
export function expectSnapshot(snapshots: Snapshots, seq: number, plain: string): void {
  const snapshot = snapshots.at(seq);
  if (JSON.stringify(snapshot) === plain) return;
  const expected = JSON.parse(plain) as JsonValue;
  if (!isDeepStrictEqual(snapshot, expected)) {
    expect(snapshot, `the response after event ${seq}`).toEqual(expected);
    throw new Error(`the response after event ${seq} is ${JSON.stringify(snapshot)}`);
  }
}

/** Numbers that look random and are the same in every run. */
export function scatteredOrder(count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  let state = 12_345;
  for (let index = count - 1; index > 0; index--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = state % (index + 1);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return order;
}
