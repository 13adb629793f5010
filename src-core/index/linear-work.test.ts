import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { countedWork } from '../testing/counted-work.ts';
import { Indexer } from './indexer.ts';

/** Streams that grow with n in one direction that a careless reader would walk through again and again. */
const streams: Record<string, (n: number) => string> = {
  'items that are never done': (n) => frames([created, ...each(n, added), ...each(n, text)]),
  'items that are done': (n) => frames([created, ...each(n, (at) => [added(at), done(at)]).flat()]),
  'items that are added again': (n) => frames([created, ...each(n, () => added(0))]),
  'items of an incomplete one': (n) =>
    frames([
      created,
      added(0),
      done(0, 'incomplete'),
      ...each(n, (at) => added(at + 1)),
      completed(n),
    ]),
  'a final response with all items': (n) =>
    frames([created, ...each(n, (at) => [added(at), done(at)]).flat(), completed(n)]),
  'parts of one item': (n) =>
    frames([
      created,
      added(0),
      ...each(n, part),
      ...each(n, partText),
      ...each(n, partDone),
      done(0),
    ]),
  'deltas of one text': (n) => frames([created, added(0), part(0), ...each(n, () => partText(0))]),
  'a text that is told again and again': (n) =>
    frames([
      created,
      added(0),
      part(0),
      ...each(n, (at) => ({ ...partText(0), type: TEXT_DONE, text: `${at}` })),
    ]),
  annotations: (n) => frames([created, added(0), part(0), ...each(n, annotation), partDone(0)]),
  'responses in one stream': (n) => frames(each(n, () => [created, added(0), completed(1)]).flat()),
  'response ids': (n) => frames(each(n, (at) => ({ ...created, response: { id: `r${at}` } }))),
  'numbers out of order': (n) =>
    frames(each(n, (at) => ({ type: 'keepalive', sequence_number: n - at }))),
  'types that are not listed': (n) =>
    frames([created, ...each(n, (at) => ({ type: `response.${at}` }))]),
  'item ids without an index': (n) =>
    frames([
      created,
      ...each(n, (at) => ({ type: 'response.output_text.delta', item_id: `i${at}`, delta: 'x' })),
    ]),
  errors: (n) => frames(each(n, () => ({ type: 'error', error: { message: 'no' } }))),
  'one long event': (n) => frames([created, { type: 'keepalive', padding: 'x'.repeat(40 * n) }]),
  'one long line without an end': (n) => 'x'.repeat(40 * n),
  'unknown fields': (n) => 'x: y\n'.repeat(4 * n),
  comments: (n) => ': x\n'.repeat(n),
  'data lines of one event': (n) => 'data: x\n'.repeat(20 * n),
  brackets: (n) => '['.repeat(200 * n),
  'objects of an array': (n) => `[${each(10 * n, () => '{"a":"[{"}').join(',')}]`,
  'lines of JSON': (n) => '{"a":1}\n'.repeat(n),
  'choices of a chat': (n) =>
    frames(each(n, (at) => ({ object: CHUNK, choices: [{ index: at, delta: { content: 'x' } }] }))),
  'tool calls of a chat': (n) =>
    frames(
      each(n, (at) => {
        const call = { index: at, id: `c${at}`, function: { name: 'f', arguments: '{}' } };
        return { object: CHUNK, choices: [{ index: 0, delta: { tool_calls: [call] } }] };
      }),
    ),
  'tool calls of a chat without an index': (n) =>
    frames(
      each(n, (at) => {
        const call = { id: `c${at}`, function: { name: 'f', arguments: '{}' } };
        return { object: CHUNK, choices: [{ index: 0, delta: { tool_calls: [call] } }] };
      }),
    ),
  'blocks of a message': (n) =>
    frames([
      { type: 'message_start', message: { id: 'm', type: 'message', content: [] } },
      ...each(n, (index) => ({
        type: 'content_block_start',
        index,
        content_block: { type: 'text', text: '' },
      })),
      ...each(n, (index) => ({
        type: 'content_block_delta',
        index,
        delta: { type: 'text_delta', text: 'x' },
      })),
      ...each(n, (index) => ({ type: 'content_block_stop', index })),
    ]),
  'parts of a candidate': (n) =>
    frames(
      each(n, (at) => ({
        candidates: [{ index: 0, content: { parts: [{ text: 'x', thought: at % 2 === 0 }] } }],
      })),
    ),
  'lines of Ollama': (n) =>
    each(n, () => ({
      model: 'm',
      created_at: '',
      message: { role: 'assistant', content: 'x' },
      done: false,
    }))
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
};

const CHUNK = 'chat.completion.chunk';
const TEXT_DONE = 'response.output_text.done';

const response = { id: 'r', status: 'in_progress', output: [], usage: null };
const created: JsonObject = { type: 'response.created', response };
const message = (at: number, status: string): JsonObject => ({
  id: `i${at}`,
  type: 'message',
  status,
  content: [],
});
const added = (at: number): JsonObject => ({
  ...{ type: 'response.output_item.added', output_index: at, item: message(at, 'in_progress') },
});
const done = (at: number, status = 'completed'): JsonObject => ({
  ...{ type: 'response.output_item.done', output_index: at, item: message(at, status) },
});
const completed = (n: number): JsonObject => ({
  type: 'response.completed',
  response: { ...response, status: 'completed', output: each(n, (at) => message(at, 'completed')) },
});
const place = (at: number): JsonObject => ({ output_index: 0, item_id: 'i0', content_index: at });
const part = (at: number): JsonObject => ({
  ...{ type: 'response.content_part.added', ...place(at), part: { type: 'output_text', text: '' } },
});
const partDone = (at: number): JsonObject => ({
  ...{ type: 'response.content_part.done', ...place(at), part: { type: 'output_text', text: 'x' } },
});
const partText = (at: number): JsonObject => ({
  ...{ type: 'response.output_text.delta', ...place(at), delta: 'x' },
});
const text = (at: number): JsonObject => ({ ...partText(0), output_index: at, item_id: `i${at}` });
const annotation = (at: number): JsonObject => ({
  ...{ type: 'response.output_text.annotation.added', ...place(0), annotation_index: at },
  annotation: { type: 'url_citation' },
});

function each<T>(n: number, make: (at: number) => T): T[] {
  return Array.from({ length: n }, (_, at) => make(at));
}

function frames(events: readonly JsonObject[]): string {
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
}

/** The work of indexing a text, in chunks of 4 KiB, with a batch after each. */
function workOf(source: string): number {
  const bytes = new TextEncoder().encode(source);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 4096) chunks.push(bytes.slice(at, at + 4096));
  return countedWork(() => {
    const indexer = new Indexer();
    for (const chunk of chunks) {
      indexer.push(chunk, 0);
      indexer.takeBatch();
    }
    indexer.end();
    indexer.takeBatch();
  });
}

test('work that grows faster is counted', () => {
  const search = (n: number) => () => each(n, (at) => each(n, () => 0).indexOf(at));
  expect(countedWork(search(1600))).toBeGreaterThan(12 * countedWork(search(400)));
});

describe('the work of indexing grows with the stream, not faster', () => {
  test.each(Object.entries(streams))('%s', (_name, stream) => {
    const few = workOf(stream(300));
    const many = workOf(stream(2400));
    // Eight times as much, and some more for what grows by doubling. Quadratic would be 64 times.
    expect(many).toBeLessThan(11 * few);
  });
});
