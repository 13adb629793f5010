import { expect, test } from 'vitest';
import { applyFaults } from './apply-faults.ts';
import type { Fault } from './fault-list.ts';
import {
  after,
  ARRAY,
  FOUR,
  LINES,
  list,
  replyOf,
  texts,
  times,
  whole,
  whyNot,
} from '../testing/faulty-replies.ts';

/** Three events of the Responses API, as its servers name and number them. */
const event = (type: string, number: number, rest = '') =>
  `event: ${type}\ndata: {"type":"${type}",${rest}"sequence_number":${number}}\n\n`;
const CREATED = event(
  'response.created',
  0,
  '"response":{"id":"r","status":"in_progress","error":null},',
);
const DELTA = event('response.output_text.delta', 1, '"delta":"é",');
const DONE = event('response.output_text.done', 2, '"text":"é",');
const RESPONSES = replyOf([CREATED, DELTA, DONE]);

const chunk = (text: string) =>
  `data: {"object":"chat.completion.chunk","choices":[{"delta":{"content":"${text}"}}]}\n\n`;
const CHAT = replyOf([chunk('a'), chunk('b'), 'data: [DONE]\n\n']);
const MESSAGES = replyOf([
  'event: message_start\ndata: {"type":"message_start","message":{"content":[]}}\n\n',
  'event: message_stop\ndata: {"type":"message_stop"}\n\n',
]);
const OLLAMA = replyOf(
  ['{"model":"m","message":{"content":"a"},"done":false}\n', '{"model":"m","done":true}\n'],
  [['content-type', 'application/x-ndjson']],
);

test('a sequence_number is taken out, counted up, or made a text, and nothing else changes', () => {
  const at = '1..';
  expect(texts(after(RESPONSES, { kind: 'number', at: 'type:*.delta' }))).toEqual([
    CREATED,
    DELTA.replace(',"sequence_number":1', ''),
    DONE,
  ]);
  expect(texts(after(RESPONSES, { kind: 'number', at, set: 'add', by: -1 }))).toEqual([
    CREATED,
    DELTA.replace(':1}', ':0}'),
    DONE.replace(':2}', ':1}'),
  ]);
  expect(texts(after(RESPONSES, { kind: 'number', at: 'last', set: 'text' }))[2]).toBe(
    DONE.replace(':2}', ':"2"}'),
  );
  // The member may stand first.
  const first = replyOf(['data: {"sequence_number":3,"a":1}\n\n']);
  expect(whole(after(first, { kind: 'number', at: 0 }))).toBe('data: {"a":1}\n\n');
  expect(whyNot(FOUR, { kind: 'number', at: 0 })).toBe('event 0 has no sequence_number');
});

test('an error takes the form of the stream', () => {
  const message = 'No';
  const code = 'bad';
  const error: Fault = { kind: 'error', at: 1, message, code };
  const nested = '{"type":"bad","code":"bad","message":"No","param":null}';
  expect(texts(after(RESPONSES, error))).toEqual([
    CREATED,
    `event: error\ndata: {"type":"error","sequence_number":1,"error":${nested}}\n\n`,
  ]);
  expect(texts(after(RESPONSES, { ...error, then: 'go on' }))).toEqual([
    CREATED,
    `event: error\ndata: {"type":"error","sequence_number":1,"error":${nested}}\n\n${DELTA.replace(':1}', ':2}')}`,
    DONE.replace(':2}', ':3}'),
  ]);
  const flat = '{"message":"No","type":"bad","param":null,"code":"bad"}';
  expect(texts(after(CHAT, error)).slice(1)).toEqual([`data: {"error":${flat}}\n\n`]);
  expect(texts(after(MESSAGES, error)).slice(1)).toEqual([
    'event: error\ndata: {"type":"error","error":{"type":"bad","message":"No"}}\n\n',
  ]);
  expect(texts(after(OLLAMA, error)).slice(1)).toEqual(['{"error":"No"}\n']);
  expect(texts(after(FOUR, error))).toEqual([
    `data: a\n\nevent: error\ndata: {"error":${flat}}\n\n`,
  ]);
  expect(whole(after(ARRAY, error))).toBe(`[{"a":0},\n{"error":${flat}}\n]`);
});

test('a failed end is that of the protocol', () => {
  const fail: Fault = { kind: 'fail', at: 'last', message: 'No', code: 'bad' };
  const response = '{"id":"r","status":"failed","error":{"code":"bad","message":"No"}}';
  expect(texts(after(RESPONSES, fail))).toEqual([
    CREATED,
    DELTA,
    `event: response.failed\ndata: {"type":"response.failed","sequence_number":2,"response":${response}}\n\n`,
  ]);
  expect(texts(after(OLLAMA, fail))[1]).toBe('{"error":"No"}\n');
  expect(whyNot(RESPONSES, { ...fail, at: 0 })).toBe('no event before event 0 begins a response');
});

