import { readFileSync } from 'node:fs';
import { createParser } from 'eventsource-parser';
import { Stream } from 'openai/core/streaming';
import { EventIndex } from '../src-core/index/event-index.ts';
import { Indexer } from '../src-core/index/indexer.ts';
import { FrameParser } from '../src-core/sse/frame-parser.ts';
import type { Task } from './measure.ts';

const { devDependencies: versions } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  devDependencies: Record<string, string>;
};

export const names = {
  ourParser: 'Deltascope: FrameParser',
  eventsourceParser: `eventsource-parser ${versions['eventsource-parser']}, with TextDecoder`,
  ourIndex: 'Deltascope: Indexer and EventIndex',
  jsonParse: 'JSON.parse of each event, text given',
  openai: `openai ${versions.openai}: Stream.fromSSEResponse`,
};

/** A batch is taken after so many chunks of 16 KiB, as the app sends them: see `src-ipc`. */
const CHUNKS_PER_BATCH = 16;

function ourParser(chunks: readonly Buffer[]): unknown {
  let events = 0;
  const parser = new FrameParser({
    frame: ({ kind }) => {
      if (kind === 'event') events++;
    },
    deviation: () => {},
  });
  for (const chunk of chunks) parser.push(chunk);
  parser.end();
  return { parser, events };
}

function eventsourceParser(chunks: readonly Buffer[]): unknown {
  let events = 0;
  const parser = createParser({ onEvent: () => events++ });
  const decoder = new TextDecoder();
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
  return { parser, decoder, events };
}

export function indexOf(chunks: readonly Buffer[], indexer: Indexer = new Indexer()): EventIndex {
  const index = new EventIndex();
  chunks.forEach((chunk, at) => {
    indexer.push(chunk, at * 1000);
    if (at % CHUNKS_PER_BATCH === CHUNKS_PER_BATCH - 1) index.append(indexer.takeBatch());
  });
  indexer.end();
  index.append(indexer.takeBatch());
  return index;
}

/** What any client does at least: its parsed events are thrown away, ours are kept in columns. */
export function parseEach(texts: readonly string[]): number {
  let events = 0;
  for (const text of texts) if (JSON.parse(text) !== null) events++;
  return events;
}

async function officialDecoder(chunks: readonly Buffer[]): Promise<unknown> {
  let next = 0;
  const body = new ReadableStream({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  });
  const stream = Stream.fromSSEResponse(new Response(body), new AbortController());
  let events = 0;
  for await (const event of stream) if (event) events++;
  return { stream, events };
}

/** The data of each event, decoded. */
export function textsOf(body: Buffer): string[] {
  const texts: string[] = [];
  const parser = new FrameParser({
    frame: ({ dataStart, dataEnd }) => {
      texts.push(body.toString('utf8', dataStart, dataEnd));
    },
    deviation: () => {},
  });
  parser.push(body);
  return texts;
}

/** All that is measured on one body. Returned are the chunks' tasks, and how many events there are. */
export function readingTasks(chunks: readonly Buffer[], body: Buffer): [Task[], events: number] {
  const texts = textsOf(body);
  const tasks: Task[] = [
    { name: names.ourParser, run: () => ourParser(chunks) },
    { name: names.eventsourceParser, run: () => eventsourceParser(chunks) },
    {
      name: names.ourIndex,
      run: () => {
        const indexer = new Indexer();
        return { indexer, index: indexOf(chunks, indexer) };
      },
    },
    { name: names.jsonParse, run: () => parseEach(texts) },
    { name: names.openai, run: () => officialDecoder(chunks) },
  ];
  return [tasks, texts.length];
}
