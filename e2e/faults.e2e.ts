import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, test } from './app.ts';

/** Serves person.sse and opens its faults. */
async function editFaults(app: DebuggerPage): Promise<Locator> {
  await app.captures.getByText('person.sse', { exact: true }).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Serve this capture' }).click();
  await app.page.getByRole('button', { name: 'Add faults…' }).click();
  return app.page.getByRole('region', { name: 'Fault editor' });
}
const add = async (app: DebuggerPage, editor: Locator, search: string) => {
  await editor.getByRole('button', { name: 'Add', exact: true }).click();
  await app.page.getByRole('combobox', { name: 'Search faults' }).fill(search);
  await app.page.keyboard.press('Enter');
};
const steps = (editor: Locator) =>
  editor.getByRole('list', { name: 'Faults', exact: true }).getByRole('listitem');
const result = (editor: Locator) => editor.getByRole('status', { name: 'Result of the faults' });

test('faults are added, moved and undone, and show what they do to a capture', async ({ app }) => {
  const editor = await editFaults(app);
  await add(app, editor, 'drop');
  await editor.getByRole('textbox', { name: 'at' }).fill('8');
  await expect(result(editor)).toContainText('22 of 23 events');
  await editor.getByRole('radio', { name: 'Problems 2' }).click();
  const problems = editor.getByRole('list', { name: 'Problems with faults' }).getByRole('listitem');
  // The number after the gap, and the text that then lacks a piece.
  await expect(problems).toContainText(['F4 #8', 'P3 #18']);

  await add(app, editor, 'cut at an event');
  await expect(result(editor)).toContainText('disconnected');
  await expect(result(editor)).toContainText('The connection is closed after');
  await editor.getByRole('textbox', { name: 'at' }).fill('40');
  await expect(steps(editor).nth(1)).toContainText('Does nothing here: there is no event 40');
  await editor.getByRole('textbox', { name: 'at' }).fill('9..');
  await expect(steps(editor).nth(1)).toContainText('cut before event 9');
  await editor.getByRole('textbox', { name: 'at' }).fill('9..x');
  await expect(editor.getByRole('alert')).toContainText('"9..x" is not understood');

  await steps(editor)
    .nth(1)
    .getByRole('button', { name: /^Step 2/ })
    .focus();
  await app.page.keyboard.press('Alt+ArrowUp');
  await expect(steps(editor)).toContainText(['Cut at an event', 'Drop events']);
  await app.page.keyboard.press('Delete');
  await expect(steps(editor)).toHaveCount(1);
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(steps(editor)).toContainText(['Cut at an event', 'Drop events']);

  await editor.getByRole('button', { name: 'Save as capture' }).click();
  // Cut before event 9, and of the nine that are left the last one dropped.
  await app.expectEvents(8);
  await expect(app.status).toHaveText('disconnected');
});

test('a list is saved to a file and opened from one, and a wrong one says where', async ({
  app,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-faults-'));
  const path = join(folder, 'faults.json');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  const editor = await editFaults(app);
  await editor.getByRole('button', { name: 'Presets' }).click();
  await app.page.getByRole('menuitem', { name: 'Rate limited twice, then fine' }).click();
  await expect(result(editor)).toContainText('status 429');
  await editor.getByRole('textbox', { name: 'Request to preview' }).fill('3');
  await expect(result(editor)).toContainText('23 events');
  await editor.getByRole('button', { name: 'Save…' }).click();
  await expect(app.page.getByText(`Saved ${path}`)).toBeVisible();
  const text = await readFile(path, 'utf8');
  expect(JSON.parse(text)).toEqual({
    version: 1,
    name: 'Rate limited twice, then fine',
    seed: 1,
    faults: [{ kind: 'status', status: 429, retryAfter: 1, onRequests: '1..2' }],
  });

  const file = editor.getByLabel('File of faults');
  await writeFile(path, text.replace('"status",', '"statsu",'));
  await file.setInputFiles(path);
  await expect(app.page.getByText('do you mean "status"?')).toBeVisible();
  await writeFile(path, text.replace('429', '503'));
  await file.setInputFiles(path);
  await expect(editor.getByRole('button', { name: /^Step 1: HTTP status, 503/ })).toBeVisible();
  await editor.getByRole('button', { name: 'Back to the setup' }).click();
  await expect(app.page.getByRole('group', { name: /^Faults: Rate limited/ })).toContainText('503');
  await rm(folder, { recursive: true });
});
