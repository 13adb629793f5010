import { describe, expect, test } from 'vitest';
import { GrowingDocument } from '../growing/growing-document.ts';
import { isObject, type JsonObject } from '../json.ts';
import { madeStream, streamText } from '../made-stream/made-stream.ts';
import { schemaRequest } from '../schema-request/schema-request.ts';
import { fixAll } from '../strict-schema/fixing.ts';
import { withEdits } from '../strict-schema/tree-text.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { instancesOf, judgeOf } from '../testing/instances.ts';
import { realSchemas } from '../testing/real-schemas.ts';
import { planOf } from './compile.ts';
import { SchemaCheck } from './schema-check.ts';
import { SchemaSources } from './source.ts';
import { schemaWord } from './verdict.ts';

/** A made stream of a text, its deltas, and the schema that its first response repeats. */
function streamOf(schemaText: string, kind: 'format' | 'tool', text: string) {
  const name = 'real_schema';
  const facts = { schema: schemaText, name, description: '', strict: true, kind };
  const body = schemaRequest({ ...facts, model: 'm', prompt: 'p' });
  const events = madeStream({
    output: kind === 'tool' ? { kind: 'call', name, text } : { kind: 'text', text },
    request: JSON.parse(body) as JsonObject,
    seed: 7,
    id: '0123456789abcdef0123456789abcdef',
    createdAt: 0,
    inputTokens: 1,
  });
  const bytes = new TextEncoder().encode(streamText(events));
  const read = eventsOf(bytes).map(({ value }) => value as JsonObject);
  const sources = new SchemaSources(null, read[0]!.response);
  const source = kind === 'tool' ? sources.parametersOf(name) : sources.format;
  const deltas = read.flatMap(({ type, delta }) =>
    /\.delta$/.test(String(type)) && typeof delta === 'string' ? [delta] : [],
  );
  return { bytes, deltas, schema: source!.schema };
}

describe.each(realSchemas())('$file', ({ text }) => {
  const fixed = withEdits(text, fixAll(text, { target: 'openai' }).edits);
  const strict = JSON.parse(fixed) as JsonObject;

  test.each(['format', 'tool'] as const)('goes through a whole stream as a %s', async (kind) => {
    const [instance] = await instancesOf(strict, 4);
    const output = JSON.stringify(instance);
    const { bytes, deltas, schema } = streamOf(fixed, kind, output);
    // The response repeats the schema of the request, and the stream is one without fault.
    expect(schema).toEqual(strict);
    expect(deltas.join('')).toBe(output);
    const { batches } = new IndexedStream(bytes, { chunks: [97, 1, 512] });
    expect(batches.flatMap(({ problems }) => problems)).toEqual([]);

    const check = new SchemaCheck(planOf(schema), new GrowingDocument());
    for (const delta of deltas.slice(0, -1)) {
      check.document.append(delta);
      check.advance();
      expect(schemaWord(check, check.document.length, false, null)).toBe('valid so far');
    }
    check.document.append(deltas.at(-1)!);
    check.advance();
    const whole = judgeOf(schema)(JSON.parse(output));
    expect(schemaWord(check, output.length, true, whole)).toBe('valid');

    // The same without its first key is not.
    if (!isObject(instance) || Object.keys(instance).length === 0) return;
    const [, ...others] = Object.entries(instance);
    const broken = streamOf(fixed, kind, JSON.stringify(Object.fromEntries(others)));
    const other = new SchemaCheck(planOf(schema), new GrowingDocument());
    for (const delta of broken.deltas) {
      other.document.append(delta);
      other.advance();
    }
    expect(schemaWord(other, Infinity, true, null)).toBe('invalid');
  });
});
