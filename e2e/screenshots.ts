import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DebuggerPage, expect, root, test } from './app.ts';

/** Renders README's pictures from the real app: `npm run screenshots`. */

async function setUp(app: DebuggerPage, theme: 'light' | 'dark'): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.setContentSize(1440, 900),
  );
  await app.page.emulateMedia({ colorScheme: theme });
  await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(1440);
}

async function picture(app: DebuggerPage, name: string): Promise<void> {
  // No focus ring and no hovered row: nobody is pointing at anything.
  await app.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await app.page.mouse.move(0, 0);
  await app.page.screenshot({
    path: join(root, 'docs/images', `${name}.png`),
    animations: 'disabled',
  });
}

for (const theme of ['dark', 'light'] as const) {
  test(`the window, ${theme}`, async ({ app }) => {
    await setUp(app, theme);
    await app.seekTo(8);
    await expect(app.output).toContainText('Johnson');
    await picture(app, `window-${theme}`);
  });
}

test('a live stream while it is composed, dark', async ({ app }) => {
  await setUp(app, 'dark');
  await app.view('Compose').click();
  await expect(app.page.getByRole('textbox', { name: 'Request body' })).toBeVisible();
  await app.send();
  await expect(app.status).toHaveText('completed');
  await picture(app, 'compose-dark');
});

test('the snapshot of a web search, dark', async ({ app }) => {
  await setUp(app, 'dark');
  await app.openCapture('web-search.sse');
  await app.tab('Snapshot').click();
  await app.seekTo(12);
  await expect(app.snapshot.locator('.view-line').first()).toBeVisible();
  await picture(app, 'snapshot-dark');
});

for (const theme of ['dark', 'light'] as const)
  test(`a recording proxy, ${theme}`, async ({ app }) => {
    const { page } = app;
    await setUp(app, theme);
    const state = await page.evaluate(() => window.deltascope.replayServer.state());
    const upstream = (state.ok && state.value.url) || '';
    await page.evaluate(() => window.deltascope.replayServer.setSpeed({ speed: 5 }));
    await app.captures.getByText('person.sse', { exact: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Serve this capture' }).click();
    const proxy = page.getByRole('region', { name: 'Recording proxy' });
    await proxy.getByRole('button', { name: 'Recording proxy' }).click();
    const field = page.getByRole('textbox', { name: 'Upstream' });
    await field.fill(upstream);
    await proxy.getByRole('button', { name: 'Start' }).click();
    const url = await proxy.getByText(/^http:/).innerText();
    const ask = async (path: string, model: string) => {
      const body = JSON.stringify({ model, input: 'Hello', messages: [], stream: true });
      const headers = { 'content-type': 'application/json' };
      await (await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body })).text();
    };
    await ask('responses', 'example/person');
    await ask('chat/completions', 'example/chat-tool-calls');
    await ask('messages', 'example/messages-thinking');
    await ask('responses', 'example/rate-limit');
    await ask('embeddings', 'text-embedding-3-small');
    await ask('responses', 'example/web-search');
    await page.evaluate(() => window.deltascope.replayServer.setSpeed({ speed: 0.25 }));
    const slow = ask('responses', 'example/reasoning').catch(() => undefined);
    await expect(page.getByRole('region', { name: 'Requests' }).getByRole('row')).toHaveCount(8);
    await expect(page.getByRole('cell', { name: 'streaming' })).toBeVisible();
    // What most people have there; nothing is asked of it.
    await field.fill('https://api.openai.com/v1');
    await page.getByRole('tab', { name: 'Python' }).click();
    await page.getByRole('button', { name: 'Close the message' }).click();
    await picture(app, `servers-${theme}`);
    await proxy.getByRole('button', { name: 'Stop' }).click();
    await slow;
  });

