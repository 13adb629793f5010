import { expect, personBytes, test } from './app.ts';

/** The data of an event of person.sse. */
async function dataOf(seq: number): Promise<Record<string, unknown>> {
  const frame = (await personBytes()).toString().split('\n\n')[seq]!;
  return JSON.parse(/^data: (.*)$/m.exec(frame)![1]!) as Record<string, unknown>;
}

test('the snapshot lists what the event changed, and what changed since the mark', async ({
  app,
}) => {
  const { keyboard } = app.page;
  const changes = app.page.getByRole('list', { name: 'Changes' }).getByRole('listitem');
  await app.tab('Snapshot').click();
  await app.row(8).click();
  await expect(changes).toHaveCount(1);
  await expect(changes).toContainText('/output/0/content/0/text');
  await expect(changes).toContainText('grew by 8');
  await expect(changes.locator('ins')).toHaveText(' Johnson');

  await keyboard.press('m');
  await app.row(22).click();
  await expect(app.page.getByRole('radio', { name: 'Since mark #8' })).toBeChecked();
  const row = (pointer: string) =>
    changes.filter({ has: app.page.getByRole('button', { name: pointer, exact: true }) });
  await expect(row('/status').locator('del')).toHaveText('"in_progress"');
  await expect(row('/status').locator('ins')).toHaveText('"completed"');
  // Event 19 says the whole text; up to event 8 it was this.
  const rest = String((await dataOf(19)).text).slice('{"name":"Alice Johnson'.length);
  await expect(row('/output/0/content/0/text').locator('ins')).toHaveText(
    JSON.stringify(rest).slice(1, -1),
  );
  await expect(row('/usage').locator('del')).toHaveText('null');

  // The last event alone wrote nothing of the text.
  await app.page.getByRole('radio', { name: 'This event' }).click();
  await expect(row('/output/0/content/0/text')).toHaveCount(0);
  await expect(row('/usage')).toHaveCount(1);

  // Backwards what came later is gone again, and is still to be seen.
  await app.page.getByRole('radio', { name: 'Since mark #8' }).click();
  await app.row(2).click();
  await expect(changes.locator('del')).toContainText(['"type":"output_text"']);
});

test('the list of changes is walked, copied from and put away by the keyboard', async ({ app }) => {
  const { keyboard } = app.page;
  await app.tab('Snapshot').click();
  await app.row(22).click();
  const list = app.page.getByRole('list', { name: 'Changes' });
  const button = list.getByRole('button');
  await button.first().focus();
  await keyboard.press('End');
  await expect(button.last()).toBeFocused();
  const pointer = await button.last().textContent();
  await keyboard.press('Shift+F10');
  await expect(app.page.getByRole('menu', { name: 'Change' })).toBeVisible();
  // A letter goes to the next entry that begins with it.
  await keyboard.press('c');
  await expect(app.page.getByRole('menuitem', { name: 'Copy the JSON pointer' })).toBeFocused();
  await keyboard.press('Enter');
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe(pointer);
  await expect(button.last()).toBeFocused();

  await keyboard.press('Shift+F10');
  await app.page.getByRole('menuitem', { name: 'Watch this' }).click();
  await app.page.getByRole('log').getByRole('button', { name: 'Show' }).click();
  await expect(app.page.getByRole('tabpanel', { name: 'Watch' })).toContainText(pointer!);

  await app.page.getByRole('button', { name: /changes$/ }).click();
  await expect(list).toBeHidden();
  await app.page.reload();
  await expect(app.snapshot).toBeVisible();
  await expect(list).toBeHidden();
});
