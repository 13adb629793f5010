import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { givesUp, withoutParsed } from '../testing/reviewed/responses.ts';

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
