import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, type LaunchOptions, personBytes, test } from './app.ts';

/** The app with a copy of person.sse whose ninth event, " Johnson", was lost, and whose age is another one. */
async function withCopy(
  launch: (options: LaunchOptions) => Promise<DebuggerPage>,
  look: (app: DebuggerPage) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-compare-'));
  try {
    const frames = (await personBytes()).toString().split('\n\n');
    expect(frames.splice(8, 1)[0]).toContain('" Johnson"');
    const path = join(folder, 'copy.sse');
    await writeFile(path, frames.join('\n\n').replaceAll('\\"age\\":30', '\\"age\\":31'));
    const app = await launch({ files: [path] });
    await app.expectEvents(22);
    await look(app);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const side = (app: DebuggerPage, name: 'A' | 'B') =>
  app.page.getByRole('combobox', { name: `Capture ${name}` });
const playhead = (app: DebuggerPage, name: 'A' | 'B') =>
  app.page.getByRole('slider', { name: `Playhead ${name}` });
const at = (slider: Locator, seq: number) =>
  expect(slider).toHaveAttribute('aria-valuenow', String(seq));

/** Compares with the open copy by the menu of person.sse. */
async function compare(app: DebuggerPage): Promise<void> {
  const item = app.page.getByRole('list', { name: 'Captures' }).getByText('person.sse');
  await item.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Compare with copy.sse' }).click();
  await expect(side(app, 'B').locator('option:checked')).toContainText('person.sse');
  await app.page.getByRole('button', { name: 'Swap' }).click();
  await expect(side(app, 'B').locator('option:checked')).toContainText('copy.sse');
}

test('a stream and its changed copy: events, output, and into Captures', async ({ launch }) => {
  await withCopy(launch, async (app) => {
    const { page } = app;
    await compare(app);
    const grid = page.getByRole('grid', { name: 'Aligned events' });
    await expect(grid).toHaveAttribute('aria-rowcount', '23');
    await expect(page.getByRole('status', { name: 'Comparison' })).toHaveText(
      /2 differences\s+18 the same\s+4 changed\s+1 lost/,
    );
    const selected = grid.getByRole('row', { selected: true });
    await expect(selected).toHaveText(/8.*·Johnson.*lost.*nothing/);
    await grid.focus();
    await page.keyboard.press('n');
    await expect(selected).toHaveText(/19.*changed.*18/);
    // All that changed stands in a row: one difference.
    await page.keyboard.press('n');
    await expect(selected).toHaveText(/19.*changed.*18/);
    await page.keyboard.press('p');
    await expect(selected).toContainText('lost');
    await page.keyboard.press('d');
    await expect(grid).toHaveAttribute('aria-rowcount', '5');
    await page.getByRole('tab', { name: 'Output', exact: true }).click();
    const values = page.getByRole('region', { name: 'Values of output text 0/0' });
    await expect(values.getByRole('row', { name: /^~\s*\/age/ })).toHaveText(/30.*31/s);
    await page.getByRole('radio', { name: 'Text', exact: true }).click();
    await expect(page.getByRole('group', { name: 'Text of output text 0/0' })).toContainText('31');
    await page.getByRole('tab', { name: 'Request' }).click();
    await expect(page.getByText('There are no requests')).toBeVisible();
    // What was chosen is there after a reload.
    await page.getByRole('tab', { name: /^Events/ }).click();
    await expect(page.getByRole('checkbox', { name: 'Only differences' })).toBeChecked();
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const reply = await window.deltascope.settings.get();
          return reply.ok && [reply.value.compare.onlyDifferent, reply.value.compare.tab];
        }),
      )
      .toEqual([true, 'events']);
    await page.reload();
    await expect(grid).toHaveAttribute('aria-rowcount', '5');
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(app.playhead).toHaveAttribute('aria-valuenow', '8');
    await app.expectEvents(23);
  });
});

test('linked playheads, by event, text and time', async ({ launch }) => {
  await withCopy(launch, async (app) => {
    const { page } = app;
    await compare(app);
    const [a, b] = [playhead(app, 'A'), playhead(app, 'B')];
    await a.fill('12');
    await at(b, 11);
    await expect(page.getByRole('region', { name: 'Output at playhead B' })).toContainText('"age"');
    // Where B has nothing it stays at the event before.
    await a.fill('8');
    await at(b, 7);
    await b.fill('11');
    await at(a, 12);
    // {"name":"Alice Johnson is as long as {"name":"Alice","age": in the copy.
    await a.fill('8');
    await page.getByRole('combobox', { name: 'Link by' }).selectOption('by text');
    await at(b, 10);
    // Times are made up by the number of the event.
    await page.getByRole('combobox', { name: 'Link by' }).selectOption('by time');
    await a.fill('12');
    await at(b, 12);
    await page.getByRole('button', { name: 'Link the playheads' }).click();
    await a.fill('3');
    await at(b, 12);
  });
});

test('three captures in numbers, and one that is deleted', async ({ launch }) => {
  await withCopy(launch, async (app) => {
    const { page } = app;
    await compare(app);
    await page.getByRole('tab', { name: 'Table' }).click();
    const table = page.getByRole('table', { name: 'Captures in numbers' });
    const row = (name: string) =>
      table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await expect(row('Events')).toHaveText(/23.*22−1 \(−4\.3%\)/);
    const add = page.getByRole('combobox', { name: 'Add a capture' });
    const refusal = add.locator('option', { hasText: 'refusal.sse' }).first();
    await add.selectOption((await refusal.getAttribute('value'))!);
    await expect(table.getByRole('columnheader')).toHaveCount(5);
    await expect(row('Tokens in all').getByRole('cell').nth(2)).toHaveText(/^\d+[+−]/);
    await page.getByRole('tab', { name: /^Events/ }).click();
    await app.view('Captures').click();
    const copy = page.getByRole('list', { name: 'Captures' }).getByText('copy.sse');
    await copy.click();
    await page.keyboard.press('Delete');
    await expect(copy).toHaveCount(0);
    await app.view('Compare').click();
    await expect(page.getByText('Capture B is gone')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+z');
    await app.view('Compare').click();
    await expect(page.getByRole('grid', { name: 'Aligned events' })).toHaveAttribute(
      'aria-rowcount',
      '23',
    );
  });
});
