import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, test } from './app.ts';

const whole = '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}';

/** The middle of a piece of text as it is drawn. */
async function middleOf(region: Locator, piece: string): Promise<{ x: number; y: number }> {
  return region.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.nodeValue!.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    throw new Error(`${wanted} is not drawn`);
  }, piece);
}
const hoverText = async (app: DebuggerPage, piece: string) => {
  const { x, y } = await middleOf(app.output, piece);
  await app.page.mouse.move(x, y);
};
const clickText = async (app: DebuggerPage, piece: string) => {
  const { x, y } = await middleOf(app.output, piece);
  await app.page.mouse.click(x, y);
};
const hovered = (app: DebuggerPage) => app.output.locator('[data-mark="hovered"]');
/** What is marked as written by the event that is pointed at: one text on however many lines. */
const hoveredText = async (app: DebuggerPage) => (await hovered(app).allTextContents()).join('');
const written = (app: DebuggerPage) => app.page.getByRole('note', { name: 'Written by' });

for (const view of ['Document', 'Text'])
  test(`clicking 30 in the ${view.toLowerCase()} of person.sse moves the playhead to event 12`, async ({
    app,
  }) => {
    await app.page.getByRole('radio', { name: view }).click();
    await app.seekTo(22);
    await clickText(app, '30');
    await expect(app.playhead).toHaveAttribute('aria-valuenow', '12');
    await expect(app.output).toHaveText('{"name":"Alice Johnson","age":30');
    await expect(app.output.locator('[data-mark="now"], [data-mark="hovered"]')).toHaveText('30');
  });

test('hovering event 8 marks " Johnson"', async ({ app }) => {
  await app.seekTo(22);
  await app.row(8).hover();
  await expect.poll(() => hoveredText(app)).toBe(' Johnson');
  await expect(app.output).toHaveText(whole);
  await app.row(1).hover();
  await expect(hovered(app)).toHaveCount(0);
});

test('hovering 30 says which event wrote it, and marks its row', async ({ app }) => {
  await app.seekTo(22);
  await hoverText(app, '30');
  await expect(written(app)).toContainText('event 12 ·');
  await expect(written(app)).toContainText('/age');
  await expect(app.row(12)).toHaveAttribute('data-hovered', 'true');
  await expect(hovered(app)).toHaveText('30');
  await hoverText(app, 'occupation');
  await expect(written(app)).toContainText('key of /occupation');
  await expect(app.row(14)).toHaveAttribute('data-hovered', 'true');
  await app.status.hover();
  await expect(hovered(app)).toHaveCount(0);
});

test('what comes after the playhead is drawn, and is no part of the text', async ({ app }) => {
  await app.seekTo(8);
  await expect(app.output).toHaveText('{"name":"Alice Johnson');
  const ahead = app.output.locator('[data-ahead]');
  expect(
    (await ahead.evaluateAll((all) => all.map((one) => one.getAttribute('data-ahead')))).join(''),
  ).toBe(whole.slice('{"name":"Alice Johnson'.length));
  // A click on it goes there.
  await app.output.locator('[data-ahead="30"]').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '12');
  await app.button('Ahead').click();
  await expect(ahead).toHaveCount(0);
});

test('by keyboard: from piece to piece, to the event of one, and folding', async ({ app }) => {
  await app.seekTo(18);
  await app.output.focus();
  await app.page.keyboard.press('ArrowLeft');
  await expect.poll(() => hoveredText(app)).toBe('"}');
  await app.page.keyboard.press('ArrowLeft');
  await expect.poll(() => hoveredText(app)).toBe(' Engineer');
  await expect(written(app)).toContainText('event 17 ·');
  await expect(app.row(17)).toHaveAttribute('data-hovered', 'true');
  await app.page.keyboard.press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '17');
  await app.page.keyboard.press('-');
  await expect(app.output.getByText('Engineer')).toBeHidden();
  await expect(app.output).toHaveText(whole.slice(0, -2));
  await app.page.keyboard.press('+');
  await expect(app.output.getByText('Engineer')).toBeVisible();
});

