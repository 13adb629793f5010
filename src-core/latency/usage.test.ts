import { expect, test } from 'vitest';
import { responsesRecordings } from '../testing/recordings.ts';
import { eventsOf } from '../testing/indexed-stream.ts';
import { ended } from '../testing/events.ts';
import { tokensOfUsage } from './rates.ts';
import { usageOf } from './usage.ts';

const usage = {
  input_tokens: 36,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 87,
  output_tokens_details: { reasoning_tokens: 64 },
  total_tokens: 123,
};

test('the tokens of a response are those of its usage', () => {
  const read = usageOf([ended('completed', { usage })])!;
  expect(read).toEqual({ inputTokens: 36, outputTokens: 87, reasoningTokens: 64 });
  expect(tokensOfUsage(read)).toEqual({ source: 'usage', output: 87, reasoning: 64, text: 23 });
});

test('of several responses they are added', () => {
  const one = ended('completed', { usage });
  const other = ended('incomplete', { usage: { output_tokens: 3 } });
  expect(usageOf([one, other])).toEqual({
    inputTokens: null,
    outputTokens: 90,
    reasoningTokens: null,
  });
  expect(usageOf([one, ended('failed', { usage: null })])).toBeNull();
});

test.each([[[]], [[undefined]], [[ended('completed')]], [[ended('completed', { usage: 'x' })]]])(
  'of %j they are not known',
  (endings) => {
    expect(usageOf(endings)).toBeNull();
  },
);

test.each([[-1], ['9'], [null], [NaN]])('a count of %j is none', (output_tokens) => {
  expect(usageOf([ended('completed', { usage: { output_tokens } })])).toBeNull();
});

test('a recording says what its text says', () => {
  const { bytes } = responsesRecordings().find(({ name }) => name === 'seed-person.sse')!;
  const endings = eventsOf(bytes)
    .filter(({ type }) => type === 'response.completed')
    .map(({ value }) => value);
  const source = new TextDecoder().decode(bytes);
  const expected = Number(/"output_tokens":\s*(\d+)/.exec(source)![1]);
  expect(usageOf(endings)!.outputTokens).toBe(expected);
});
