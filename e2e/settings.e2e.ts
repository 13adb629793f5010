import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebuggerPage, expect, personBytes, test } from './app.ts';
import { streamServer } from './stream-server.ts';

const endpoint = (app: DebuggerPage) => app.page.getByRole('combobox', { name: 'Endpoint' });
const chosen = (app: DebuggerPage) => endpoint(app).locator('option:checked');
const listed = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Endpoints' });

async function addEndpoint(app: DebuggerPage, name: string, baseUrl: string): Promise<void> {
  await app.view('Settings').click();
  await app.button('Add an endpoint').click();
  const form = app.page.getByRole('form', { name: 'New endpoint' });
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Base URL').fill(baseUrl);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form).toBeHidden();
}

/** All that the page holds as text: its markup, and what its fields hold. */
const pageText = (app: DebuggerPage) =>
  app.page.evaluate(() =>
    [...document.querySelectorAll('input, textarea')].reduce(
      (text, field) => `${text}\n${(field as HTMLInputElement).value}`,
      document.documentElement.outerHTML,
    ),
  );

test('an endpoint is added and chosen, its key used but never shown, and deleted', async ({
  app,
}) => {
  const secret = 'sk-of-this-test-0123456789';
  const authorizations: (string | undefined)[] = [];
  const server = await streamServer(async ({ request, response }) => {
    authorizations.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(await personBytes());
  });
  await addEndpoint(app, 'Mine', server.baseUrl);
  await expect(chosen(app)).toHaveText('Mine');
  await endpoint(app).selectOption({ index: 0 });
  await expect(chosen(app)).not.toHaveText('Mine');
  await endpoint(app).selectOption('Mine');

  await app.send();
  await expect(app.status).toHaveText('completed');
  expect(authorizations).toEqual([undefined]);

  await listed(app).getByRole('button', { name: 'Mine' }).click();
  const form = app.page.getByRole('form', { name: 'Mine' });
  const key = form.getByLabel('API key');
  await expect(key).toHaveAttribute('type', 'password');
  await key.fill(secret);
  expect(await pageText(app)).toContain(secret);
  await form.getByRole('button', { name: 'Set the key' }).click();
  await expect(form.getByText('A key is kept')).toBeVisible();
  await expect(key).toHaveValue('');
  expect(await pageText(app)).not.toContain(secret);
  const list = await app.page.evaluate(() => window.deltascope.endpoints.list());
  expect(list).toMatchObject({ ok: true });
  expect(JSON.stringify(list)).toContain('"Mine"');
  expect(JSON.stringify(list)).not.toContain(secret);

  await app.send();
  await expect.poll(() => authorizations).toEqual([undefined, `Bearer ${secret}`]);
  await expect(app.status).toHaveText('completed');

  await form.getByRole('button', { name: 'Delete' }).click();
  await expect(listed(app).getByText('Mine')).toBeHidden();
  await expect(chosen(app)).not.toHaveText('Mine');
  await expect(endpoint(app).getByRole('option', { name: 'Mine' })).toHaveCount(0);
  // Deleting takes the key with it: what Undo brings back has none.
  await app.button('Undo').click();
  await expect(listed(app).getByRole('button', { name: 'Mine' })).toContainText('no key');

  // What was recorded and stored meanwhile has no key either.
  await app.electron.close();
  const files = await readdir(app.dataFolder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile()))
    expect((await readFile(join(file.parentPath, file.name))).includes(secret), file.name).toBe(
      false,
    );
  await server.close();
});

test('an endpoint that can not be is refused where it is written', async ({ app }) => {
  await app.view('Settings').click();
  const count = await listed(app).getByRole('listitem').count();
  await app.button('Add an endpoint').click();
  const form = app.page.getByRole('form', { name: 'New endpoint' });
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused();
  await form.getByLabel('Base URL').fill('ftp://example.org');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form.getByRole('alert')).toHaveCount(2);
  await expect(form.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(listed(app).getByRole('listitem')).toHaveCount(count);
});

test("the address of a request becomes an endpoint of its API, with that API's headers", async ({
  app,
}) => {
  const seen: unknown[] = [];
  const server = await streamServer(({ request: { url, headers }, response }) => {
    seen.push([url, headers['x-api-key'], headers['anthropic-version'], headers.authorization]);
    response.writeHead(429, { 'retry-after': '7' });
    response.end('{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}');
  });
  await app.view('Settings').click();
  await app.button('Add an endpoint').click();
  const form = app.page.getByRole('form', { name: 'New endpoint' });
  await form.getByLabel('Server').selectOption('Ollama');
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Ollama');
  await expect(form.getByLabel('Base URL')).toHaveValue('http://localhost:11434/v1');
  await form.getByLabel('Base URL').fill(`${server.baseUrl}/messages`);
  await form.getByLabel('Name', { exact: true }).fill('Claude');
  await expect(form.getByLabel('Base URL')).toHaveValue(server.baseUrl);
  await expect(form.getByLabel('API', { exact: true }).locator('option:checked')).toHaveText(
    'Messages',
  );
  await form.getByLabel('API key').fill('sk-of-this-test-0123456789');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(chosen(app)).toHaveText('Claude');
  await expect(listed(app).getByRole('button', { name: 'Claude' })).toContainText('Messages');
  await app.send();
  await expect(app.status).toHaveText('failed');
  const path = new URL(`${server.baseUrl}/messages`).pathname;
  expect(seen).toEqual([[path, 'sk-of-this-test-0123456789', '2023-06-01', undefined]]);
  await app.view('Compose').click();
  const said = 'Slow down (rate_limit_error). The server asks to wait 7 s.';
  await expect(app.page.getByRole('log', { name: 'Output as it arrives' })).toContainText(said);
  await server.close();
});

const isDark = (app: DebuggerPage) =>
  app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
/** Playwright shows every page in a light scheme unless it is told to leave it alone. */
const ownScheme = (app: DebuggerPage) => app.page.emulateMedia({ colorScheme: null });

test('the theme can be chosen and is there at the next start', async ({ launch }) => {
  const first = await launch();
  await ownScheme(first);
  await first.view('Settings').click();
  for (const [name, dark] of [
    ['Dark', true],
    ['Light', false],
    ['Dark', true],
  ] as const) {
    await first.page.getByText(name, { exact: true }).click();
    await expect(first.page.getByRole('radio', { name })).toBeChecked();
    await expect.poll(() => isDark(first)).toBe(dark);
  }
  const background = await first.page.evaluate(
    () => getComputedStyle(document.body).backgroundColor,
  );
  await first.electron.close();
  const second = await launch({ dataFolder: first.dataFolder });
  await ownScheme(second);
  await expect.poll(() => isDark(second)).toBe(true);
  await expect(second.page.locator('body')).toHaveCSS('background-color', background);
  await expect(second.page.getByRole('radio', { name: 'Dark' })).toBeChecked();
});
