import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, personBytes, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

/** Asked in main: Playwright itself waits for a navigation that was begun and denied. */
function inPage(electron: ElectronApplication, script: string): Promise<unknown> {
  return electron.evaluate(
    ({ BrowserWindow }, code) =>
      BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code),
    script,
  );
}
const ROWS = `document.querySelector('[role=grid]').getAttribute('aria-rowcount')`;

test('the page has no Node and a policy that holds', async ({ app }) => {
  const { page } = app;
  expect(page.url()).toMatch(/^app:\/\//);
  const globals = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
  );
  expect(globals).toEqual([]);
  const api = await page.evaluate(() => Object.keys(window.deltascope).sort());
  expect(api).toEqual([
    'app',
    'captures',
    'collector',
    'endpoints',
    'exports',
    'faults',
    'files',
    'on',
    'replayServer',
    'requests',
    'runs',
    'schemas',
    'servers',
    'settings',
    'workspace',
  ]);

  const refused = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    const foreign = document.createElement('script');
    foreign.src = 'http://127.0.0.1:9/x.js';
    document.head.append(foreign);
    const image = new Image();
    image.src = 'http://127.0.0.1:9/x.png';
    const sound = new Audio('http://127.0.0.1:9/x.mp3');
    await new Promise((resolve) => sound.addEventListener('error', resolve, { once: true }));
    let fetched = true;
    await fetch('http://127.0.0.1:9/').catch(() => (fetched = false));
    // Not at once: code that a debugger evaluates is exempt from the policy until it returns.
    const evaluated = await new Promise<boolean>((resolve) =>
      setTimeout(() => {
        try {
          new Function('return 1')();
          resolve(true);
        } catch {
          resolve(false);
        }
      }),
    );
    return { violations, fetched, evaluated, inlineRan: 'inlineRan' in window };
  });
  expect(refused.inlineRan).toBe(false);
  expect(refused.fetched).toBe(false);
  expect(refused.evaluated).toBe(false);
  for (const directive of ['script-src-elem', 'img-src', 'media-src', 'connect-src'])
    expect(refused.violations).toContain(directive);
});

test('navigation, windows and permissions are denied, and the page lives on', async ({ app }) => {
  const { page, electron } = app;
  const url = page.url();
  const visited: string[] = [];
  const frames = (await personBytes()).toString().split(/(?<=\n\n)/);
  const denied = gate();
  const server = await streamServer(async ({ request, response }) => {
    if (request.method !== 'POST') {
      visited.push(request.url ?? '');
      return void response.end('<h1>elsewhere</h1>');
    }
    beginStream(response);
    await write(response, frames.slice(0, 9).join(''));
    await denied.opened;
    response.end(frames.slice(9).join(''));
  });
  await app.useEndpoint('live', server.baseUrl);
  await app.send();
  await app.expectEvents(9);
  await page.evaluate((target) => {
    const link = document.createElement('a');
    link.href = target;
    link.textContent = 'elsewhere';
    document.body.append(link);
    link.click();
    window.open(target);
    location.href = target;
  }, server.baseUrl);
  expect(await inPage(electron, ROWS)).toBe('9');
  denied.open();
  await expect.poll(() => inPage(electron, ROWS)).toBe('23');
  const after = await electron.evaluate(({ BrowserWindow, Menu }) => {
    const windows = BrowserWindow.getAllWindows();
    Menu.getApplicationMenu()!.getMenuItemById('view-servers')!.click();
    return { windows: windows.length, url: windows[0]!.webContents.getURL() };
  });
  expect(after).toEqual({ windows: 1, url });
  const current = `document.querySelector('nav[aria-label=Views] [aria-current]')?.ariaLabel`;
  await expect.poll(() => inPage(electron, current)).toBe('Servers');
  expect(visited).toEqual([]);
  const permissions = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    media: await navigator.mediaDevices
      .getUserMedia({ audio: true })
      .then(() => 'granted')
      .catch(() => 'denied'),
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
  }));
  expect(permissions).toEqual({ notifications: 'denied', media: 'denied', geolocation: 'denied' });
  await server.close();
});

test('window preferences are those of the checklist', async ({ app }) => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const all = contents.getLastWebPreferences();
    return Object.fromEntries(
      ['nodeIntegration', 'contextIsolation', 'sandbox', 'webSecurity', 'webviewTag'].map(
        (name) => [name, all[name]],
      ),
    );
  });
  expect(preferences).toMatchObject({
    nodeIntegration: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
  });
  expect(preferences.webviewTag ?? false).toBe(false);
});

test('a page of another origin can call nothing', async ({ app }) => {
  // Main itself puts a foreign page into the app's own window, with the preload: no guard of
  // navigation is asked, only the sender of a command is left to be checked.
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.loadURL(
      'data:text/html,<h1>foreign</h1><iframe srcdoc="<p>framed"></iframe>',
    ),
  );
  const replies = await inPage(
    app.electron,
    `Promise.all([
      deltascope.captures.list(),
      deltascope.endpoints.list(),
      deltascope.replayServer.stop(),
    ])`,
  );
  const forbidden = { ok: false, code: 'forbidden' };
  expect(replies).toMatchObject([forbidden, forbidden, forbidden]);
  expect(JSON.stringify(replies)).not.toContain('person.sse');
  expect(await inPage(app.electron, `typeof deltascope + typeof frames[0].deltascope`)).toBe(
    'objectundefined',
  );
});

test('input that the contract does not allow is refused with a reason', async ({ app }) => {
  const replies = await app.page.evaluate(async () => {
    const { captures, settings, endpoints } = window.deltascope;
    return Promise.all([
      captures.open({ id: '../../etc' }),
      captures.rename({ id: 'a', name: '' }),
      settings.set({ theme: 'pink' as 'dark' }),
      endpoints.save({
        name: 'x',
        api: 'responses',
        baseUrl: 'file:///etc/passwd',
        headers: [],
        keyHeader: 'authorization',
      }),
    ]);
  });
  for (const reply of replies) {
    expect(reply.ok).toBe(false);
    expect(reply).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  }
});

test('a key goes in and never comes out', async ({ app }) => {
  const secret = 'sk-test-0123456789abcdef';
  let seen = '';
  const server = await streamServer(({ request, response }) => {
    seen = request.headers.authorization ?? '';
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"error":{"message":"no"}}');
  });
  await app.useEndpoint('keyed', server.baseUrl);
  const found = await app.page.evaluate(async (key) => {
    const { endpoints, app: about } = window.deltascope;
    const list = await endpoints.list();
    if (!list.ok) throw new Error(list.message);
    const id = list.value.find((one) => one.name === 'keyed')!.id;
    const set = await endpoints.setKey({ id, key });
    return JSON.stringify([set, await endpoints.list(), await about.info()]);
  }, secret);
  expect(found).not.toContain(secret);
  expect(found).toMatch(/"key":"(memory|encrypted)"/);
  await app.send();
  await expect(app.status).toHaveText('failed');
  expect(seen).toBe(`Bearer ${secret}`);
  // All that is kept, Chromium's own files included.
  const files = await readdir(app.dataFolder, { recursive: true, withFileTypes: true });
  let looked = 0;
  for (const file of files.filter((entry) => entry.isFile())) {
    const text = await readFile(join(file.parentPath, file.name), 'latin1').catch(() => '');
    expect(text, file.name).not.toContain(secret);
    if (file.name === 'capture.json' && text.includes('"authorization"')) looked++;
  }
  expect(looked).toBe(1);
  await server.close();
});
