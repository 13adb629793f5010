import { expect, test } from 'vitest';
import {
  created,
  ended,
  message,
  itemAdded,
  partAdded,
  text,
} from '../../src-core/testing/events.ts';
import { frameOf } from '../../src-core/testing/streams.ts';
import { run } from '../testing/run.ts';

test('events by type, lanes and tokens are counted', async () => {
  const { code, out } = await run(['stats', 'examples/person.sse']);
  expect(code).toBe(0);
  const lines = out.split('\n').map((line) => line.replace(/ {2,}/g, ' '));
  // By grep over the recording; the text is 66 characters long, the usage stands in its last event.
  for (const line of [
    'examples/person.sse',
    'events 23',
    'bytes 8,960',
    'status completed',
    'tokens 56 in, 16 out, 72 in all',
    'response.output_text.delta 15 3,889',
    'response.completed 1 1,436',
    '0/0:output_text 66 15 #3 #18',
  ]) {
    expect(lines).toContain(line);
  }
  expect(out).toContain('Times were not recorded');
});

test('times are those at which a pipe brought the bytes', async () => {
  const events = [created, itemAdded(0, message('')), partAdded(0, 0), text('a'), text('b')];
  const chunks = [...events, ended('completed')].map((event) => frameOf(event));
  const { out } = await run(['stats', '-f', 'jsonl'], { stdin: chunks });
  const { times, usage, responses } = JSON.parse(out) as Record<string, unknown>;
  // Each chunk a millisecond after the one before; the first a millisecond after reading began.
  expect(times).toMatchObject({
    firstEventUs: 1000,
    firstTextUs: 4000,
    lastEventUs: 6000,
    gaps: { events: { count: 5, p50Us: 1000, maxUs: 1000 }, deltas: { count: 1, maxUs: 1000 } },
    stalls: { count: 0 },
  });
  expect({ usage, responses }).toEqual({ usage: [null], responses: 1 });
  const stored = await run(['stats', '-f', 'jsonl'], { stdin: chunks, stdinIs: 'file' });
  expect(JSON.parse(stored.out)).toMatchObject({ times: null });
  const words = await run(['stats'], { stdin: chunks });
  expect(words.out).toMatch(/^First text +4\.00 /m);
});
