import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, type JsonValue } from '../json.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';

const noBeginning = /expected 'response.created' event/;
const unknownToIt = /Unhandled response stream event/;

/** Where the official client gives up on a recording, whole or cut, and what it says. */
const givesUp: Record<string, RegExp> = {
  // A stream resumed in its middle.
  'dotnet-canstreambackgroundresponsesasync-1.sse': noBeginning,
  'pyd-openai-responses-test-backgrou-ode-streaming-starting-after-vcr-1.sse': noBeginning,
  // Hand-made: `response.in_progress` brings a response without output.
  'prism-openai-stream-multiple-output-items-1.sse': /output is not iterable/,
  // It throws at the `error` event, before the terminal one.
  'prism-openai-stream-rate-limited-1.sse': /Request too large/,
  'pyd-openai-responses-websocket-test-ws-error-event-raises.jsonl': /not found/,
  'vercel-openai-error.1.jsonl': /exceeded your current quota/,
  // It throws on event types that it does not list.
  'vercel-openai-apply-patch-tool.1.jsonl': unknownToIt,
  'vercel-openai-shell-skills.1.jsonl': unknownToIt,
  // Hand-made: the first line is no JSON.
  'vercel-openai-parallel-tool-call-wrapper.1.jsonl': /in JSON at position/,
};

const terminalTypes = ['response.completed', 'response.incomplete', 'response.failed'];

interface Case {
  name: string;
  bytes: Uint8Array;
  /** The last event. */
  seq: number;
}

/** Each recording as it is, and cut before its terminal event: then the client's own fold shows. */
const cases = responsesRecordings().flatMap(({ name, bytes }): Case[] => {
  const events = eventsOf(bytes);
  const whole: Case = { name, bytes, seq: events.length - 1 };
  const terminal = events.findIndex(({ type }) => terminalTypes.includes(type));
  if (terminal < 1) return [whole];
  const before = bytes.slice(0, events[terminal]!.frame.start);
  return [whole, { name: `${name}, cut`, bytes: before, seq: terminal - 1 }];
});

let server: Server;
let client: OpenAI;

beforeAll(async () => {
  server = createServer((request, response) => {
    const body = cases[Number(request.headers['x-case'])]!.bytes;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    // In pieces, as a network brings it.
    for (let at = 0; at < body.length; at += 5000) response.write(body.subarray(at, at + 5000));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseURL = `http://127.0.0.1:${port}/v1`;
  client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0, logLevel: 'off' });
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** An output less what the client adds to it. */
function withoutParsed(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(withoutParsed);
  if (!isObject(value)) return value as JsonValue;
  const left = Object.entries(value).filter(
    ([name]) => name !== 'parsed' && name !== 'parsed_arguments',
  );
  return Object.fromEntries(left.map(([name, field]) => [name, withoutParsed(field)]));
}

describe('the official client folds the same bytes into the same output', () => {
  test.each(cases.map((one, at) => [one.name, one, at] as const))('%s', async (name, one, at) => {
    const request = client.responses.stream(
      { model: 'any', input: 'any' },
      { headers: { 'x-case': String(at) } },
    );
    const final = request.finalResponse();
    const reason = givesUp[name.replace(/, cut$/, '')];
    if (reason) {
      await expect(final).rejects.toThrow(reason);
      return;
    }
    const { output } = await final;
    const ours = new IndexedStream(one.bytes).snapshots().at(one.seq)?.output;
    expect(withoutParsed(output)).toEqual(withoutParsed(ours));
  });
});
