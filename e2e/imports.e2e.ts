import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type DebuggerPage, expect, personBytes, recordings, test } from './app.ts';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'deltascope-imports-'))));
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const KEY = 'sk-proj-e2e-0123456789abcdef';

/** An entry of a HAR as Chrome saves it, as far as it matters here. */
function harEntry(text: string, mimeType: string) {
  return {
    startedDateTime: '2026-03-04T05:06:07.500Z',
    time: 2500,
    timings: { blocked: 0, send: 0, wait: 300, receive: 2200 },
    request: {
      method: 'POST',
      url: 'https://api.test/v1/responses',
      headers: [{ name: 'authorization', value: `Bearer ${KEY}` }],
      postData: { mimeType: 'application/json', text: '{"stream":true}' },
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [{ name: 'content-type', value: mimeType }],
      content: { size: text.length, mimeType, text },
    },
  };
}

/** Whether a text stands anywhere in the files of the data folder. */
async function isKept(app: DebuggerPage, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(app.dataFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // Sockets and files of Chromium that it holds open are none of ours.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (bytes.includes(text)) found.push(path);
  }
  return found;
}

test('a HAR with two streams becomes two captures, which can be taken back', async ({ app }) => {
  const chat = await readFile(
    join(recordings, 'openai-chat/envoygw-chat-streaming-web-search.sse'),
    'utf8',
  );
  const har = {
    log: {
      version: '1.2',
      entries: [
        harEntry((await personBytes()).toString(), 'text/event-stream'),
        {
          ...harEntry('<!doctype html>', 'text/html'),
          request: { method: 'GET', url: 'https://api.test/' },
        },
        harEntry(chat, 'text/event-stream'),
      ],
    },
  };
  const before = await app.captures.getByRole('listitem').count();
  const transfer = await app.page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'chat.har'));
    return data;
  }, JSON.stringify(har));
  await app.page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
  await expect(app.captures.getByRole('listitem')).toHaveCount(before + 2);
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('#1 chat.har');
  await app.expectEvents(23);
  // On top of the list in the file's order, with where each was sent.
  const first = (at: number) => app.captures.getByRole('listitem').nth(at);
  await expect(first(0)).toContainText('#1 chat.har');
  await expect(first(0)).toContainText('api.test/v1/responses');
  await expect(first(1)).toContainText('#3 chat.har');
  await expect(app.page.getByText('Left out of chat.har: no stream (1).')).toBeVisible();
  await app.openCapture('#3 chat.har');
  await app.expectEvents(26);
  expect(await isKept(app, KEY)).toEqual([]);
  await app.button('Undo').click();
  await expect(app.captures.getByRole('listitem')).toHaveCount(before);
});

test('a pasted cURL command fills Compose, and its key is nowhere to be seen', async ({ app }) => {
  const command = [
    'curl -N https://llm.test/v1/responses \\',
    `  -H 'Authorization: Bearer ${KEY}' \\`,
    "  -H 'X-Team: blue' \\",
    `  -d '{"model":"gpt-curl","input":"It'\\''s here","stream":true}'`,
  ].join('\n');
  await app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), command);
  const before = await app.captures.getByRole('listitem').count();
  await app.events.focus();
  await app.page.keyboard.press('ControlOrMeta+V');
  await expect(app.page.getByRole('combobox', { name: 'Model' })).toHaveValue('gpt-curl');
  await expect(app.editorLines('Request body')).toContainText(`"It's here"`);
  await expect(
    app.page.getByRole('combobox', { name: 'Endpoint' }).locator('option:checked'),
  ).toHaveText('llm.test');
  await expect(app.page.getByText('Its key is kept with the endpoint.')).toBeVisible();
  // All that the page can ask main for, and all that it draws.
  const known = await app.page.evaluate(async () => {
    const { endpoints, settings, captures } = window.deltascope;
    const all = [await endpoints.list(), await settings.get(), await captures.list()];
    return JSON.stringify(all) + document.documentElement.outerHTML;
  });
  expect(known).toContain('llm.test');
  expect(known).toContain('X-Team');
  expect(known).not.toContain(KEY);
  expect(await isKept(app, KEY)).toEqual([]);
  await app.button('Undo').click();
  await expect(app.page.getByRole('combobox', { name: 'Model' })).not.toHaveValue('gpt-curl');
  await app.view('Captures').click();
  await expect(app.captures.getByRole('listitem')).toHaveCount(before);
});

test('the command line takes gzip, and what is nothing says what was looked for', async ({
  launch,
}) => {
  const packed = join(folder, 'person.sse.gz');
  const notes = join(folder, 'notes.txt');
  await writeFile(packed, gzipSync(await personBytes()));
  await writeFile(notes, 'dear diary\n');
  const app = await launch({ files: [packed, notes] });
  await app.openCapture('person.sse.gz');
  await app.expectEvents(23);
  await app.openCapture('notes.txt');
  await expect(
    app.page
      .getByText(/Looked for an event stream \(line 1, byte 0: "dear diary" is no field/)
      .first(),
  ).toBeVisible();
  // One fault, which the list of problems tells and that of the captures marks; no axis of nothing.
  await expect(app.page.getByRole('tabpanel', { name: 'Problems' })).toContainText('dear diary');
  const row = app.captures.getByRole('listitem').filter({ hasText: 'notes.txt' });
  await expect(row.getByTitle('no event stream')).toHaveText('1');
  await expect(app.page.getByText('No events, and so no timeline.')).toBeVisible();
});
