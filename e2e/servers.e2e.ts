import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';
import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, personFile, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

const PERSON = { name: 'Alice Johnson', age: 30, occupation: 'Software Engineer' };
/** The events of person.sse, each with its blank line. */
const frames = async () =>
  (await readFile(personFile, 'utf8')).split(/(?<=\n\n)/).filter((frame) => frame.trim() !== '');

const server = (app: DebuggerPage, name: string): Locator =>
  app.page.getByRole('region', { name, exact: true });
const requests = (app: DebuggerPage): Locator =>
  app.page.getByRole('region', { name: 'Requests' }).getByRole('row');

/** The address that a running server shows, as the official client wants it. */
async function baseUrl(region: Locator): Promise<string> {
  return `${await region.getByText(/^http:\/\/127\.0\.0\.1:\d+$/).innerText()}/v1`;
}
const clientOf = (baseURL: string, apiKey = 'anything') =>
  new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const ask = (client: OpenAI, model: string) =>
  client.responses.create({ model, input: 'Describe Alice.', stream: true });

/** Reads a client's stream; `types` grows while it does. */
function reading(stream: AsyncIterable<OpenAI.Responses.ResponseStreamEvent>) {
  const types: string[] = [];
  const done = (async () => {
    for await (const event of stream) types.push(event.type);
  })();
  return { types, done };
}

/** Serves person.sse by its context menu. */
async function servePerson(app: DebuggerPage): Promise<Locator> {
  await app.captures.getByText('person.sse', { exact: true }).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Serve this capture' }).click();
  const region = server(app, 'person.sse');
  await expect(region.getByRole('button', { name: 'Stop' })).toBeVisible();
  return region;
}

test('a client is recorded while it streams, and its key is seen nowhere', async ({ app }) => {
  const secret = 'sk-e2e-0123456789abcdef';
  const all = await frames();
  const rest = gate();
  let key = '';
  const upstream = await streamServer(async ({ request, response }) => {
    key = request.headers.authorization ?? '';
    beginStream(response);
    for (const frame of all.slice(0, 9)) await write(response, frame);
    await rest.opened;
    response.end(all.slice(9).join(''));
  });
  await app.view('Servers').click();
  const proxy = server(app, 'Recording proxy');
  await proxy.getByRole('button', { name: 'Recording proxy' }).click();
  await app.page.getByRole('textbox', { name: 'Upstream' }).fill(upstream.baseUrl);
  await proxy.getByRole('button', { name: 'Start' }).click();
  const url = await baseUrl(proxy);
  const { types, done } = reading(await ask(clientOf(url, secret), 'gpt-4o-mini'));
  await expect.poll(() => types.length).toBe(9);
  await expect(proxy).toContainText('1 open');
  const row = requests(app).filter({ hasText: '/v1/responses' });
  await expect(row).toContainText('streaming');
  // A click tells of the request, Enter opens what was recorded of it.
  await row.getByRole('button').click();
  const request = app.page.getByRole('region', { name: 'Request', exact: true });
  await expect(request).toContainText('The answer is on its way.');
  await expect(request).toContainText('Describe Alice.');
  await expect(request).not.toContainText(secret);
  await row.getByRole('button').press('Enter');
  await app.expectEvents(9);
  await expect(app.status).toHaveText('streaming');
  rest.open();
  await done;
  await app.expectEvents(23);
  await expect(app.status).toHaveText('completed');
  await expect(app.captures.getByRole('button').first()).toContainText(/gpt-4o-mini.*completed/);
  expect(key).toBe(`Bearer ${secret}`);
  await app.tab('Event').click();
  await expect(app.eventPane).toContainText('authorization');
  expect(await app.page.content()).not.toContain(secret);
  // What a client asks next takes nobody away from what they look at.
  await app.openCapture('refusal.sse');
  const again = reading(await ask(clientOf(url, secret), 'gpt-4o-mini'));
  await again.done;
  await expect(app.captures.getByText('gpt-4o-mini', { exact: true })).toHaveCount(2);
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('refusal.sse');
  await upstream.close();
});

