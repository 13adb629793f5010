import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Api, APIS } from '../../src-core/apis.ts';
import { type ChunkRecord, ChunkTableReader } from '../captures/chunk-table.ts';
import { messageOf } from '../refusal.ts';

const plainFile = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]*$/));
const ExampleIndex = v.array(
  v.object({
    /** What a request asks for it by: as its model, with or without `example/` before it. */
    name: plainFile,
    /** What it is an answer of. */
    api: v.optional(v.picklist(APIS), 'responses'),
    file: plainFile,
    title: v.string(),
    description: v.string(),
    /** Names of output formats that it answers. */
    formats: v.array(v.string()),
  }),
);

/** A recorded stream that ships with the app. */
export interface Example {
  name: string;
  api: Api;
  file: string;
  title: string;
  description: string;
  formats: string[];
  path: string;
  body: Buffer;
  /** The recorded chunks, null where the recording has no times. */
  chunks: ChunkRecord[] | null;
}

/**
 * The examples in a folder, in the order of its index.
 * @param notice called with a sentence for what can't be read; the rest is still there
 */
export function loadExamples(folder: string, notice: (message: string) => void): Example[] {
  let index: v.InferOutput<typeof ExampleIndex>;
  try {
    index = v.parse(ExampleIndex, JSON.parse(readFileSync(join(folder, 'examples.json'), 'utf8')));
  } catch (error) {
    notice(`The examples can't be read: ${messageOf(error)}`);
    return [];
  }
  const examples: Example[] = [];
  for (const entry of index) {
    const path = join(folder, entry.file);
    try {
      const body = readFileSync(path);
      examples.push({ ...entry, path, body, chunks: recordedChunks(folder, entry.name, body) });
    } catch (error) {
      notice(`The example ${entry.name} can't be read: ${messageOf(error)}`);
    }
  }
  return examples;
}

/** A table that does not add up to the body is none. */
function recordedChunks(folder: string, name: string, body: Buffer): ChunkRecord[] | null {
  const table = new ChunkTableReader(join(folder, `${name}.chunks.jsonl`));
  const chunks: ChunkRecord[] = [];
  try {
    for (let more = table.read(); more.length > 0; more = table.read()) chunks.push(...more);
  } finally {
    table.close();
  }
  const total = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  return total === body.byteLength && chunks.length > 0 ? chunks : null;
}

/** Which example a request gets: by its model, else by the name of its output format. */
export function chooseExample(
  examples: readonly Example[],
  request: { model: string; format: string },
): Example | { unknown: string } | null {
  const named = examples.find(({ name }) => [name, `example/${name}`].includes(request.model));
  if (named) return named;
  // Any other model is fine: a client under test has a real one in its code.
  if (request.model.startsWith('example/')) return { unknown: request.model };
  const byFormat = examples.find(({ formats }) => formats.includes(request.format));
  return byFormat ?? examples[0] ?? null;
}
