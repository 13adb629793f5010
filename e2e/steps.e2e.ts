import { type DebuggerPage, expect, test } from './app.ts';

const at = (app: DebuggerPage, seq: number) =>
  expect(app.playhead).toHaveAttribute('aria-valuenow', String(seq));

async function press(app: DebuggerPage, key: string, seq: number): Promise<void> {
  await app.page.keyboard.press(key);
  await at(app, seq);
}

/** Adds an entry in a tab of the drawer. */
async function add(app: DebuggerPage, tab: string, box: string, text: string): Promise<void> {
  await app.tab(tab).click();
  await app.page.getByRole('textbox', { name: box }).fill(text);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('button', { name: `Remove ${text}` })).toBeVisible();
}

test('keys step along types, lanes, items, watches, breakpoints and bookmarks', async ({ app }) => {
  await add(app, 'Watch', 'New watch', '$.output[*].status');
  await add(app, 'Breakpoints', 'New breakpoint', 'closes:/age');
  await app.seekTo(5);
  await app.events.focus();
  await app.page.keyboard.press('b');
  await app.seekTo(18);
  await app.events.focus();
  // Event 18 is the last delta: after it only events of other types.
  await press(app, 't', 18);
  await press(app, 'Shift+T', 17);
  await press(app, 'l', 18);
  await press(app, 'Shift+L', 17);
  // Items 2 to 21 are about item 0.
  await press(app, 'i', 18);
  await press(app, 'i', 19);
  await press(app, 'Shift+I', 18);
  await press(app, 'w', 21);
  await press(app, 'Shift+W', 2);
  await press(app, 'h', 13);
  await press(app, 'Shift+N', 5);
  await app.seekTo(0);
  await app.events.focus();
  await press(app, 'n', 5);
});

test('a menu beside the replay controls has the steps, and says which can not be made', async ({
  app,
}) => {
  await app.seekTo(8);
  await app.button('Step to…').click();
  const menu = app.page.getByRole('menu', { name: 'Step to' });
  // A file keeps no chunks, and nothing is watched.
  await expect(menu.getByRole('menuitem', { name: 'Next chunk' })).toBeDisabled();
  await expect(menu.getByRole('menuitem', { name: 'Next change of a watch' })).toBeDisabled();
  await menu.getByRole('menuitem', { name: 'Next event of this lane' }).click();
  await at(app, 9);
});

test('it runs to an event and stops at breakpoints on the way', async ({ app }) => {
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('instant');
  await add(app, 'Breakpoints', 'New breakpoint', 'seq:7');
  await app.seekTo(5);
  await app.row(10).click({ button: 'right' });
  // The menu is about the row; the playhead stays where it is.
  await at(app, 5);
  await app.page.getByRole('menuitem', { name: 'Run to here' }).click();
  await at(app, 7);
  await app.button('Continue').click();
  await at(app, 10);
  await expect(app.button('Continue')).toBeHidden();

  await app.events.focus();
  await app.page.keyboard.press('ControlOrMeta+F10');
  await at(app, 7);
  await app.page.keyboard.press('F8');
  await at(app, 10);
});

test('PageUp and PageDown move the playhead by a page of the list', async ({ launch }) => {
  const app = await launch();
  await app.openCapture('reasoning.sse');
  await app.expectEvents(106);
  await app.seekTo(0);
  await app.events.focus();
  await app.page.keyboard.press('PageDown');
  await expect(app.playhead).not.toHaveAttribute('aria-valuenow', '0');
  const page = Number(await app.playhead.getAttribute('aria-valuenow'));
  expect(page).toBeGreaterThan(3);
  await press(app, 'PageDown', 2 * page);
  await press(app, 'PageUp', page);
  await press(app, 'PageUp', 0);
});
