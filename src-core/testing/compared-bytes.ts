import { diffArrays } from 'diff';
import { EditableStream } from './mutators/editable-stream.ts';
import { framesOfLines, recordings } from './recordings.ts';
import { IndexedStream } from './indexed-stream.ts';
import type { ComparedCapture } from '../compare/compared-capture.ts';
import { type Alignment, alignEvents, ROW_KINDS } from '../compare/alignment.ts';
import { type ComparedStream, EventKeys, KeyTable } from '../compare/event-keys.ts';

export interface ReadStream extends ComparedStream {
  stream: IndexedStream;
}

export function readStream(bytes: Uint8Array): ReadStream {
  const stream = new IndexedStream(bytes);
  return { stream, index: stream.index, dataText: (seq) => stream.dataOf(seq) };
}

export function alignedBytes(
  a: Uint8Array,
  b: Uint8Array,
  open?: { a: boolean; b: boolean },
): Alignment {
  const table = new KeyTable();
  const [keysA, keysB] = [a, b].map((bytes) => {
    const keys = new EventKeys(readStream(bytes), table);
    keys.readOn(Infinity);
    return keys.columns();
  });
  return alignEvents(keysA!, keysB!, diffArrays, open);
}

/** Rows as text, those that are the same left out: `lost 3 -`. */
export function rowsOf({ count, kind, a, b }: Alignment): string[] {
  const rows = [];
  for (let row = 0; row < count; row++)
    if (kind[row] !== 0)
      rows.push(
        `${ROW_KINDS[kind[row]!]} ${[a[row]!, b[row]!].map((seq) => (seq < 0 ? '-' : seq)).join(' ')}`,
      );
  return rows;
}

/** An event stream of JSON values. */
export function streamOf(values: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(
    values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''),
  );
}

/** Chat chunks that bring a text in these pieces. */
export function chatOf(pieces: readonly string[], id = 'chatcmpl-1'): unknown[] {
  const chunk = (delta: object, finish: string | null = null) => ({
    ...{ id, object: 'chat.completion.chunk', created: 1_700_000_000, model: 'gpt-4o' },
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, 'stop'),
  ];
}

export function bytesOf(name: string): Uint8Array {
  for (const ending of ['.sse', '.jsonl', '.ndjson'] as const) {
    const found = recordings(ending).find((one) => one.name.endsWith(name));
    if (found) return ending === '.sse' ? found.bytes : framesOfLines(found.bytes);
  }
  throw new Error(`there is no recording ${name}`);
}

/** The frames of a stream, each with its blank line. */
export function framesOf(bytes: Uint8Array): Uint8Array[] {
  return EditableStream.of(bytes).pieces.map(({ frame, gap }) => joined([frame, gap]));
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** A capture that came by itself in chunks of one arrival time a millisecond, as one side of a comparison. */
export function comparedBytes(bytes: Uint8Array, name = 'one'): ComparedCapture {
  const { stream, index, dataText } = readStream(bytes);
  const snapshots = stream.snapshots();
  return {
    ...{ name, index, dataText, byteCount: bytes.length, meta: null, timed: true },
    ...{ status: 'completed', problems: index.problemTally, verdict: '' },
    snapshotAt: (seq) => snapshots.at(seq),
  };
}
