import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, personBytes, root, test } from './app.ts';

/** Keeps what the page writes to the clipboard: a window without the focus may not write there. */
async function recordCopies(app: DebuggerPage): Promise<() => Promise<string[]>> {
  await app.page.evaluate(() => {
    const copies: string[] = [];
    Object.assign(window, { copies });
    navigator.clipboard.writeText = (text) => Promise.resolve(void copies.push(text));
  });
  return () => app.page.evaluate(() => (window as unknown as { copies: string[] }).copies);
}

/** A frame of person.sse: its lines without the blank one that ends it. */
async function personFrame(seq: number): Promise<{ frame: string; data: string }> {
  const frame = (await personBytes()).toString().split('\n\n')[seq]!;
  return { frame, data: /^data: (.*)$/m.exec(frame)![1]! };
}
const examples = (name: string): Promise<string> => readFile(join(root, 'examples', name), 'utf8');

test('the event pane copies values, JSON pointers and the frame', async ({ app }) => {
  const copies = await recordCopies(app);
  await app.seekTo(0);
  await app.tab('Event').click();
  const tree = app.eventPane.getByRole('tree', { name: 'Fields' });
  const node = tree.getByRole('treeitem').filter({ hasText: /^\s*model/ });
  await node.hover();
  await node.getByRole('button', { name: 'copy value' }).click();
  await node.getByRole('button', { name: 'copy pointer' }).click();
  const created = JSON.parse((await personFrame(0)).data) as { response: { model: string } };
  await expect.poll(copies).toEqual([created.response.model, '/response/model']);

  // By the keyboard: the first field is `type`.
  await app.seekTo(8);
  await tree.focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowUp');
  await app.page.keyboard.press('c');
  await app.page.keyboard.press('p');
  await expect
    .poll(async () => (await copies()).slice(2))
    .toEqual(['response.output_text.delta', '/type']);

  await app.eventPane.getByRole('button', { name: 'Copy: frame' }).click();
  const { frame } = await personFrame(8);
  await expect.poll(async () => (await copies())[4]?.trimEnd()).toBe(frame);
});

test('what is copied reaches the clipboard', async ({ app }) => {
  await app.seekTo(8);
  await app.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe('{"name":"Alice Johnson');
});

test('the snapshot marks what the event changed, and nothing else', async ({ app }) => {
  await app.seekTo(8);
  await app.tab('Snapshot').click();
  await expect(app.page.getByRole('button', { name: '/output/0/content/0/text' })).toBeVisible();
  const mark = app.snapshot.locator('.snapshot-change');
  await expect(mark).toHaveCount(1);
  await expect(mark).toBeInViewport();
  const marked = await mark.boundingBox();
  /** Where the editor draws the fragment. */
  const written = await app.snapshot.locator('.view-lines').evaluate((lines) => {
    const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.nodeValue!.replaceAll('\u00a0', ' ').indexOf(' Johnson');
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + ' Johnson'.length);
      const { x, y, width } = range.getBoundingClientRect();
      return { x, y, width };
    }
    throw new Error('the snapshot does not show the fragment');
  });
  expect(marked!.x).toBeCloseTo(written.x, -1);
  expect(marked!.width).toBeCloseTo(written.width, -1);
  expect(Math.abs(marked!.y - written.y)).toBeLessThan(8);
  // Event 1 says again what event 0 said.
  await app.seekTo(1);
  await expect(app.page.getByText('nothing changed here')).toBeVisible();
  await expect(mark).toHaveCount(0);
});

test('captures are searched and renamed', async ({ app }) => {
  const search = app.page.getByRole('searchbox', { name: 'Search captures' });
  const items = app.captures.getByRole('listitem');
  await expect(items).toHaveCount(13);
  await search.fill('incomplete');
  await expect(items).toHaveCount(1);
  await search.fill('no such capture');
  await expect(items).toHaveCount(0);
  await search.fill('');
  await expect(items).toHaveCount(13);

  const name = app.page.getByRole('textbox', { name: 'Name of the capture' });
  await app.captures.getByText('refusal.sse', { exact: true }).click();
  await app.page.keyboard.press('F2');
  await expect(name).toBeFocused();
  await expect(name).toHaveValue('refusal.sse');
  await name.fill('renamed by hand');
  await name.press('Enter');
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('renamed by hand');
  await expect(app.captures.getByText('refusal.sse', { exact: true })).toBeHidden();
  await app.page.reload();
  await expect(app.captures.getByText('renamed by hand', { exact: true })).toBeVisible();
  // Esc leaves the name as it was.
  await app.captures.getByText('renamed by hand', { exact: true }).dblclick();
  await expect(name).toBeFocused();
  await name.fill('never mind');
  await name.press('Escape');
  await expect(app.captures.getByText('renamed by hand', { exact: true })).toBeVisible();
});

