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