test('a capture is served to a client, and the log says why another request got none', async ({
  app,
}) => {
  const region = await servePerson(app);
  const client = clientOf(await baseUrl(region));
  const stream = client.responses.stream({ model: 'gpt-4o-mini-2024-07-18', input: 'Who?' });
  const response = await stream.finalResponse();
  expect(JSON.parse(response.output_text)).toEqual(PERSON);
  await expect(requests(app).filter({ hasText: '/v1/responses' })).toContainText('person.sse');
  const wrong = client.chat.completions.create({ model: 'gpt-4o-mini', messages: [] });
  await expect(wrong).rejects.toThrow(/person\.sse/);
  const miss = requests(app).filter({ hasText: '/v1/chat/completions' });
  await expect(miss).toContainText('404');
  await miss.getByRole('button').click();
  await expect(app.page.getByRole('definition')).toHaveText(/^asks for \/v1\/chat\/completions/);
});

test('a stream by hand goes on when a person says so', async ({ app }) => {
  const region = await servePerson(app);
  const { page } = app;
  await page.getByRole('combobox', { name: 'Pace' }).selectOption('by hand');
  await expect(region).toContainText('by hand');
  // What is edited is written a moment later.
  await expect
    .poll(() => page.evaluate(async () => JSON.stringify(await window.deltascope.servers.list())))
    .toContain('"by hand"');
  const { types, done } = reading(
    await ask(clientOf(await baseUrl(region)), 'gpt-4o-mini-2024-07-18'),
  );
  const waiting = page.getByRole('list', { name: 'Streams by hand' }).getByRole('listitem');
  await expect(waiting).toContainText('0 of 23 events');
  await waiting.getByRole('button', { name: 'Next event' }).click();
  await expect.poll(() => types).toEqual(['response.created']);
  await page.keyboard.press(']');
  await expect.poll(() => types).toEqual(['response.created', 'response.in_progress']);
  await expect(waiting).toContainText('2 of 23 events');
  await expect(waiting).toContainText('next #2 response.output_item.added');
  await waiting.getByRole('button', { name: 'Run' }).click();
  await done;
  expect(types).toHaveLength(23);
  expect(types.at(-1)).toBe('response.completed');
  await expect(waiting).toHaveCount(0);
});

test('servers run beside each other, and are there again after a restart', async ({ launch }) => {
  const first = await launch();
  await first.expectEvents(23);
  const { page } = first;
  const one = await servePerson(first);
  await page.getByRole('button', { name: 'New server' }).click();
  await page.getByRole('menuitem', { name: 'Recording proxy to Ollama' }).click();
  const two = server(first, 'Ollama');
  await two.getByRole('button', { name: 'Start' }).click();
  const urls = [await baseUrl(one), await baseUrl(two)];
  expect(new Set(urls).size).toBe(2);
  const response = await clientOf(urls[0]!)
    .responses.stream({ model: 'gpt-4o-mini-2024-07-18', input: 'Who?' })
    .finalResponse();
  expect(JSON.parse(response.output_text)).toEqual(PERSON);
  // One that is deleted comes back as it was, running included.
  await two.getByRole('button', { name: 'Ollama' }).press('Delete');
  await expect(two).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(two.getByRole('button', { name: 'Stop' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Upstream' }).fill('http://127.0.0.1:9/v1');
  await expect(two).toContainText('127.0.0.1:9/v1');
  await first.electron.close();

  const second = await launch({ dataFolder: first.dataFolder });
  await expect(second.view('Servers')).toHaveAttribute('aria-current', 'page');
  await expect(server(second, 'person.sse').getByRole('button', { name: 'Start' })).toBeVisible();
  await expect(server(second, 'Ollama')).toContainText('127.0.0.1:9/v1');
});
