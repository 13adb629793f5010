import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, test } from './app.ts';

test('the official client reads the person from the built-in endpoint', async ({ app }) => {
  await app.view('Servers').click();
  const server = app.page.getByRole('region', { name: 'Replay server' });
  const url = await server.getByText(/^http:\/\/127\.0\.0\.1:\d+\/v1$/).innerText();
  const client = new OpenAI({ baseURL: url, apiKey: 'none' });
  const stream = client.responses.stream({
    model: 'gpt-4o-mini',
    input: 'Describe a software engineer called Alice.',
  });
  const deltas: string[] = [];
  stream.on('response.output_text.delta', (event) => deltas.push(event.delta));
  const response = await stream.finalResponse();
  const person = { name: 'Alice Johnson', age: 30, occupation: 'Software Engineer' };
  expect(JSON.parse(response.output_text)).toEqual(person);
  expect(JSON.parse(deltas.join(''))).toEqual(person);
  expect(deltas.length).toBeGreaterThan(10);
  await expect(server.getByText('/v1/responses').first()).toBeVisible();
});

test('the official clients of the other APIs read it too', async ({ app }) => {
  const reply = await app.page.evaluate(() => window.deltascope.replayServer.state());
  const url = (reply.ok && reply.value.url) || '';
  const messages = [{ role: 'user' as const, content: 'Who?' }];
  const openai = new OpenAI({ baseURL: url, apiKey: 'none' });
  const chat = await openai.chat.completions
    .stream({ model: 'example/chat-tool-calls', messages })
    .finalChatCompletion();
  expect(chat.choices[0]!.message.tool_calls).toMatchObject([
    { function: { name: 'search', arguments: '{"query": "Detroit Tigers game time today"}' } },
    { function: { name: 'get_weather', arguments: '{"city": "Detroit"}' } },
  ]);
  const anthropic = new Anthropic({ baseURL: url.replace(/\/v1$/, ''), apiKey: 'none' });
  const message = await anthropic.messages
    .stream({ model: 'example/messages-tool-use', max_tokens: 1024, messages })
    .finalMessage();
  expect(message.content).toMatchObject([
    { type: 'text', text: expect.stringMatching(/^I'll book this trip/) },
    { type: 'tool_use', name: 'plan_trip', input: { itinerary: { city: 'Kyoto', days: 3 } } },
  ]);
});
