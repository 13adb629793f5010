import Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { expectReviewed } from '../../testing/differences.ts';
import { reviewed } from '../../testing/reviewed/messages.ts';
import { asEventStream, dialectEvents, recordingsIn, reduced } from '../../testing/reduced.ts';
import { replayServer } from '../../testing/replay-server.ts';
import { messages } from './messages.ts';

const cases = recordingsIn('anthropic/').map(({ name, bytes }) => ({ name, bytes }));
const address = replayServer(
  cases.map(({ name, bytes }) => ({
    // What its source keeps as JSON lines comes in the frames that its server sent it in.
    bytes: name.endsWith('.sse') ? bytes : asEventStream(dialectEvents(name, bytes)),
    contentType: 'text/event-stream; charset=utf-8',
  })),
);

test.each(cases.map(({ name }, at) => [name, at] as const))(
  'the official client makes the same message of %s',
  async (name, at) => {
    const client = new Anthropic({ apiKey: 'none', baseURL: address(), maxRetries: 0 });
    const request = client.beta.messages.stream(
      { model: 'any', max_tokens: 1, messages: [] },
      { headers: { 'x-case': String(at) } },
    );
    const { state } = reduced(messages, dialectEvents(name, cases[at]!.bytes));
    expectReviewed(state.root, await request.finalMessage(), reviewed[name]);
    expect(state.ends.map(({ status }) => status)).toEqual([
      name.includes('refusal') ? 'incomplete' : 'completed',
    ]);
  },
);

test('each explained recording is there', () => {
  expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(reviewed)));
});