test('selecting text selects its events', async ({ app }) => {
  await app.seekTo(22);
  const from = await middleOf(app.output, 'Johnson');
  const to = await middleOf(app.output, '30');
  await app.page.mouse.move(from.x, from.y);
  await app.page.mouse.down();
  await app.page.mouse.move(to.x, to.y, { steps: 4 });
  await app.page.mouse.up();
  // From within " Johnson" (8) over `","` (9), `age` (10) and `":` (11) into `30` (12).
  await expect(written(app)).toContainText('events 8–12 · 5 deltas ·');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await app.status.hover();
  for (const seq of [8, 9, 10, 11, 12])
    await expect(app.row(seq)).toHaveAttribute('data-chosen', 'true');
  for (const seq of [7, 13]) await expect(app.row(seq)).not.toHaveAttribute('data-chosen', 'true');
  await app.button('Show only these').click();
  await app.expectEvents(5);
  await app.button('Clear').click();
  await expect(app.row(9)).not.toHaveAttribute('data-chosen', 'true');
});

test('text is selected by keyboard, piece by piece', async ({ app }) => {
  await app.seekTo(12);
  await app.output.focus();
  for (let at = 0; at < 4; at++) await app.page.keyboard.press('Shift+ArrowLeft');
  // `30` (12), `":` (11), `age` (10) and `","` (9): 2, 2, 3 and 3 characters.
  await expect(app.row(9)).toHaveAttribute('data-chosen', 'true');
  await app.page.keyboard.press('Shift+ArrowRight');
  await expect(app.row(9)).not.toHaveAttribute('data-chosen', 'true');
  await app.events.focus();
  await expect(written(app)).toContainText('events 10–12 · 3 deltas · 7 characters ·');
  await app.output.focus();
  await app.page.keyboard.press('Escape');
  await expect(written(app)).toContainText('event 12 ·');
});

test('the tree has the values so far, their states and their events', async ({ app }) => {
  await app.seekTo(8);
  await app.page.getByRole('radio', { name: 'Tree' }).click();
  const tree = app.output.getByRole('tree');
  const items = tree.getByRole('treeitem');
  await expect(items).toHaveCount(2);
  await expect(items.nth(1)).toContainText('name');
  await expect(items.nth(1)).toContainText('"Alice Johnson');
  await expect(items.nth(1)).toContainText('open');
  await app.seekTo(22);
  await expect(items).toHaveCount(4);
  await expect(items.nth(1)).not.toContainText('open');
  await items.nth(1).hover();
  await expect(written(app)).toContainText('events 6–9 · 4 deltas · 15 characters ·');
  await tree.focus();
  for (let at = 0; at < 2; at++) await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '12');
  await app.page.keyboard.press('ArrowLeft');
  await app.page.keyboard.press('ArrowLeft');
  await expect(items).toHaveCount(1);
});

test('the fields say when each value was written, and by what', async ({ app }) => {
  await app.seekTo(22);
  const fields = app.page.getByRole('table', { name: 'Fields' });
  const row = (pointer: string) =>
    fields
      .getByRole('row')
      .filter({ has: app.page.getByRole('cell', { name: pointer, exact: true }) });
  const cells = async (pointer: string) =>
    (await row(pointer).getByRole('cell').allTextContents()).slice(1, 5);
  // First and last event, deltas, characters.
  expect(await cells('/age')).toEqual(['12', '12', '1', '2']);
  expect(await cells('/name')).toEqual(['6', '9', '4', '15']);
  await app.seekTo(8);
  expect(await cells('/name')).toEqual(['6', '8…', '3', '14']);
  expect(await cells('/age')).toEqual(['12', '12', '1', '2']);
  await row('/age').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '12');
  const pointers = async () =>
    (await fields.getByRole('row').locator('[role="cell"]:first-child').allTextContents()).join(
      ' ',
    );
  expect(await pointers()).toBe('root /name /age /occupation');
  await fields.getByRole('button', { name: 'Chars' }).click();
  expect(await pointers()).toBe('/age /name /occupation root');
  await app.button('Fields').click();
  await expect(fields).toBeHidden();
});

test('a folded container stays folded while stepping', async ({ app }) => {
  await app.seekTo(22);
  await app.output.getByRole('button', { name: 'Fold' }).click();
  await expect(app.output.getByText('occupation')).toBeHidden();
  await app.seekTo(17);
  await app.seekTo(22);
  await expect(app.output.getByText('occupation')).toBeHidden();
  await expect(app.output).toHaveText(whole);
  await app.output.getByRole('button', { name: 'Unfold' }).click();
  await expect(app.output.getByText('occupation')).toBeVisible();
});
