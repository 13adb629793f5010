import { expect, onTestFinished, test } from 'vitest';
import { recordings } from '../../src-core/testing/recordings.ts';
import { chunksIn, rawExchange, requestText } from '../testing/raw-client.ts';
import type { NamedRecording } from './list-shelf.ts';
import { serveRecordings, type ServeOptions } from './serve-recordings.ts';

async function serving(list: readonly NamedRecording[], options: ServeOptions = {}) {
  const server = serveRecordings(list, { pace: { kind: 'instant' }, ...options });
  await server.start();
  onTestFinished(() => server.stop());
  const { url, error } = server.state;
  return { server, url: url!, error, port: Number(new URL(url ?? 'http://x:1').port) };
}

/** Cuts a body into chunks of random sizes, as a network might. */
function cutAnywhere(body: Uint8Array, seed: number): number[] {
  const sizes: number[] = [];
  let state = seed + 1;
  for (let left = body.length; left > 0;) {
    state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff;
    const size = Math.min(left, 1 + (state % 3000));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

const ALL = (['.sse', '.jsonl', '.ndjson', '.json'] as const).flatMap((one) => recordings(one));
const ANYTHING = { method: false, path: false, model: false, body: 'any', fields: [] } as const;

test('every recording comes back in the same bytes and the same chunks', async () => {
  expect(ALL).toHaveLength(119);
  const list = ALL.map(({ name, bytes }, at) => ({
    ...{ name, body: bytes },
    chunks: cutAnywhere(bytes, at).map((size, index) => ({ timeUs: index * 900, size })),
  }));
  const matching = { ...ANYTHING, choice: 'calls' } as const;
  const { port, server } = await serving(list, { matching });
  for (const { name, body, chunks } of list) {
    const answer = await rawExchange(port, requestText(port, '/v1/any', {}));
    const read = chunksIn(answer.rest);
    expect(read.whole, name).toBe(true);
    expect(
      read.chunks.map(({ length }) => length),
      name,
    ).toEqual(chunks.map(({ size }) => size));
    expect(Buffer.compare(Buffer.concat(read.chunks), body), name).toBe(0);
  }
  expect(server.state.open).toBe(0);
});
