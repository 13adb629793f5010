import { Indexer } from '../src-core/index/indexer.ts';
import { measure, median, ratio } from './measure.ts';
import { indexOf, names, parseEach, textsOf } from './reading.ts';
import { chunksOf, textStream } from './streams.ts';
import { fixed, printTable } from './table.ts';

const CHUNK = 16 * 1024;
const SIZES = [50_000, 200_000];

/** A body with every eighth event changed so that a rule is broken, its length kept. */
function broken(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const name = '"sequence_number"';
  let at = 0;
  for (let event = 0; (at = copy.indexOf(name, at)) >= 0; event++, at += name.length)
    if (event % 8 === 7) copy.write('_', at + 1);
  return copy;
}

/** Kilobytes that an indexer keeps once all it found was taken away, its lanes' text left out. */
function kept(chunks: readonly Buffer[]): number {
  const { gc } = globalThis as { gc?: () => void };
  const used = () => {
    gc?.();
    return process.memoryUsage().heapUsed;
  };
  // What the first garbage collection frees is no part of it.
  used();
  const before = used();
  const indexer = new Indexer();
  let text = 0;
  for (const [at, chunk] of chunks.entries()) {
    indexer.push(chunk, at);
    for (const piece of indexer.takeBatch().texts) text += piece.text.length;
  }
  const after = used();
  if (indexer.eventCount === 0) throw new Error('nothing was read');
  return (after - before - text) / 1000;
}

export async function conformance(): Promise<void> {
  const rows: string[][] = [];
  for (const [title, change] of [
    ['as it should be', (body: Buffer) => body],
    ['every 8th event broken', broken],
  ] as const) {
    for (const size of SIZES) {
      const body = change(textStream(size));
      const chunks = chunksOf(body, CHUNK);
      const texts = textsOf(body);
      const times = await measure([
        { name: names.ourIndex, run: () => indexOf(chunks) },
        { name: names.jsonParse, run: () => parseEach(texts) },
      ]);
      rows.push([
        `${fixed(texts.length, 0)} events, ${title}`,
        fixed(median(times, names.ourIndex)),
        fixed(median(times, names.jsonParse)),
        fixed(ratio(times, names.ourIndex, names.jsonParse), 2),
        fixed(indexOf(chunks).problemCount, 0),
        fixed(kept(chunks), 0),
      ]);
    }
  }
  console.log('Index and conformance: every rule of the Responses API, beside JSON.parse alone');
  const heading = ['median of 9 rounds', 'ms', 'JSON.parse ms', 'times as long'];
  printTable([...heading, 'problems', 'KB kept'], rows);
  console.log('kept: by the indexer beside the texts, when all that was found is taken away.\n');
}
