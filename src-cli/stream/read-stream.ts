import type { IndexBatch } from '../../src-core/index/batch.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { indexOptions } from '../../src-core/index/index-options.ts';
import type { Values } from '../arguments/option.ts';
import { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';
import { chosenReading } from './reading-options.ts';

/** Who is told of a stream while it is read. */
export interface StreamSink {
  /** Bytes of the body, in order, before what is found in them. */
  bytes(bytes: Buffer): void;
  /** What was found since the last call. Reading goes on when it resolves; false ends it early. */
  batch(batch: IndexBatch, indexer: Indexer): Promise<boolean | void>;
}

/** The longest beginning of an input that is quoted where it is no stream. */
const QUOTED = 60;

/**
 * Reads a stream from its first byte to its last, or until the sink has enough.
 * @param values the options, of which those about reading count
 * @throws InputError where it can't be read, is empty, or holds no event
 */
export async function readStream(
  source: Source,
  values: Values,
  sink: StreamSink,
): Promise<Indexer> {
  const indexer = new Indexer({
    ...indexOptions({ ...source.capture, timed: source.isTimed }),
    ...chosenReading(values),
  });
  let first = Buffer.alloc(0);
  for await (const pieces of source.pieces()) {
    for (const { bytes, timeUs, continued } of pieces) {
      if (first.length < QUOTED) first = Buffer.concat([first, bytes.subarray(0, QUOTED)]);
      sink.bytes(bytes);
      indexer.push(bytes, timeUs, continued);
    }
    if ((await sink.batch(indexer.takeBatch(), indexer)) === false) return indexer;
  }
  indexer.end(source.capture?.end);
  const enough = (await sink.batch(indexer.takeBatch(), indexer)) === false;
  if (indexer.eventCount === 0 && !enough) throw noEvents(source, first);
  return indexer;
}

function noEvents({ name, capture, looked }: Source, first: Buffer): InputError {
  if (capture?.end?.kind === 'failed')
    return new InputError(`${name} holds no events. ${capture.end.message}`);
  if (first.length === 0)
    return new InputError(
      `${name} is empty.`,
      'The request that made it may have failed: see its exit code.',
    );
  if (looked !== '') return new InputError(`${name} holds no events.`, looked);
  const text = first.toString('utf8').slice(0, QUOTED);
  return new InputError(
    `${name} holds no events: it begins with ${JSON.stringify(text)}.`,
    /^\ufeff?(?:data|event|id|retry)\b/.test(text)
      ? 'Its first event is not finished: no blank line closes it.'
      : 'An event stream has lines such as "data: {...}", with a blank line after each event.',
  );
}
