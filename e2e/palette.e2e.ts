import { type DebuggerPage, expect, test } from './app.ts';

const dialog = (app: DebuggerPage) => app.page.getByRole('dialog', { name: 'Command palette' });
const selected = (app: DebuggerPage) =>
  app.page.getByRole('listbox', { name: 'Commands' }).getByRole('option', { selected: true });

async function open(app: DebuggerPage, query: string): Promise<void> {
  await app.page.keyboard.press('ControlOrMeta+k');
  await expect(dialog(app)).toBeVisible();
  await app.page.keyboard.type(query);
}

test('the palette goes to events, to what wrote a value, and opens captures', async ({ app }) => {
  const { keyboard } = app.page;
  await open(app, '12');
  await expect(selected(app)).toContainText('Go to event 12');
  await keyboard.press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '12');

  await open(app, '/name');
  await expect(selected(app)).toContainText('/name');
  await keyboard.press('Enter');
  // Event 6 is the delta `":"`: the last of its characters begins the value of "name".
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '6');

  await open(app, '99');
  await expect(selected(app)).toContainText('the last event is 22');
  await keyboard.press('Enter');
  await expect(dialog(app)).toBeVisible();
  await keyboard.press('Escape');

  await app.view('Settings').click();
  await open(app, 'refusal');
  await expect(selected(app)).toContainText('refusal.sse');
  await keyboard.press('Enter');
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('refusal.sse');
  await expect(app.events).toBeVisible();
});

test('every tab is in the palette', async ({ app }) => {
  const drawer = app.page.getByRole('tablist', { name: 'Drawer' }).getByRole('tab');
  const detail = app.page.getByRole('tablist', { name: 'Detail' }).getByRole('tab');
  const places = [
    ...(await detail.allTextContents()).map((name) => [name.trim(), `${name.trim()} tab`] as const),
    // Without the number beside the name.
    ...(await drawer.allTextContents())
      .map((text) => text.replace(/[\d,]+\s*$/, '').trim())
      .map((name) => [name, `${name} in the drawer`] as const),
  ];
  expect(places.length).toBeGreaterThan(4);
  for (const [name, title] of places) {
    await open(app, title);
    await expect(selected(app)).toContainText(title);
    await app.page.keyboard.press('Enter');
    await expect(app.tab(name)).toHaveAttribute('aria-selected', 'true');
  }
});

test('what is not there is said, and what can be typed', async ({ app }) => {
  await open(app, 'qqqqq');
  await expect(dialog(app).getByRole('status')).toHaveText(
    'No command and no capture is called that.',
  );
  await expect(dialog(app).getByRole('combobox')).toHaveAccessibleDescription(
    /12 goes to an event/,
  );
  await app.page.keyboard.press('ControlOrMeta+a');
  await app.page.keyboard.type('/nowhere');
  await expect(dialog(app).getByRole('status')).toContainText('nothing at such a JSON pointer');
});

test('the keys are listed and searched', async ({ app }) => {
  await app.events.focus();
  await app.page.keyboard.press('?');
  const keys = app.page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toContainText('Set or remove a bookmark');
  await keys.getByRole('searchbox', { name: 'Search the keys' }).fill('captures f2');
  await expect(keys.locator('dt')).toHaveText(['Rename the capture', 'Rename']);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await expect(app.events).toBeFocused();
});

test('Ctrl+Z brings a deleted capture back, but in a field it is the field’s', async ({ app }) => {
  const { keyboard } = app.page;
  const refusal = app.captures.getByText('refusal.sse', { exact: true });
  await app.openCapture('refusal.sse');
  await keyboard.press('Delete');
  await expect(refusal).toBeHidden();
  await app.filter.focus();
  await keyboard.type('x');
  await keyboard.press('ControlOrMeta+z');
  await expect(app.filter).toHaveValue('');
  await expect(refusal).toBeHidden();
  await app.events.focus();
  await keyboard.press('ControlOrMeta+z');
  await expect(refusal).toBeVisible();
});

test('menus open and are walked by the keyboard', async ({ app }) => {
  const { keyboard } = app.page;
  await app.seekTo(0);
  await app.tab('Event').click();
  await app.eventPane.getByRole('tree', { name: 'Fields' }).focus();
  await keyboard.press('Shift+F10');
  const item = (name: string) => app.page.getByRole('menuitem', { name });
  await expect(item('Copy the value')).toBeFocused();
  await keyboard.press('c');
  await expect(item('Copy the JSON pointer')).toBeFocused();
  await keyboard.press('Home');
  await expect(item('Copy the value')).toBeFocused();
  await keyboard.press('Escape');
  await expect(app.eventPane.getByRole('tree', { name: 'Fields' })).toBeFocused();

  // Filtering by a value: the fields of event 8 but the lifecycle of the response.
  await app.seekTo(8);
  await app.eventPane.getByRole('tree', { name: 'Fields' }).focus();
  await keyboard.press('Shift+F10');
  await item('Show only "response.output_text.delta"').click();
  await app.expectEvents(15);
  await app.filter.fill('');

  const capture = app.captures.getByRole('button').first();
  await capture.focus();
  await keyboard.press('Shift+F10');
  await expect(item('Open')).toBeFocused();
  await keyboard.press('End');
  await expect(item('Delete')).toBeFocused();
  await keyboard.press('r');
  await keyboard.press('Enter');
  await expect(app.page.getByRole('textbox', { name: 'Name of the capture' })).toBeFocused();
});

test('the compose view says that a stream is asked for all the same', async ({ app }) => {
  await app.view('Compose').click();
  const note = app.page.getByRole('button', { name: '"stream": false is sent as true' });
  await expect(note).toBeHidden();
  await app.pasteInEditor('Request body', '{"model": "m", "input": "i", "stream": false}');
  await expect(note).toBeVisible();
});
