import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, test } from './app.ts';

const TEXT = '/output/0/content/0/text';

const watches = (app: DebuggerPage): Locator => app.page.getByRole('list', { name: 'Watches' });
const changes = (app: DebuggerPage, expression: string): Locator =>
  app.page.getByRole('listbox', { name: `Changes of ${expression}` });
const value = (app: DebuggerPage, seq: number, expression: string): Locator =>
  app.page.getByRole('note', { name: `At event ${seq} ${expression}`, exact: true });
const before = (app: DebuggerPage, seq: number, expression: string): Locator =>
  app.page.getByRole('note', { name: `Before event ${seq} ${expression}`, exact: true });

async function watch(app: DebuggerPage, expression: string): Promise<void> {
  await app.page.evaluate(() => window.deltascope.settings.set({ sizes: { drawer: 300 } }));
  await app.tab('Watch').click();
  await app.page.getByRole('textbox', { name: 'New watch' }).fill(expression);
  await app.page.keyboard.press('Enter');
  await expect(watches(app)).toContainText(expression);
}

/** The rows of a list of which only those in sight are laid out, from its beginning to its end. */
async function allRows(app: DebuggerPage, list: Locator): Promise<string[]> {
  await app.seekTo(0);
  await list.focus();
  const rows: string[] = [];
  const size = Number(await list.getByRole('option').first().getAttribute('aria-setsize'));
  while (rows.length < size) {
    await app.page.keyboard.press('ArrowDown');
    const row = list.getByRole('option', { selected: true });
    await expect(row).toHaveAttribute('aria-posinset', String(rows.length + 1));
    rows.push((await row.innerText()).replace(/\s+/g, ' '));
  }
  return rows;
}

test('the output text of person.sse changes with its part and with each of 15 deltas', async ({
  app,
}) => {
  await watch(app, TEXT);
  await expect(watches(app)).toContainText('16 changes');
  const rows = await allRows(app, changes(app, TEXT));
  // Each justified by its words: event 3 adds the part, with an empty text.
  expect(rows[0]).toMatch(/^#3 .* appeared: ""$/);
  const deltas = rows.filter((row) => row.includes('grew by'));
  expect(deltas).toHaveLength(15);
  expect(deltas[0]).toMatch(/^#4 .* grew by 2 characters: {"$/);
  expect(deltas[8]).toMatch(/^#12 .* grew by 2 characters: 30$/);
  expect(deltas[14]).toMatch(/^#18 .* grew by 2 characters: "}$/);
});

test('the value at the playhead stands beside the one before, and changes are gone to', async ({
  app,
}) => {
  await watch(app, TEXT);
  await app.seekTo(8);
  await expect(value(app, 8, TEXT)).toHaveText('"{"name":"Alice·Johnson"');
  await expect(before(app, 8, TEXT)).toHaveText('"{"name":"Alice"');
  await app.seekTo(2);
  await expect(value(app, 2, TEXT)).toHaveText('nothing');
  await app.button(`Next change of ${TEXT}`).click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '3');
  await watches(app)
    .getByRole('button', { name: `Watch ${TEXT}` })
    .focus();
  await app.page.keyboard.press('ArrowRight');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '4');
  await app.page.keyboard.press('ArrowLeft');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '3');
  await changes(app, TEXT).getByRole('option').filter({ hasText: '#7' }).click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '7');
});

test('a JSONPath is watched, and a place in the JSON that a lane writes', async ({ app }) => {
  await watch(app, '$.output[*].status');
  await expect(watches(app)).toContainText('2 changes');
  const path = await allRows(app, changes(app, '$.output[*].status'));
  expect(path[0]).toMatch(/^#2 .* \/output\/0\/status appeared: "in_progress"$/);
  expect(path[1]).toMatch(/^#21 .*\/output\/0\/status changed: "in_progress" → "completed"$/);

  await watch(app, 'lane:0/0#/age');
  const age = await allRows(app, changes(app, 'lane:0/0#/age'));
  expect(age).toHaveLength(1);
  expect(age[0]).toMatch(/^#12 .* appeared: 30$/);
});

test('an expression that can’t be read says why and where, and can be mended', async ({ app }) => {
  const box = app.page.getByRole('textbox', { name: 'New watch' });
  await app.tab('Watch').click();
  await box.fill('/a~b');
  await expect(app.page.getByText('character 3: in a JSON pointer')).toBeVisible();
  await box.fill('$.output[*');
  await expect(app.page.getByText(/^character \d+: /)).toBeVisible();
  await app.page.keyboard.press('Enter');
  const row = watches(app).getByRole('listitem');
  await expect(row).toContainText('character');
  await row.getByRole('button', { name: /^Watch/ }).focus();
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('textbox', { name: 'Expression of the watch' }).fill('$.status');
  await app.page.keyboard.press('Enter');
  await expect(row).toContainText('2 changes');
});

test('watches are there after a restart, and a removed one comes back', async ({ launch }) => {
  const first = await launch();
  await first.expectEvents(23);
  await watch(first, TEXT);
  await watch(first, '$.status');
  await first.electron.close();

  const app = await launch({ dataFolder: first.dataFolder });
  await app.expectEvents(23);
  await expect(watches(app).getByRole('listitem')).toHaveCount(2);
  await watches(app)
    .getByRole('button', { name: `Watch ${TEXT}` })
    .focus();
  await app.page.keyboard.press('Delete');
  await expect(watches(app).getByRole('listitem')).toHaveCount(1);
  await app.button('Undo').click();
  await expect(watches(app).getByRole('listitem')).toHaveCount(2);
  await expect(watches(app).getByRole('listitem').first()).toContainText(TEXT);
});
