import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  environment,
  executable,
  expect,
  personBytes,
  personFile,
  startArguments,
  test,
} from './app.ts';

const run = promisify(execFile);
let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'deltascope-files-'))));
test.afterEach(() => rm(folder, { recursive: true, force: true }));

function manyEvents(count: number): string {
  const frames: string[] = [];
  for (let seq = 0; seq < count; seq++) {
    const delta = seq === 31_337 ? 'needle' : `word${seq % 97} `;
    frames.push(
      `event: response.output_text.delta\ndata: ${JSON.stringify({
        type: 'response.output_text.delta',
        sequence_number: seq,
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta,
      })}\n\n`,
    );
  }
  return frames.join('');
}

test('50,000 events open, scroll to the end and are filtered', async ({ launch }) => {
  const path = join(folder, 'many.sse');
  await writeFile(path, manyEvents(50_000));
  const app = await launch({ files: [path] });
  await app.expectEvents(50_000);
  expect(await app.rows.count()).toBeLessThan(200);
  await app.events.focus();
  await app.page.keyboard.press('Home');
  await expect(app.row(0)).toBeVisible();
  await app.page.keyboard.press('End');
  await expect(app.row(49_999)).toBeVisible();
  await expect(app.row(49_999)).toHaveAttribute('aria-rowindex', '50000');
  await app.filter.fill('needle');
  await app.expectEvents(1);
  await expect(app.row(31_337)).toBeVisible();
  await expect(app.page.getByText('1 of 50,000')).toBeVisible();
  await app.filter.fill('type:*.done');
  await app.expectEvents(0);
  await expect(app.page.getByText('No event matches')).toBeVisible();
  await app.filter.press('Escape');
  await app.expectEvents(50_000);
});

test('a file dropped on the window opens, with its bytes kept', async ({ app }) => {
  const bytes = await personBytes();
  const transfer = await app.page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.sse'));
    return data;
  }, bytes.toString());
  const target = app.page.getByRole('main');
  await target.dispatchEvent('dragenter', { dataTransfer: transfer });
  await expect(app.page.getByText('Drop to open')).toBeVisible();
  await target.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('dropped.sse');
  await app.expectEvents(23);
  const ids = await readdir(join(app.dataFolder, 'captures'));
  const bodies = await Promise.all(
    ids.map(async (id) => ({
      meta: await readFile(join(app.dataFolder, 'captures', id, 'capture.json'), 'utf8'),
      body: await readFile(join(app.dataFolder, 'captures', id, 'body')),
    })),
  );
  expect(bodies.find(({ meta }) => meta.includes('dropped.sse'))!.body).toEqual(bytes);
});

test('a pasted stream opens; pasting into a field does not', async ({ app }) => {
  const text = (await personBytes()).toString();
  // From main: a page may write the clipboard only while its window has the focus.
  await app.electron.evaluate(({ clipboard }, stream) => clipboard.writeText(stream), text);
  const before = await app.captures.getByRole('listitem').count();
  await app.filter.focus();
  await app.page.keyboard.press('ControlOrMeta+V');
  await expect(app.filter).not.toHaveValue('');
  await expect(app.captures.getByRole('listitem')).toHaveCount(before);
  await app.filter.press('Escape');
  await app.events.focus();
  await app.page.keyboard.press('ControlOrMeta+V');
  await expect(app.captures.getByRole('listitem')).toHaveCount(before + 1);
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('pasted');
  await app.expectEvents(23);
});

test('a second start hands its files to the first', async ({ app }) => {
  const path = join(folder, 'handed over.sse');
  await writeFile(path, await personBytes());
  // It ends by itself: the first instance has the lock.
  const { display, dataFolder } = app;
  await run(await executable(), startArguments(display, dataFolder, [path]), {
    env: environment(display),
  });
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('handed over.sse');
});

test('the file dialog opens what is chosen', async ({ app }) => {
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, personFile);
  const before = await app.captures.getByRole('listitem').count();
  await app.page.keyboard.press('ControlOrMeta+O');
  await expect(app.captures.getByRole('listitem')).toHaveCount(before + 1);
});

test('what is no stream is said, and kept', async ({ launch }) => {
  const notes = join(folder, 'notes.txt');
  await writeFile(notes, 'dear diary\n');
  await mkdir(join(folder, 'folder'));
  const app = await launch({ files: [notes, join(folder, 'folder'), join(folder, 'gone.sse')] });
  await expect(app.page.getByText('gone.sse').first()).toBeVisible();
  await expect(app.captures.getByText('notes.txt')).toBeVisible();
});

test('renaming, deleting and taking it back', async ({ app }) => {
  await app.captures.locator('[aria-current="true"]').press('F2');
  const field = app.page.getByRole('textbox', { name: 'Name of the capture' });
  await field.fill('Alice');
  await field.press('Enter');
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('Alice');
  await app.captures.locator('[aria-current="true"]').press('Delete');
  await expect(app.captures.getByText('Alice')).toHaveCount(0);
  await expect(app.captures.locator('[aria-current="true"]')).toBeVisible();
  await app.button('Undo').click();
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('Alice');
  await app.expectEvents(23);
});