for (const order of ['first', 'last'] as const)
  test(`two deleted captures come back, the one deleted ${order} before the other`, async ({
    app,
  }) => {
    const names = ['refusal.sse', 'reasoning.sse'];
    const listed = (name: string) => app.captures.getByText(name, { exact: true });
    for (const name of names) {
      await app.openCapture(name);
      await app.page.keyboard.press('Delete');
      await expect(listed(name)).toBeHidden();
    }
    for (const name of order === 'first' ? names : [...names].reverse()) {
      await app.page
        .getByRole('log')
        .filter({ hasText: name })
        .getByRole('button', { name: 'Undo' })
        .click();
      await expect(listed(name)).toBeVisible();
      await expect(app.captures.locator('[aria-current="true"]')).toContainText(name);
      for (const other of names.slice(names.indexOf(name) + 1))
        if (order === 'first') await expect(listed(other)).toBeHidden();
    }
    await expect(app.captures.getByRole('listitem')).toHaveCount(13);
  });

test('two function calls are two lanes, each with its arguments', async ({ app }) => {
  const text = await examples('function-calls.sse');
  const calls = text
    .split('\n')
    .filter((line) => line.startsWith('data: {"type":"response.function_call_arguments.done"'))
    .map((line) => JSON.parse(line.slice(6)) as { arguments: string; output_index: number });
  expect(calls.map((call) => call.output_index)).toEqual([0, 1]);
  await app.openCapture('function-calls.sse');
  await app.expectEvents(11);
  await app.page.getByRole('radio', { name: 'Text' }).click();
  await expect(app.row(3).getByRole('gridcell').nth(4)).toHaveText('0');
  await expect(app.row(7).getByRole('gridcell').nth(4)).toHaveText('1');
  // Event 4 ends the arguments of the first call; the second one has not begun.
  await app.seekTo(4);
  await expect(app.output).toHaveText(calls[0]!.arguments);
  await app.seekTo(10);
  await expect(app.output).toHaveText(calls[0]!.arguments + calls[1]!.arguments);
  // In a narrow pane their fields can be told apart, and no column is cut off.
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.setContentSize(1280, 800),
  );
  const fields = app.page.getByRole('table', { name: 'Fields' });
  const whole = (name: string | RegExp) =>
    fields
      .getByRole('cell', { name })
      .first()
      .evaluate((cell) => cell.scrollWidth <= cell.clientWidth && cell.clientWidth > 90);
  await expect.poll(() => whole(/^0 root$/)).toBe(true);
  const right = async (place: Locator) => {
    const { x, width } = (await place.boundingBox())!;
    return x + width;
  };
  expect(await right(fields.getByRole('columnheader', { name: 'To last' }))).toBeLessThanOrEqual(
    await right(fields),
  );
});

test('a reasoning summary and the call after it are two lanes', async ({ app }) => {
  const events = (await examples('reasoning.sse'))
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)) as Record<string, unknown>);
  const lastOf = (type: string) => events.filter((event) => event.type === type).at(-1)!;
  const summary = String(lastOf('response.reasoning_summary_text.done').text);
  const call = String(lastOf('response.function_call_arguments.done').arguments);
  await app.openCapture('reasoning.sse');
  await app.expectEvents(events.length);
  await app.page.getByRole('radio', { name: 'Text' }).click();
  await expect(app.output).toHaveText(summary + call);
  const at = events.findIndex((event) => event.type === 'response.reasoning_summary_text.done');
  await app.seekTo(at);
  await expect(app.output).toHaveText(summary);
});

