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
