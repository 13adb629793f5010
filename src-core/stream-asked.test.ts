import { expect, test } from 'vitest';
import { asksForStream } from './stream-asked.ts';

const V1 = 'https://api.example.com/v1';
const GEMINI = 'https://g.example.com/v1beta/models/gemini-x';

test.each([
  ['POST', `${V1}/responses`, '{"stream":true}', true],
  ['POST', `${V1}/responses`, '{"stream":false}', false],
  ['POST', `${V1}/responses`, '{"model":"m"}', false],
  ['POST', `${V1}/chat/completions`, '{"model":"m","stream":', null],
  ['POST', `${V1}/audio/speech`, '{"stream_format":"sse"}', true],
  ['POST', `${V1}/audio/transcriptions`, '--boundary', null],
  ['POST', `${V1}/embeddings`, '', false],
  ['GET', `${V1}/models`, '', false],
  ['GET', `${V1}/responses/r?stream=true&starting_after=3`, '', true],
  ['POST', `${GEMINI}:streamGenerateContent`, '{"contents":[]}', true],
  ['POST', `${GEMINI}:generateContent?alt=json`, '{"contents":[]}', false],
  ['POST', 'http://127.0.0.1:11434/api/chat', '{"model":"m"}', true],
  ['POST', 'http://127.0.0.1:11434/api/chat', '{"model":"m","stream":false}', false],
  ['POST', 'http://127.0.0.1:11434/api/show', '{"model":"m"}', false],
])('%s %s %s', (method, url, body, expected) => {
  expect(asksForStream({ method, url, headers: [], body })).toBe(expected);
});

test('a request that accepts an event stream asks for one, and none at all says nothing', () => {
  const headers: [string, string][] = [['Accept', 'text/event-stream']];
  expect(asksForStream({ method: 'GET', url: `${V1}/x`, headers, body: '' })).toBe(true);
  expect(asksForStream(null)).toBeNull();
});
