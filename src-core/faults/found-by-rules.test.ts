import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { replyOf } from '../replay/reply-of.ts';
import { recordings } from '../testing/recordings.ts';
import type { Fault } from './fault-list.ts';
import { previewFaults } from './preview-faults.ts';
import { list } from '../testing/faulty-replies.ts';

const none = { request: null, response: null, timing: null, end: null, chunks: null, wire: null };
const person = replyOf({
  ...none,
  body: readFileSync(fileURLToPath(new URL('../../examples/person.sse', import.meta.url))),
});
const stream = (name: string) =>
  replyOf({ ...none, body: recordings('.sse').find((one) => one.name.endsWith(name))!.bytes });

/** What our checker says of a recording with faults: rule and event. */
function found(reply: ReturnType<typeof replyOf>, ...faults: Fault[]) {
  const { problems, outcomes } = previewFaults({ reply, known: {} }, list(...faults));
  expect(outcomes.map(({ became }) => became)).toEqual(faults.map(() => 'applied'));
  return problems.map(({ rule, seq }) => `${rule} #${seq}`);
}

test('the recording itself has no problems', () => {
  expect(found(person)).toEqual([]);
});

// Person: 0 created, 1 in_progress, 2 item added, 3 part added, 4 to 18 deltas, 19 to 21 done, 22 completed.
test.each<[string, Fault, string[]]>([
  // The number after the gap, and the text that then lacks a piece.
  ['a lost delta', { kind: 'drop', at: 8 }, ['F4 #8', 'P3 #18']],
  ['a repeated event', { kind: 'duplicate', at: 8 }, ['F4 #9', 'P3 #20']],
  ['a number that is missing', { kind: 'number', at: 5 }, ['F3 #5']],
  ['numbers that jump', { kind: 'number', at: '6..', set: 'add', by: 3 }, ['F4 #6']],
  ['a byte order mark', { kind: 'bom' }, ['W1 #0']],
  ['other line ends', { kind: 'line-ends' }, ['W2 #0']],
  ['no blank line', { kind: 'no-blank-line' }, ['W7 #22']],
  ['a cut between events', { kind: 'cut-event', at: 10 }, ['L3 #9']],
])('%s is found', (_name, fault, expected) => {
  expect(found(person, fault)).toEqual(expected);
});

test('an error and a failed end are told as what the server says', () => {
  const message = 'Too much';
  const failed = previewFaults(
    { reply: person, known: {} },
    list({ kind: 'fail', at: 10, message }),
  );
  expect(failed.problems.map(({ rule, seq }) => [rule, seq])).toEqual([['W11', 10]]);
  expect(failed.problems[0]!.message).toContain(message);
  expect(failed.index.streamStatus).toBe('failed');
});

test('what changes only times and chunks changes no finding', () => {
  for (const fault of [
    { kind: 'chunks', bytes: 1 },
    { kind: 'stall', at: 3, ms: 60_000 },
    { kind: 'drip', bytes: 3, ms: 1 },
    { kind: 'burst' },
    { kind: 'keepalive', ms: 5, form: 'event' },
    { kind: 'gzip' },
  ] as Fault[])
    expect(found(person, fault), fault.kind).toEqual([]);
});

// The message has 11 events, of which the last but one tells why it ended; the web search 25 chunks and [DONE].
test.each<[string, string, Fault, string[]]>([
  [
    'a lost message_stop',
    'vertex-claude-3-7-sonnet-simple-streaming.sse',
    { kind: 'drop', at: 'last' },
    ['A7 #9'],
  ],
  [
    'a lost stop of a block',
    'vertex-claude-3-7-sonnet-simple-streaming.sse',
    { kind: 'drop', at: 'type:content_block_stop' },
    ['A3 #8'],
  ],
  [
    'a lost [DONE]',
    'envoygw-chat-streaming-web-search.sse',
    { kind: 'drop', at: 'last' },
    ['C5 #24'],
  ],
])('%s is found', (_what, name, fault, expected) => {
  expect(found(stream(name))).toEqual([]);
  expect(found(stream(name), fault)).toEqual(expected);
});
