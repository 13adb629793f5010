import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, type JsonObject, type JsonValue, parseJson } from '../json.ts';
import { anySchema, valueFor } from '../testing/schemas.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import {
  type MadeEvent,
  madeStream,
  type MadeOutput,
  responseOf,
  streamText,
} from './made-stream.ts';
import { tokensOf } from './tokens.ts';

const person = responsesRecordings().find(({ name }) => name === 'seed-person.sse')!;
const recorded = eventsOf(person.bytes).map(({ value }) => value as MadeEvent);
const PERSON = '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}';

const made = (output: MadeOutput, request: JsonObject = {}, seed = 1) =>
  madeStream({
    output,
    request: { model: 'm', ...request },
    seed,
    id: '0123456789abcdef0123456789abcdef',
    createdAt: 1_761_016_828,
    inputTokens: 56,
  });
const bytesOf = (events: readonly MadeEvent[]) => new TextEncoder().encode(streamText(events));

/** An event less what differs from one response to the next, and what older ones do not have. */
function comparable(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((one) => comparable(one)!);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'completed_at');
  return Object.fromEntries(
    kept.map(([name, one]) => {
      if ((name === 'id' || name === 'item_id') && typeof one === 'string')
        return [name, one.replace(/_.*/, '')];
      if (name === 'obfuscation') return [name, String(one).length];
      return [name, comparable(one)];
    }),
  );
}

test('the person comes as in the recording: the same events, fields, cuts and usage', () => {
  const { text, max_output_tokens, model } = responseOf(recorded);
  const events = made({ kind: 'text', text: PERSON }, {
    text,
    max_output_tokens,
    model,
  } as JsonObject);
  expect(events.map((one) => JSON.stringify(comparable(one)))).toEqual(
    recorded.map((one) => JSON.stringify(comparable(one))),
  );
});

test('its frames are named like their events', () => {
  const text = streamText(made({ kind: 'text', text: '{}' }));
  const frames = text.split('\n\n').slice(0, -1);
  for (const frame of frames) {
    const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(frame)!;
    expect(JSON.parse(data!).type).toBe(name);
  }
});

describe('tokens', () => {
  test('joined they are the text, and none ends within a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(), (text, seed) => {
        const tokens = tokensOf(text, seed);
        expect(tokens.join('')).toBe(text);
        for (const token of tokens) {
          expect(token).not.toBe('');
          expect(encodeURIComponent(token)).toBeTruthy();
        }
      }),
    );
  });

  test('a text that is not well-formed is kept as it is', () => {
    const text = '"a\ud800b\udc00"';
    expect(tokensOf(text, 3).join('')).toBe(text);
  });

  test('the same seed cuts the same; long words are cut in several ways', () => {
    const text = 'internationalization '.repeat(20);
    expect(tokensOf(text, 5)).toEqual(tokensOf(text, 5));
    expect(tokensOf(text, 5)).not.toEqual(tokensOf(text, 6));
  });
});

test('obfuscation can be left out', () => {
  const events = made(
    { kind: 'text', text: PERSON },
    { stream_options: { include_obfuscation: false } },
  );
  expect(streamText(events)).not.toContain('obfuscation');
});

describe('max_output_tokens', () => {
  test('cuts the text after as many tokens, and says so everywhere', () => {
    const events = made({ kind: 'text', text: PERSON }, { max_output_tokens: 9 });
    const response = responseOf(events);
    const [item] = response.output as JsonObject[];
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      completed_at: null,
      usage: { input_tokens: 56, output_tokens: 9, total_tokens: 65 },
    });
    expect(item).toMatchObject({
      status: 'incomplete',
      content: [{ text: '{"name":"Alice Johnson","age":30' }],
    });
    expect(events.at(-1)!.type).toBe('response.incomplete');
  });

  test('a text that just fits is complete', () => {
    const events = made({ kind: 'text', text: PERSON }, { max_output_tokens: 15 });
    expect(responseOf(events).status).toBe('completed');
  });
});

let server: Server;
let client: OpenAI;
let served: Uint8Array;
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.end(served);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0, logLevel: 'off' });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('the official client reads', () => {
  const read = async (events: readonly MadeEvent[]) => {
    served = bytesOf(events);
    const stream = client.responses.stream({ model: 'm', input: 'x' });
    let text = '';
    stream.on('response.output_text.delta', ({ delta }) => (text += delta));
    stream.on('response.function_call_arguments.delta', ({ delta }) => (text += delta));
    return { response: await stream.finalResponse(), text };
  };

  test('a text', async () => {
    const { response, text } = await read(made({ kind: 'text', text: PERSON }));
    expect([response.output_text, text]).toEqual([PERSON, PERSON]);
  });
  test('a refusal', async () => {
    const { response } = await read(made({ kind: 'refusal', text: "I can't." }));
    expect(response.output).toMatchObject([
      { content: [{ type: 'refusal', refusal: "I can't." }] },
    ]);
  });
  test("a function's arguments", async () => {
    const { response, text } = await read(made({ kind: 'call', name: 'f', text: PERSON }));
    expect(text).toBe(PERSON);
    expect(response.output).toMatchObject([
      { type: 'function_call', name: 'f', arguments: PERSON, status: 'completed' },
    ]);
  });
  test('a text that was cut', async () => {
    const { response, text } = await read(
      made({ kind: 'text', text: PERSON }, { max_output_tokens: 4 }),
    );
    expect(response.status).toBe('incomplete');
    expect(text).toBe('{"name":"Alice');
  });
});

test('whatever is made adds up to its final response, and nothing in it is odd', () => {
  const output = fc.oneof(
    fc.tuple(anySchema, fc.nat()).map(([schema, seed]) => JSON.stringify(valueFor(schema, seed))),
    fc.string({ unit: 'grapheme' }),
  );
  const kind = fc.constantFrom('text', 'refusal', 'call');
  fc.assert(
    fc.property(
      output,
      kind,
      fc.nat(),
      fc.option(fc.integer({ min: 1, max: 30 })),
      (text, of, seed, max) => {
        const request: JsonObject = max === null ? {} : { max_output_tokens: max };
        const events = made({ kind: of, text, name: 'f' } as MadeOutput, request, seed);
        const stream = new IndexedStream(bytesOf(events), { chunks: [77] });
        // That it is incomplete is told, and that a text is no JSON; there is no other problem.
        const isCut = responseOf(events).status === 'incomplete';
        const isOdd = !isCut && of === 'call' && parseJson(text) === undefined;
        expect(stream.index.problems.map(({ rule }) => rule)).toEqual(
          isCut ? ['W12'] : isOdd ? ['X2'] : [],
        );
        expect(stream.index.count).toBe(events.length);
        const before = stream.snapshots().at(events.length - 2)!;
        expect(before.output).toEqual(responseOf(events).output);
      },
    ),
    { numRuns: 200 },
  );
});
