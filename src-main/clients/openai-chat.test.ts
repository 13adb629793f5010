import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { chat } from '../../src-core/dialects/chat/chat.ts';
import { expectReviewed } from '../../src-core/testing/differences.ts';
import { dialectEvents, recordingsIn, reduced } from '../../src-core/testing/reduced.ts';
import { givesUp, reviewed } from '../../src-core/testing/reviewed/chat.ts';
import { laboratory, WAYS } from './testing/laboratory.ts';

const cases = recordingsIn('openai-chat/').map(({ name, bytes }) => ({
  name: name.replace(/^.*\//, ''),
  bytes,
}));
const lab = laboratory('/v1/chat/completions', cases);

describe.each(WAYS)('openai reads chat completions from %s', (way) => {
  test.each(cases.map(({ name, bytes }, at) => [name, bytes, at] as const))(
    '%s',
    async (name, bytes, at) => {
      const client = new OpenAI({
        ...{ apiKey: 'sk-of-the-client', maxRetries: 0, logLevel: 'off' as const },
        baseURL: `${lab.address(way)}/v1`,
      });
      const final = client.chat.completions
        .stream({ model: lab.model(at), messages: [] })
        .finalChatCompletion();
      const reason = givesUp[name];
      if (reason) return expect(final).rejects.toThrow(reason);
      const { state } = reduced(chat, dialectEvents(name, bytes));
      expectReviewed(state.root, await final, reviewed[name]);
    },
  );
});

test('the proxy kept each as it was recorded', async () => {
  const kept = await lab.kept();
  expect(cases.map((_, at) => kept.get(at)?.length)).toEqual(cases.map(() => 1));
  for (const [at, bodies] of kept)
    expect(bodies[0]!.equals(cases[at]!.bytes), cases[at]!.name).toBe(true);
});
