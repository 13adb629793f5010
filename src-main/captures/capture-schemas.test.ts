import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { capturedSchemas } from './capture-schemas.ts';

const schema = (type: string) => ({
  format: { type: 'json_schema', name: type, schema: { type } },
});
const event = (response: unknown) =>
  `data: ${JSON.stringify({ type: 'response.created', response })}\n\n`;

/** A store with one capture of that body, sent with that request. */
async function captureOf(stream: string | null, request: object | null) {
  const body = join(temporaryFolder(), 'body.bin');
  if (stream !== null) await writeFile(body, stream);
  const meta = { request: request && { body: JSON.stringify(request) } };
  return { meta: () => meta, paths: () => ({ body }) } as never;
}

test('the request has the schema, or else the first event with a response', async () => {
  const stream = `: hello\n\ndata: {"type":"ping"}\n\n${event({ text: schema('array') })}`;
  const namesOf = async (...parts: Parameters<typeof captureOf>) =>
    (await capturedSchemas(await captureOf(...parts), 'x')).map(({ name, side }) => [name, side]);
  expect(await namesOf(stream, null)).toEqual([['array', 'response']]);
  expect(await namesOf(stream, { text: schema('object') })).toEqual([['object', 'request']]);
  // A frame that crosses the pieces that are read.
  const long = event({ instructions: 'x'.repeat(200_000), text: schema('array') });
  expect(await namesOf(long, null)).toEqual([['array', 'response']]);
  expect(await namesOf('not a stream', null)).toEqual([]);
  expect(await namesOf(null, null)).toEqual([]);
});