test('a body is cut at an event, at a byte, or inside a character', () => {
  const cut = (fault: Fault) => {
    const reply = after(RESPONSES, fault);
    return [whole(reply).length, reply.ending];
  };
  // The texts have two bytes for é; what is cut within it decodes to one character.
  expect(cut({ kind: 'cut-event', at: 1 })).toEqual([CREATED.length, 'fin']);
  expect(cut({ kind: 'cut-event', at: 0, where: 'after', ending: 'rst' })).toEqual([
    CREATED.length,
    'rst',
  ]);
  // 'data: c\n' has eight bytes; the blank line after it is no part of the event.
  const half = after(FOUR, { kind: 'cut-event', at: 2, where: 'within' });
  expect(whole(half)).toBe('data: a\n\ndata: b\n\ndata');
  expect(whole(after(FOUR, { kind: 'cut-byte', byte: 12, ending: 'open' }))).toBe('data: a\n\ndat');
  expect(whyNot(FOUR, { kind: 'cut-byte', byte: 36 })).toBe('the body has 36 bytes only');
  const inside = after(RESPONSES, { kind: 'cut-character' });
  const bytes = inside.portions.at(-1)!.bytes;
  expect(bytes.at(-1)).toBe(0xc3);
  expect(whole(inside)).toBe(`${CREATED}${DELTA.split('é')[0]}\ufffd`);
  expect(whyNot(FOUR, { kind: 'cut-character' })).toBe(
    'from event 0 on no character has several bytes',
  );
});

test('the end lacks its blank line, or comes another way', () => {
  const open = after(FOUR, { kind: 'no-blank-line' });
  expect([whole(open), open.ending]).toEqual(['data: a\n\ndata: b\n\ndata: c\n\ndata: d\n', 'end']);
  expect(whole(after(LINES, { kind: 'no-blank-line' }))).toBe('{"a":0}\n{"a":1}\n{"a":2}');
  expect(whyNot(ARRAY, { kind: 'no-blank-line' })).toContain('JSON array');
  for (const ending of ['fin', 'rst', 'open'] as const) {
    const closed = after(FOUR, { kind: 'close', ending });
    expect(closed).toEqual({ ...FOUR, ending });
  }
});

test('bytes are sent in other chunks', () => {
  const each = after(FOUR, { kind: 'chunks', bytes: 1 });
  expect(texts(each)).toEqual([...whole(FOUR)]);
  expect(times(each).slice(16, 20)).toEqual([100, 100, 200, 200]);
  const one = after(FOUR, { kind: 'chunks', bytes: 'all' });
  expect([texts(one), times(one)]).toEqual([[whole(FOUR)], [300]]);
  const ten = after(FOUR, { kind: 'chunks', bytes: 10 });
  expect(texts(ten).map(({ length }) => length)).toEqual([10, 10, 10, 6]);
  expect(times(ten)).toEqual([100, 200, 300, 300]);
  const split = after(RESPONSES, { kind: 'split-characters' });
  expect(split.portions.map(({ bytes }) => bytes[0])).toEqual([0x65, 0x65, 0xa9, 0x65, 0xa9]);
});

test('lines end otherwise, begin with a mark, or have comments between them', () => {
  expect(texts(after(FOUR, { kind: 'line-ends' }))[1]).toBe('data: c\r\n\r\n');
  const back = after(FOUR, { kind: 'line-ends' }, { kind: 'line-ends', to: 'lf' });
  expect(back).toEqual(FOUR);
  expect(whole(after(FOUR, { kind: 'line-ends', to: 'cr' }))).toBe(
    whole(FOUR).replaceAll('\n', '\r'),
  );
  expect(whyNot(LINES, { kind: 'line-ends', to: 'cr' })).toContain('LF');
  expect(after(FOUR, { kind: 'bom' }).portions[0]!.bytes.subarray(0, 4)).toEqual(
    Uint8Array.of(0xef, 0xbb, 0xbf, 0x64),
  );
  expect(texts(after(FOUR, { kind: 'comment', at: '1, last', text: ' hi' }))).toEqual([
    'data: a\n\n: hi\n\ndata: b\n\n',
    'data: c\n\n',
    ': hi\n\ndata: d\n\n',
  ]);
  expect(whyNot(LINES, { kind: 'comment', at: 0 })).toBe('JSON has no comments');
});

test('keepalives come in silences, and count where they are events', () => {
  const kept = after(FOUR, { kind: 'keepalive', ms: 40 });
  expect(texts(kept).slice(0, 5)).toEqual([
    ': keepalive\n\n',
    ': keepalive\n\n',
    'data: a\n\ndata: b\n\n',
    ': keepalive\n\n',
    ': keepalive\n\n',
  ]);
  expect(times(kept)).toEqual([40, 80, 100, 140, 180, 200, 240, 280, 300]);
  const counted = after(RESPONSES, { kind: 'keepalive', ms: 60, form: 'event' });
  expect(texts(counted)).toEqual([
    event('keepalive', 0),
    CREATED.replace(':0}', ':1}'),
    event('keepalive', 2),
    DELTA.replace(':1}', ':3}'),
    event('keepalive', 4),
    DONE.replace(':2}', ':5}'),
  ]);
  expect(texts(after(MESSAGES, { kind: 'keepalive', ms: 60, form: 'event' }))[0]).toBe(
    'event: ping\ndata: {"type":"ping"}\n\n',
  );
  expect(texts(after(LINES, { kind: 'keepalive', ms: 60 }))[0]).toBe('\n');
  expect(whyNot(FOUR, { kind: 'keepalive', ms: 100 })).toBe(
    'no silence between events is longer than 100 ms',
  );
});