for (const theme of ['dark', 'light'] as const)
  test(`a stream that breaks its protocol, ${theme}`, async ({ launch }) => {
    const folder = await mkdtemp(join(tmpdir(), 'deltascope-picture-'));
    try {
      const frames = (await readFile(join(root, 'examples/person.sse'), 'utf8')).split('\n\n');
      // An event is lost on the way, and another item is meant.
      frames.splice(8, 1);
      frames[11] = frames[11]!.replace(/"item_id":"msg_[^"]*/, '"item_id":"msg_other');
      const path = join(folder, 'drifting-server.sse');
      await writeFile(path, frames.join('\n\n'));
      const app = await launch({ files: [path] });
      await setUp(app, theme);
      await app.expectEvents(22);
      await app.page.keyboard.press('Home');
      await app.page.keyboard.press('Shift+]');
      const problems = app.page.getByRole('list', { name: 'Problems' });
      await expect(problems).toContainText('1 event is missing before this one');
      await app.tab('Event').click();
      await expect(app.eventPane).toContainText('F4');
      await picture(app, `problems-${theme}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

for (const theme of ['dark', 'light'] as const)
  test(`two captures side by side, ${theme}`, async ({ launch }) => {
    const folder = await mkdtemp(join(tmpdir(), 'deltascope-picture-'));
    try {
      const frames = (await readFile(join(root, 'examples/person.sse'), 'utf8')).split('\n\n');
      // An event is lost on the way, another one comes twice, and the age is another one.
      frames.splice(8, 1);
      frames.splice(12, 0, frames[11]!);
      const path = join(folder, 'second-run.sse');
      await writeFile(path, frames.join('\n\n').replaceAll('\\"age\\":30', '\\"age\\":31'));
      const app = await launch({ files: [path] });
      await setUp(app, theme);
      await app.expectEvents(23);
      const item = app.page.getByRole('list', { name: 'Captures' }).getByText('person.sse');
      await item.click({ button: 'right' });
      await app.page.getByRole('menuitem', { name: /^Compare with/ }).click();
      await app.page.getByRole('button', { name: 'Swap' }).click();
      await expect(app.page.getByRole('status', { name: 'Comparison' })).toContainText('1 lost');
      await picture(app, `compare-${theme}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

const withNickname = `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
    "age": { "type": "integer", "minimum": 0 },
    "occupation": { "type": "string" },
    "nickname": { "type": "string" }
  },
  "required": ["name", "age", "occupation"],
  "additionalProperties": false
}
`;

for (const theme of ['dark', 'light'] as const) {
  test(`the schema workbench with runs, ${theme}`, async ({ app }) => {
    const { page } = app;
    await setUp(app, theme);
    await page.evaluate(() => window.deltascope.replayServer.setSpeed({ speed: 'instant' }));
    await page.getByRole('button', { name: 'Edit schema' }).first().click();
    await expect(app.editorLines('Schema')).toContainText('occupation');
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Describe a person called Alice.');
    const rows = page.getByRole('grid', { name: 'Runs' }).locator('[data-key]');
    const options = page.getByRole('dialog', { name: 'Run options' });
    const run = async (outcome: string, count: number, tokens = '') => {
      await page.getByRole('button', { name: /^Run on/ }).click();
      await options.getByLabel('Answer').selectOption(outcome);
      if (outcome === 'instance')
        await options
          .getByLabel('Text to stream')
          .fill('{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}');
      await options.getByLabel('Max output tokens').fill(tokens);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Run(?! on)/ }).click();
      await expect(rows).toHaveCount(count);
      await expect(app.status).toHaveText(tokens === '' ? 'completed' : 'incomplete');
    };
    await run('valid', 1);
    await run('refusal', 2);
    await run('valid', 3, '14');
    await run('violation', 4);
    await run('instance', 5);
    await app.pasteInEditor('Schema', withNickname);
    await expect(page.getByRole('list', { name: 'Schema problems' })).toContainText('S03');
    await app.editorLines('Schema').getByText('nickname').first().click();
    await picture(app, `schemas-${theme}`);
  });
}
