import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../json.ts';
import { anyCommand, anyFile, anyRecord } from '../testing/any-import.ts';
import { ByteLines } from './byte-lines.ts';
import { cassetteExchange, sessionExchange } from './cassette.ts';
import { curlRequest } from './curl.ts';
import { type ImportedExchange, isLeftOut, type LeftOut } from './exchange.ts';
import { harExchange } from './har.ts';
import { JsonElements } from './json-elements.ts';
import { pairExchange } from './pairs.ts';
import { recognise } from './recognise.ts';
import { YamlItems } from './yaml-items.ts';

const READERS = { harExchange, cassetteExchange, sessionExchange, pairExchange };
const PATHS = [['log', 'entries'], ['interactions'], ['http_interactions'], ['Entries'], []];
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 });

function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = cuts[turn % cuts.length]!;
    list.push(bytes.slice(at, at + size));
    at += size;
  }
  return list;
}

/** What each reader of entries finds in a file that comes in pieces. */
function entriesIn(list: readonly Uint8Array[], limit: number) {
  const elements = new JsonElements(PATHS, limit);
  const found = list.flatMap((piece) => elements.push(piece));
  const cut = new ByteLines(limit);
  const lines = [...list.flatMap((piece) => cut.push(piece)), ...cut.end()];
  const items = (['list', 'documents'] as const).map((kind) => {
    const yaml = new YamlItems(limit, kind);
    return [...lines.flatMap((line) => yaml.push(line)), ...yaml.end()];
  });
  return { found, fault: elements.end(), lines, items };
}

/** An exchange is whole: the parts of its body add up to it. */
function expectWhole(exchange: ImportedExchange | LeftOut): void {
  if (isLeftOut(exchange)) return;
  const { body, chunks, startedAt, request } = exchange;
  expect(body).toBeInstanceOf(Uint8Array);
  if (chunks) {
    expect(chunks.reduce((sum, [, size]) => sum + size, 0)).toBe(body.length);
    expect(chunks.every(([time], at) => at === 0 || chunks[at - 1]![0] <= time)).toBe(true);
  }
  if (startedAt !== null) expect(Number.isNaN(Date.parse(startedAt))).toBe(false);
  if (request) expect(request.headers.flat().every((each) => typeof each === 'string')).toBe(true);
}

describe('any file', () => {
  test('is recognised, or told what it is not', () => {
    fc.assert(
      fc.property(anyFile, fc.boolean(), (bytes, isWhole) => {
        const known = recognise(bytes, isWhole);
        if (known.reading === null) expect(known.looked).not.toBe('');
      }),
      { numRuns: 1500 },
    );
  });

  test('has the same entries however it is cut, and they lie within it', () => {
    fc.assert(
      fc.property(anyFile, sizes, fc.constantFrom(1e6, 40), (bytes, cuts, limit) => {
        const whole = entriesIn(bytes.length > 0 ? [bytes] : [], limit);
        expect(entriesIn(pieces(bytes, cuts), limit)).toEqual(whole);
        for (const { start, bytes: own } of [...whole.found, ...whole.lines])
          expect(start + (own?.length ?? 0)).toBeLessThanOrEqual(bytes.length);
        for (const { bytes: own } of whole.found) {
          const value = parseJson(new TextDecoder().decode(own ?? new Uint8Array()));
          for (const read of Object.values(READERS)) expectWhole(read(value));
        }
      }),
      { numRuns: 800 },
    );
  });
});

test.each(Object.entries(READERS))('%s takes any record', (_name, read) => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (request, response) => {
      expectWhole(read(request));
      expectWhole(read({ request, response }));
    }),
    { numRuns: 600 },
  );
});

test('any text is a cURL command, or is none', () => {
  fc.assert(
    fc.property(fc.oneof(anyCommand, fc.string({ unit: 'binary' })), (command) => {
      const request = curlRequest(command);
      if (request) expect(request.method).not.toBe('');
    }),
    { numRuns: 1500 },
  );
});

test.each(Object.entries(READERS))(
  '%s takes bodies nested beyond what a stack can hold',
  (_name, read) => {
    const depth = 20_000;
    const lists = parseJson('['.repeat(depth) + ']'.repeat(depth))!;
    const texts = parseJson('{"text":'.repeat(depth) + '""' + '}'.repeat(depth))!;
    for (const deep of [lists, texts]) {
      const headers = { 'content-type': 'text/event-stream' };
      const request = { url: 'https://api.openai.com/v1/responses', body: deep, parsed_body: deep };
      const response = { status: 200, headers, body: deep, content: { text: deep }, chunks: deep };
      expectWhole(read({ request, response }));
      expectWhole(read({ request, response: { ...response, body: { events: [{ data: deep }] } } }));
    }
  },
);
