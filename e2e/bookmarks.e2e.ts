import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebuggerPage, expect, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

/** What the capture's metadata on disk says of its bookmarks. */
async function storedBookmarks(app: DebuggerPage): Promise<unknown> {
  const id = await app.captures.locator('[aria-current="true"]').getAttribute('id');
  const folder = join(app.dataFolder, 'captures', id!.replace('capture-', ''));
  return (
    JSON.parse(await readFile(join(folder, 'capture.json'), 'utf8')) as { bookmarks?: unknown }
  ).bookmarks;
}
const list = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Bookmarks' });
const numberCell = (app: DebuggerPage, seq: number) => app.row(seq).getByRole('gridcell').nth(0);
const timeCells = (app: DebuggerPage, ...seqs: number[]) =>
  Promise.all(seqs.map((seq) => app.row(seq).getByRole('gridcell').nth(1).textContent()));

test('bookmarks are set by keys, kept with the capture and there after a restart', async ({
  app,
  launch,
}) => {
  const { keyboard } = app.page;
  await app.seekTo(3);
  await app.events.focus();
  await keyboard.press('b');
  await expect(numberCell(app, 3)).toHaveAttribute('title', 'Bookmark');
  await app.seekTo(8);
  await app.events.focus();
  await keyboard.press('Shift+B');
  const note = app.page.getByRole('textbox', { name: 'Note of the bookmark at event 8' });
  await expect(note).toBeFocused();
  await keyboard.type('the name ends');
  await keyboard.press('Enter');
  await expect(app.events).toBeFocused();
  await expect(numberCell(app, 8)).toHaveAttribute('title', 'Bookmark: the name ends');
  // Esc leaves things as they were.
  await keyboard.press('ArrowDown');
  await keyboard.press('Shift+B');
  await keyboard.type('no');
  await keyboard.press('Escape');
  await expect(app.events).toBeFocused();
  await expect(numberCell(app, 9)).not.toHaveAttribute('title', /Bookmark/);
  await expect
    .poll(() => storedBookmarks(app))
    .toEqual([
      { seq: 3, note: '' },
      { seq: 8, note: 'the name ends' },
    ]);
  await expect(
    app.captures.locator('[aria-current="true"]').getByTitle('2 bookmarks'),
  ).toBeVisible();
  await app.electron.close();

  const again = await launch({ dataFolder: app.dataFolder });
  await again.expectEvents(23);
  await expect(numberCell(again, 8)).toHaveAttribute('title', 'Bookmark: the name ends');
  await again.page.getByRole('button', { name: '2 bookmarks' }).click();
  await expect(list(again).getByRole('listitem')).toHaveCount(2);
});

test('the list of bookmarks goes to events, edits, removes and brings back', async ({ app }) => {
  const { keyboard } = app.page;
  for (const seq of [3, 8, 12]) {
    await app.row(seq).click();
    await keyboard.press('b');
  }
  await app.tab('Bookmarks').click();
  const items = list(app).getByRole('listitem');
  await expect(items).toHaveCount(3);
  await items.nth(1).getByRole('button', { name: /^#8/ }).focus();
  await keyboard.press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '8');
  await keyboard.press('F2');
  await keyboard.type('half a name');
  await keyboard.press('Enter');
  await expect(items.nth(1)).toContainText('half a name');
  // The same note in the pane of the event, and edited there.
  await app.tab('Event').click();
  const note = app.eventPane.getByRole('textbox', { name: 'Note of the bookmark' });
  await expect(note).toHaveValue('half a name');
  await note.fill('the whole name');
  await note.press('Enter');
  await expect(items.nth(1)).toContainText('the whole name');

  await items.nth(1).getByRole('button', { name: /^#8/ }).focus();
  await keyboard.press('Delete');
  await expect(items).toHaveCount(2);
  await expect(items.nth(1).getByRole('button', { name: /^#12/ })).toBeFocused();
  await app.page.getByRole('log').getByRole('button', { name: 'Undo' }).click();
  await expect(items.nth(1)).toContainText('the whole name');
  await expect
    .poll(() => storedBookmarks(app))
    .toEqual([
      { seq: 3, note: '' },
      { seq: 8, note: 'the whole name' },
      { seq: 12, note: '' },
    ]);
});

test('bookmarks of a stream that is still coming are kept', async ({ app }) => {
  const step = gate();
  const frame = (seq: number) =>
    `data: {"type":"response.output_text.delta","sequence_number":${seq},"item_id":"m","output_index":0,"content_index":0,"delta":"${seq} "}\n\n`;
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, [0, 1, 2].map(frame).join(''));
    await step.opened;
    response.end([3, 4].map(frame).join(''));
  });
  try {
    await app.useEndpoint('Slow', server.baseUrl);
    await app.send();
    await app.expectEvents(3);
    await app.row(1).click();
    await app.page.keyboard.press('b');
    await expect(numberCell(app, 1)).toHaveAttribute('title', 'Bookmark');
    step.open();
    await app.expectEvents(5);
    await expect(app.status).toHaveText('disconnected');
    await expect(numberCell(app, 1)).toHaveAttribute('title', 'Bookmark');
    await expect.poll(() => storedBookmarks(app)).toEqual([{ seq: 1, note: '' }]);
    await app.page.reload();
    await app.expectEvents(5);
    await expect(numberCell(app, 1)).toHaveAttribute('title', 'Bookmark');
  } finally {
    await server.close();
  }
});

test('times count from the request, the event before, or the mark', async ({ app }) => {
  const { keyboard } = app.page;
  const choose = async (name: string) => {
    await app.page.getByRole('button', { name: /^Times:/ }).click();
    await app.page.getByRole('menuitemradio', { name }).click();
  };
  const seqs = [7, 8, 9];
  const plain = await timeCells(app, ...seqs);
  await choose('Since the event before');
  const deltas = await Promise.all(
    seqs.map((seq) => app.row(seq).getByRole('gridcell').nth(2).textContent()),
  );
  expect(await timeCells(app, ...seqs)).toEqual(deltas.map((text) => text!.replace('+', '')));

  await app.row(8).click();
  await keyboard.press('m');
  await expect(numberCell(app, 8)).toHaveAttribute('title', /mark/);
  await choose('Since the mark');
  const [before, at, after] = await timeCells(app, ...seqs);
  expect(at).toBe('0');
  // Rounded each for itself: a millisecond more or less.
  const [one, two, three] = plain.map(Number) as [number, number, number];
  expect(Math.abs(Number(before!.replace('−', '')) - (two - one))).toBeLessThanOrEqual(1);
  expect(before).toMatch(/^−/);
  expect(Math.abs(Number(after!.replace('+', '')) - (three - two))).toBeLessThanOrEqual(1);

  // It is kept; the mark is not, and then the times are the plain ones.
  await app.page.reload();
  await app.expectEvents(23);
  expect(await timeCells(app, ...seqs)).toEqual(plain);
  await app.row(8).click();
  await keyboard.press('m');
  await expect(app.row(8).getByRole('gridcell').nth(1)).toHaveText('0');
  await keyboard.press('m');
  await expect(app.row(8).getByRole('gridcell').nth(1)).toHaveText(plain[1]!);
});
