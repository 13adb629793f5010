import { ByteLog } from '../../src-core/byte-log.ts';
import { EventFlag } from '../../src-core/index/batch.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import type { Indexer } from '../../src-core/index/indexer.ts';
import { type JsonObject, type JsonValue, parseJson } from '../../src-core/json.ts';
import { Snapshots } from '../../src-core/snapshot/snapshots.ts';
import { readData } from '../../src-core/sse/frame.ts';
import type { Values } from '../arguments/option.ts';
import type { Source } from '../sources/source.ts';
import { readStream } from './read-stream.ts';

/** A stream that is held as a whole: its bytes, its index, and the object at any event. */
export class WholeStream {
  readonly source: Source;
  readonly bytes = new ByteLog();
  readonly index = new EventIndex();
  readonly #snapshots = new Snapshots(this.index, (seq) => parseJson(this.dataText(seq)));

  constructor(source: Source) {
    this.source = source;
  }

  dataText(seq: number): string {
    const { dataStart, dataEnd } = this.index.columns;
    const bytes = this.bytes.slice(dataStart[seq]!, dataEnd[seq]!);
    // As many lines as there can be; `readData` stops at the end of the range.
    const dataLines = this.index.has(seq, EventFlag.multiline) ? bytes.length + 2 : 1;
    return readData({ dataStart: 0, dataEnd: bytes.length, dataLines }, bytes);
  }

  value(seq: number): JsonValue | undefined {
    return parseJson(this.dataText(seq));
  }

  /** The object that the stream amounts to after an event; null where none has told of one. */
  snapshotAt(seq: number): JsonObject | null {
    return this.#snapshots.at(seq);
  }
}

/**
 * Reads a stream into memory.
 * @param grown called as it grows; false ends the reading
 * @throws InputError as `readStream`
 */
export async function readWhole(
  source: Source,
  values: Values,
  grown: (stream: WholeStream) => Promise<boolean | void> = async () => {},
): Promise<{ stream: WholeStream; indexer: Indexer }> {
  const stream = new WholeStream(source);
  const indexer = await readStream(source, values, {
    bytes: (bytes) => stream.bytes.append(bytes),
    async batch(batch) {
      stream.index.append(batch);
      return grown(stream);
    },
  });
  return { stream, indexer };
}

/** The last event of each response. */
export function lastEvents({ index }: WholeStream): number[] {
  const lasts: number[] = [];
  for (let seq = index.count - 1; seq >= 0; seq = index.responseStart(seq) - 1) lasts.push(seq);
  return lasts.reverse();
}
