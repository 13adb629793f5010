import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { messages } from '../../src-core/dialects/messages/messages.ts';
import { expectReviewed } from '../../src-core/testing/differences.ts';
import {
  asEventStream,
  dialectEvents,
  recordingsIn,
  reduced,
} from '../../src-core/testing/reduced.ts';
import { reviewed } from '../../src-core/testing/reviewed/messages.ts';
import { laboratory, WAYS } from './testing/laboratory.ts';

// What its source keeps as JSON lines comes in the frames that its server sent it in.
const cases = recordingsIn('anthropic/').map(({ name, bytes }) => ({
  name,
  events: dialectEvents(name, bytes),
  bytes: name.endsWith('.sse') ? bytes : asEventStream(dialectEvents(name, bytes)),
}));
const lab = laboratory('/v1/messages', cases);

describe.each(WAYS)('@anthropic-ai/sdk reads messages from %s', (way) => {
  test.each(cases.map(({ name, events }, at) => [name, events, at] as const))(
    '%s',
    async (name, events, at) => {
      const client = new Anthropic({
        ...{ apiKey: 'sk-of-the-client', maxRetries: 0 },
        baseURL: lab.address(way),
      });
      const request = client.beta.messages.stream({
        ...{ model: lab.model(at), max_tokens: 1, messages: [] },
      });
      const { state } = reduced(messages, events);
      expectReviewed(state.root, await request.finalMessage(), reviewed[name]);
    },
  );
});

test('the proxy kept each as it was recorded', async () => {
  const kept = await lab.kept();
  expect(cases.map((_, at) => kept.get(at)?.length)).toEqual(cases.map(() => 1));
  for (const [at, bodies] of kept)
    expect(bodies[0]!.equals(cases[at]!.bytes), cases[at]!.name).toBe(true);
});