test('an error status has the body and headers of its API', () => {
  const limited = after(CHAT, { kind: 'status', status: 429, retryAfter: 7 });
  expect(limited).toMatchObject({ status: 429, statusText: 'Too Many Requests', ending: 'end' });
  expect(limited.headers).toEqual([
    ['content-type', 'application/json'],
    ['retry-after', '7'],
  ]);
  expect(JSON.parse(whole(limited))).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  const overloaded = after(MESSAGES, { kind: 'status', status: 529, message: 'Busy' });
  expect(JSON.parse(whole(overloaded))).toEqual({
    type: 'error',
    error: { type: 'overloaded_error', message: 'Busy' },
  });
  expect(whole(after(OLLAMA, { kind: 'status', status: 500 }))).toMatch(/^\{"error":"/);
  expect(whole(after(FOUR, { kind: 'status', status: 502, body: 'html' }))).toContain(
    '<h1>502 Bad Gateway</h1>',
  );
  expect(after(FOUR, { kind: 'status', status: 503, body: 'empty' }).portions).toEqual([]);
  const moved = after(FOUR, { kind: 'redirect', to: '/v2', status: 308 });
  expect([moved.status, moved.headers]).toEqual([308, [['location', '/v2']]]);
  // Another answer is not compressed as the stream in whose place it comes was to be.
  for (const answer of [
    { kind: 'status', status: 500 },
    { kind: 'redirect', to: '/' },
  ] as const) {
    const { gzip, headers } = after(FOUR, { kind: 'gzip' }, answer);
    expect([gzip, headers.map(([name]) => name)]).toEqual([
      undefined,
      [answer.kind === 'status' ? 'content-type' : 'location'],
    ]);
  }
});

test('headers are set, taken out, late, or never come', () => {
  const html = after(FOUR, { kind: 'content-type', value: 'text/html' });
  expect(html).toEqual({ ...FOUR, headers: [['content-type', 'text/html']] });
  expect(after(FOUR, { kind: 'header', name: 'CONTENT-TYPE' }).headers).toEqual([]);
  expect(whyNot(FOUR, { kind: 'header', name: 'etag' })).toBe('the recording has no header etag');
  expect(whyNot(FOUR, { kind: 'header', name: 'Content-Length', value: '5' })).toBe(
    'Content-Length is made by the server for the bytes that it sends',
  );
  expect(after(FOUR, { kind: 'head', ms: 20 }).headAtUs).toBe(25_000);
  expect(after(FOUR, { kind: 'head', ms: 'forever' })).toMatchObject({
    headAtUs: Infinity,
    ending: 'open',
  });
  const packed = after(FOUR, { kind: 'gzip', flush: 'end' });
  expect([packed.gzip, packed.headers[1]]).toEqual(['end', ['content-encoding', 'gzip']]);
  // A length that was recorded does not outlive a change of the body.
  const sized = {
    ...FOUR,
    headers: [...FOUR.headers, ['Content-Length', '36']] as [string, string][],
  };
  expect(after(sized, { kind: 'drop', at: 0 }).headers).toEqual(FOUR.headers);
});

test('steps see what the steps before them left', () => {
  const gone = after(
    FOUR,
    { kind: 'drop', at: 0 },
    { kind: 'drop', at: 0 },
    { kind: 'swap', at: 0 },
  );
  expect(whole(gone)).toBe('data: d\n\ndata: c\n\n');
});

test('the marks of steps move with their bytes, and are gone with them', () => {
  const marks = (...faults: Fault[]) =>
    applyFaults(FOUR, list(...faults), 1).marks.map(({ step, where, start, end }) => [
      ...[step, where, start, end],
    ]);
  // Each event has nine bytes with its blank line; the third begins at 18.
  expect(marks({ kind: 'drop', at: 2 })).toEqual([[0, 'body', 18, 18]]);
  expect(marks({ kind: 'duplicate', at: 1 }, { kind: 'drop', at: 0 })).toEqual([
    [0, 'body', 9, 18],
    [1, 'body', 0, 0],
  ]);
  expect(marks({ kind: 'duplicate', at: 1 }, { kind: 'bom' })).toEqual([
    [0, 'body', 21, 30],
    [1, 'body', 0, 3],
  ]);
  expect(marks({ kind: 'duplicate', at: 2 }, { kind: 'cut-byte', byte: 12 })).toEqual([
    [1, 'end', 12, 12],
  ]);
  expect(marks({ kind: 'duplicate', at: 2 }, { kind: 'status', status: 500 })).toEqual([
    [1, 'head', 0, 0],
  ]);
});