test('everything can be reached by the keyboard', async ({ app }) => {
  const { keyboard } = app.page;
  const isFocused = () => app.events.evaluate((grid) => grid === document.activeElement);
  for (let tabs = 0; tabs < 60 && !(await isFocused()); tabs++) await keyboard.press('Tab');
  await expect(app.events).toBeFocused();
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '1');
  await expect(app.row(1)).toHaveAttribute('aria-selected', 'true');
  await expect(app.events).toHaveAttribute('aria-activedescendant', 'event-1');

  await keyboard.press('ControlOrMeta+k');
  await expect(app.page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  await keyboard.type('snapshot');
  const found = app.page.getByRole('listbox', { name: 'Commands' });
  await expect(found.getByRole('option', { selected: true })).toContainText('Snapshot tab');
  await keyboard.press('Enter');
  await expect(app.page.getByRole('dialog')).toBeHidden();
  await expect(app.tab('Snapshot')).toHaveAttribute('aria-selected', 'true');
  await expect(app.events).toBeFocused();

  await keyboard.press('?');
  await expect(app.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  // Nothing behind the dialog answers to its keys.
  await keyboard.press('End');
  await keyboard.press('Escape');
  await expect(app.page.getByRole('dialog')).toBeHidden();
  await expect(app.events).toBeFocused();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '1');
});

test('the views have keys', async ({ app }) => {
  for (const [key, name] of [
    ['2', 'Compose'],
    ['4', 'Servers'],
    [',', 'Settings'],
    ['1', 'Captures'],
  ] as const) {
    await app.page.keyboard.press(`ControlOrMeta+${key}`);
    await expect(app.view(name)).toHaveAttribute('aria-current', 'page');
  }
  await expect(app.events).toBeVisible();
});

test('Shift+] and Shift+[ go from problem to problem', async ({ app }) => {
  await app.openCapture('rate-limit.sse');
  await app.expectEvents(4);
  // The server's own error is event 2; response.failed, event 3, tells of it again.
  await app.events.focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('Shift+]');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '2');
  await app.tab('Event').click();
  await expect(app.eventPane).toContainText('W11');
  await expect(app.eventPane).toContainText('rate_limit_exceeded');
  await app.events.focus();
  await app.page.keyboard.press('End');
  await app.page.keyboard.press('Shift+[');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '2');
});

test('the menu of an event copies its data, its fragment and the snapshot there', async ({
  app,
}) => {
  const copies = await recordCopies(app);
  for (const name of ['Copy the data', 'Copy the fragment', 'Copy the snapshot here']) {
    await app.row(8).click({ button: 'right' });
    // It is about its row, wherever the playhead is.
    await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
    await app.page.getByRole('menuitem', { name }).click();
    await expect(app.page.getByRole('menu')).toBeHidden();
  }
  await expect.poll(async () => (await copies()).length).toBe(3);
  const [data, fragment, snapshot] = await copies();
  expect(data).toBe((await personFrame(8)).data);
  expect(fragment).toBe(' Johnson');
  expect(JSON.parse(snapshot!)).toMatchObject({
    object: 'response',
    status: 'in_progress',
    output: [{ content: [{ type: 'output_text', text: '{"name":"Alice Johnson' }] }],
  });
  // A menu that is left takes the focus back where it was.
  await app.row(8).click({ button: 'right' });
  await expect(app.page.getByRole('menuitem', { name: 'Copy the data' })).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(app.events).toBeFocused();
  expect(await copies()).toHaveLength(3);
});

test('the menu of a field copies its JSON pointer', async ({ app }) => {
  const copies = await recordCopies(app);
  await app.seekTo(0);
  await app.tab('Event').click();
  const fields = app.eventPane.getByRole('treeitem');
  await fields.filter({ hasText: /^\s*model/ }).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Copy the JSON pointer' }).click();
  await expect.poll(copies).toEqual(['/response/model']);
});

test('the menu of a capture renames and deletes it', async ({ app }) => {
  const capture = app.captures.getByText('refusal.sse', { exact: true });
  await capture.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Rename' }).click();
  const name = app.page.getByRole('textbox', { name: 'Name of the capture' });
  await expect(name).toBeFocused();
  await name.press('Escape');
  await capture.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(capture).toBeHidden();
});
