import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { madeAnswer } from './made-answer.ts';
import type { MadeOutput } from './made-stream.ts';

const made = (output: MadeOutput, request: JsonObject = {}, seed = 1) => ({
  output,
  request: { model: 'm', ...request },
  seed,
  id: '0123456789abcdef0123456789abcdef',
  createdAt: 1_761_016_828,
  inputTokens: 49,
});
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The keys of an object and what kinds of values they have. */
function shapeOf(value: JsonValue | undefined): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (!isObject(value)) return value === null ? null : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, shapeOf(inner)]),
  );
}

test('a refusal in chunks has the shape of the recorded one', () => {
  const recorded = eventsOf(
    readFileSync(join(import.meta.dirname, '../../examples/chat-refusal.sse')),
  ).map(({ value }) => value as JsonObject);
  const request = { stream_options: { include_usage: true } };
  const { stream } = madeAnswer(
    'chat',
    made({ kind: 'refusal', text: "I'm very sorry, but I can't assist with that." }, request),
  );
  const chunks = eventsOf(bytesOf(stream)).map(({ value }) => value as JsonObject);
  // `[DONE]` is the last, no JSON; the cuts are others.
  for (const at of [0, 1, -3, -2]) {
    const { system_fingerprint: _, ...one } = chunks.at(at)!;
    const { system_fingerprint: _recorded, ...other } = recorded.at(at)!;
    expect(shapeOf(one), String(at)).toEqual(shapeOf(other));
  }
});

test.each(['chat', 'messages'] as const)('%s: what is made adds up to its whole', (api) => {
  fc.assert(
    fc.property(
      fc.oneof(fc.json(), fc.string({ unit: 'grapheme' })),
      fc.constantFrom('text', 'refusal', 'call'),
      fc.nat(),
      fc.option(fc.integer({ min: 1, max: 30 })),
      (text, kind, seed, max) => {
        const limit = { chat: 'max_completion_tokens', messages: 'max_tokens' }[api];
        const request: JsonObject = {
          stream_options: { include_usage: true },
          ...(max !== null && { [limit]: max }),
        };
        const { stream, whole } = madeAnswer(
          api,
          made({ kind, text, name: 'f' } as MadeOutput, request, seed),
        );
        const read = new IndexedStream(bytesOf(stream), { chunks: [77] });
        expect(read.index.dialect).toBe(api);
        const last = read.snapshots().at(read.index.count - 1)!;
        const { choices, content, usage } = whole;
        // A call that was cut has no input yet: the text of it stands beside.
        if (
          api === 'messages' &&
          kind === 'call' &&
          'partial_json' in (last.content as JsonObject[])[0]!
        )
          return;
        expect(last.usage).toEqual(usage);
        if (api === 'messages') expect(last.content).toEqual(content);
        else {
          const [one] = last.choices as JsonObject[];
          const [other] = choices as JsonObject[];
          const said = ({ message, finish_reason }: JsonObject) => {
            const { content: own, refusal, tool_calls } = message as JsonObject;
            return [own || null, refusal || null, tool_calls, finish_reason];
          };
          expect(said(one!)).toEqual(said(other!));
        }
      },
    ),
    { numRuns: 100 },
  );
});
