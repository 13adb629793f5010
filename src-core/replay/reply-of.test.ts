import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordings } from '../testing/recordings.ts';
import { decodeUtf8, encodeUtf8 } from '../text.ts';
import { eventEnds, joined } from './event-ends.ts';
import { type Pace } from './pace.ts';
import { paced } from './paced.ts';
import type { Recorded } from './recorded.ts';
import { replyOf, takesWire } from './reply-of.ts';
import type { Reply } from './reply.ts';

const recorded = (known: Partial<Recorded> = {}): Recorded => ({
  ...{ request: null, response: null, timing: null, end: null, wire: null, chunks: null },
  body: encodeUtf8('data: 1\n\ndata: 2\n\n'),
  ...known,
});
const response = (headers: [string, string][], status = 200, statusText = 'OK') => ({
  ...{ status, statusText, httpVersion: '1.1', headers },
});
const texts = ({ portions }: Reply) => portions.map(({ bytes }) => decodeUtf8(bytes));

describe('a recording as a reply', () => {
  test('has status, text and headers as recorded, but for those of the connection', () => {
    const headers: [string, string][] = [
      ['Content-Type', 'text/event-stream'],
      ['Transfer-Encoding', 'chunked'],
      ['set-cookie', '•••'],
      ['X-Two', 'a'],
      ['X-two', 'b'],
      ['content-encoding', 'br'],
      ['Content-Length', '17'],
      [':status', '201'],
      ['Keep-Alive', 'timeout=5'],
      ['date', 'Mon, 05 Jan 2026 00:00:00 GMT'],
    ];
    const reply = replyOf(recorded({ response: response(headers, 201, 'Made Up') }));
    expect(reply).toMatchObject({ status: 201, statusText: 'Made Up', ending: 'end' });
    expect(reply.headers).toEqual([
      ['Content-Type', 'text/event-stream'],
      ['X-Two', 'a'],
      ['X-two', 'b'],
      ['date', 'Mon, 05 Jan 2026 00:00:00 GMT'],
    ]);
  });

  test('keeps a length that is right', () => {
    const headers: [string, string][] = [['content-length', '18']];
    expect(replyOf(recorded({ response: response(headers) })).headers).toEqual(headers);
  });

  test('has its chunks, at times since the head', () => {
    const timing = { dnsUs: null, connectUs: null, tlsUs: 100, sentUs: 300, firstByteUs: 1300 };
    const chunks = [
      { timeUs: 1400, size: 3 },
      { timeUs: 2300, size: 15 },
    ];
    const reply = replyOf(recorded({ timing, chunks }));
    expect(reply.headAtUs).toBe(1000);
    expect(texts(reply)).toEqual(['dat', 'a: 1\n\ndata: 2\n\n']);
    expect(reply.portions.map(({ atUs }) => atUs)).toEqual([100, 1000]);
  });

  test.each([
    ['data: 1\n\n', 'text/event-stream; charset=utf-8'],
    ['{"a":1}\n{"a":2}\n', 'application/x-ndjson'],
    ['{"a":1}', 'application/json'],
    ['{\n  "a": 1\n}\n', 'application/json'],
    ['[{"a":1},\n{"a":2}]', 'application/json'],
  ])('of bytes alone: %j is %s', (text, type) => {
    const reply = replyOf(recorded({ body: encodeUtf8(text) }));
    expect(reply.headers).toEqual([['content-type', type]]);
    expect(reply.status).toBe(200);
  });

  test.each([
    ['closed', null, 'end'],
    ['failed', 'http-429', 'end'],
    ['disconnected', 'ECONNRESET', 'rst'],
    ['disconnected', 'closed-early', 'fin'],
    ['aborted', null, 'fin'],
  ] as const)('that was %s (%s) ends with %s', (kind, code, ending) => {
    const end = { kind, code, atUs: 0, message: '' };
    expect(replyOf(recorded({ end })).ending).toBe(ending);
  });

  test('has the bytes of the wire for a client that takes their coding', () => {
    const wire = { body: encodeUtf8('zzzz'), chunks: [{ timeUs: 5, size: 4 }] };
    const headers: [string, string][] = [
      ['content-encoding', 'gzip'],
      ['content-length', '4'],
    ];
    const both = recorded({ wire, response: response(headers) });
    expect(replyOf(both, 'wire')).toMatchObject({ headers, portions: [{ atUs: 0 }] });
    expect(texts(replyOf(both, 'wire'))).toEqual(['zzzz']);
    expect(replyOf(both, 'decoded').headers).toEqual([]);
    expect(['gzip, br', 'br, GZIP;q=0.5', '*'].map((one) => takesWire(both, one))).toEqual([
      ...[true, true, true],
    ]);
    expect(['', 'br', 'gzip;q=0'].map((one) => takesWire(both, one))).toEqual([
      ...[false, false, false],
    ]);
    expect(takesWire(recorded(), 'gzip')).toBe(false);
  });
});

describe('ends of events', () => {
  test.each([
    [': hi\n\ndata: 1\n\ndata: 2\n\n', [': hi\n\ndata: 1\n\n', 'data: 2\n\n']],
    [
      'data: 1\r\n\r\n: ka\r\n\r\ndata: 2\r\n\r\n',
      ['data: 1\r\n\r\n', ': ka\r\n\r\ndata: 2\r\n\r\n'],
    ],
    [
      'data: 1\n:c\ndata: 2\n\ndata: 3\n\n:end\n\n',
      ['data: 1\n:c\ndata: 2\n\n', 'data: 3\n\n:end\n\n'],
    ],
    ['{"a":1}\n{"a":2}\n', ['{"a":1}\n', '{"a":2}\n']],
    ['[{"a":1},\n{"a":2}]', ['[{"a":1},\n', '{"a":2}]']],
    ['hello', []],
  ])('%j', (text, events) => {
    const body = encodeUtf8(text);
    let start = 0;
    const found = eventEnds(body).map((end) => {
      const event = decodeUtf8(body.subarray(start, end));
      start = end;
      return event;
    });
    expect(found).toEqual(events);
  });
});

describe('paces', () => {
  const some = recordings('.sse')
    .filter(({ bytes }) => bytes.length < 30_000)
    .slice(0, 20);
  const reply = fc
    .record({ of: fc.constantFrom(...some), sizes: fc.array(fc.nat(2000), { maxLength: 40 }) })
    .chain(({ of, sizes }) => {
      const chunks: { timeUs: number; size: number }[] = [];
      let left = of.bytes.length;
      for (const size of [...sizes, of.bytes.length]) {
        const taken = Math.min(left, size);
        if (taken > 0) chunks.push({ size: taken, timeUs: 0 });
        left -= taken;
      }
      return fc
        .array(fc.nat(90_000), { minLength: chunks.length, maxLength: chunks.length })
        .map((gaps) => {
          let timeUs = 0;
          const timed = chunks.map((one, at) => ({ ...one, timeUs: (timeUs += gaps[at]!) }));
          return replyOf(recorded({ body: of.bytes, chunks: timed }));
        });
    });
  const pace: fc.Arbitrary<Pace> = fc.oneof(
    fc.record({
      kind: fc.constant('recorded' as const),
      factor: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    }),
    fc.constant({ kind: 'instant' as const }),
    fc.constant({ kind: 'by hand' as const }),
    fc.record({
      kind: fc.constant('rate' as const),
      perSecond: fc.double({ min: 0.01, max: 100_000, noNaN: true }),
      unit: fc.constantFrom('events' as const, 'chunks' as const),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.nat(),
    }),
  );

  test('each keeps the bytes, never goes back in time, and is the same again', () => {
    fc.assert(
      fc.property(reply, pace, (before, chosen) => {
        const after = paced(before, chosen);
        expect(decodeUtf8(joined(after.portions))).toBe(decodeUtf8(joined(before.portions)));
        const times = after.portions.map(({ atUs }) => atUs);
        for (let at = 1; at < times.length; at++)
          expect(times[at]).toBeGreaterThanOrEqual(times[at - 1]!);
        expect(paced(before, chosen).portions.map(({ atUs }) => atUs)).toEqual(times);
      }),
      { numRuns: 100 },
    );
  });

  test('a rate has gaps that jitter by its share at most, and their mean', () => {
    const body = encodeUtf8('data: 1\n\n'.repeat(1000));
    const one = replyOf(recorded({ body, chunks: [{ timeUs: 7, size: body.length }] }));
    const at = (jitter: number, seed = 1) =>
      paced(one, { kind: 'rate', perSecond: 50, unit: 'events', jitter, seed }).portions.map(
        ({ atUs }) => atUs,
      );
    expect(at(0)).toEqual(Array.from({ length: 1000 }, (_, index) => index * 20_000));
    const times = at(0.5);
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000);
    expect(Math.min(...gaps)).toBeLessThan(11_000);
    expect(gaps.reduce((sum, gap) => sum + gap) / gaps.length).toBeCloseTo(20_000, -3);
    expect(at(0.5, 2)).not.toEqual(times);
  });

  test('a factor divides all times', () => {
    const timing = { dnsUs: null, connectUs: null, tlsUs: null, sentUs: 0, firstByteUs: 1000 };
    const chunks = [
      { timeUs: 1000, size: 9 },
      { timeUs: 5000, size: 9 },
    ];
    const twice = paced(replyOf(recorded({ timing, chunks })), { kind: 'recorded', factor: 2 });
    expect(twice.headAtUs).toBe(500);
    expect(twice.portions.map(({ atUs }) => atUs)).toEqual([0, 2000]);
  });

  test('chunks keep their boundaries at a rate of chunks, events do at a rate of events', () => {
    const chunks = [3, 10, 5].map((size, at) => ({ size, timeUs: at }));
    const one = replyOf(recorded({ chunks }));
    const as = (unit: 'events' | 'chunks') =>
      texts(paced(one, { kind: 'rate', perSecond: 10, unit, jitter: 0, seed: 0 }));
    expect(as('chunks')).toEqual(['dat', 'a: 1\n\ndata', ': 2\n\n']);
    expect(as('events')).toEqual(['data: 1\n\n', 'data: 2\n\n']);
  });
});
