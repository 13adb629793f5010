import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, test } from './app.ts';

/** Runs a command as a person does who remembers a word of its name. */
async function command(app: DebuggerPage, words: string): Promise<void> {
  const { keyboard } = app.page;
  await keyboard.press('ControlOrMeta+k');
  const box = app.page.getByRole('dialog').getByRole('combobox');
  await expect(box).toBeFocused();
  await keyboard.type(words);
  await keyboard.press('Enter');
  await expect(box).toBeHidden();
}

/** Goes from control to control until one has the focus. */
async function tabTo(app: DebuggerPage, goal: Locator, key = 'Tab'): Promise<void> {
  const hasFocus = () => goal.evaluate((element) => element === document.activeElement);
  // More stops than the window has: whoever is not reached by then is not reachable.
  for (let stops = 0; stops < 80; stops++) {
    if (await hasFocus()) return;
    await app.page.keyboard.press(key);
  }
  await expect(goal).toBeFocused();
}

const at = (app: DebuggerPage, seq: number) =>
  expect(app.playhead).toHaveAttribute('aria-valuenow', String(seq));

test('a whole debugging session without a mouse', async ({ app }) => {
  const { page } = app;
  const { keyboard } = page;
  await page.evaluate(() => {
    const seen = ((window as unknown as { pointers: string[] }).pointers = []) as string[];
    for (const type of ['pointerdown', 'mousedown', 'click'] as const)
      window.addEventListener(type, (event) => {
        // A key press on a button is a click without coordinates.
        if (event.isTrusted && (event as MouseEvent).detail > 0) seen.push(type);
      });
  });

  // Another capture and back, by name.
  await command(app, 'refusal.sse');
  await app.expectEvents(17);
  await command(app, 'person.sse');
  await app.expectEvents(23);

  // Which event writes the age? First only deltas, then only what wrote the value.
  await keyboard.press('/');
  await expect(app.filter).toBeFocused();
  await keyboard.type('type:*.delta');
  await expect(app.events).toHaveAttribute('aria-rowcount', '15');
  await keyboard.type(' closes:/age');
  await expect(app.events).toHaveAttribute('aria-rowcount', '1');
  await keyboard.press('Enter');
  await expect(app.events).toBeFocused();
  await keyboard.press('Home');
  await at(app, 13);
  await keyboard.press('/');
  await keyboard.press('Escape');
  await app.expectEvents(23);
  await keyboard.press('Enter');

  // Stop where the value is closed, at any speed.
  await keyboard.press('Shift+F9');
  await keyboard.type('closes:/age');
  await keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Breakpoints' })).toContainText('closes:/age');
  await keyboard.press('Escape');
  await expect(app.events).toBeFocused();
  await command(app, 'Speed: 100');
  await keyboard.press('Home');
  await at(app, 0);
  await keyboard.press('Space');
  await at(app, 13);
  await expect(page.getByRole('status', { name: 'Breakpoints' })).toContainText('event 13');

  // Remember it, with a note; compare with it later.
  await keyboard.press('Shift+B');
  await keyboard.type('the age is known');
  await keyboard.press('Enter');
  await keyboard.press('m');
  await keyboard.press(']');
  await at(app, 14);

  // What has changed since: in the snapshot.
  await command(app, 'Snapshot tab');
  await expect(page.getByRole('radio', { name: 'Since mark #13' })).toBeChecked();
  await expect(page.getByRole('list', { name: 'Changes' })).toContainText(
    '/output/0/content/0/text',
  );

  // Who wrote this? From piece to piece in the output, and to its event.
  await command(app, 'Output as a document');
  await tabTo(app, app.output);
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await expect(page.getByRole('note', { name: 'Written by' })).toContainText('event 12');
  await keyboard.press('Enter');
  await at(app, 12);

  // Watch the text; where did it change?
  await command(app, 'New watch');
  await keyboard.type('/output/0/content/0/text');
  await keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Watches' })).toContainText('16 changes');

  // A stretch of time, in the timeline.
  await tabTo(app, app.playhead, 'Shift+Tab');
  await keyboard.press('i');
  await keyboard.press(']');
  await keyboard.press(']');
  await at(app, 14);
  await keyboard.press('o');
  await expect(app.events).toHaveAttribute('aria-rowcount', '3');
  await keyboard.press('Escape');
  await app.expectEvents(23);

  // Latency, the drawer's tabs by arrows, and back to what was marked.
  await command(app, 'Latency in the drawer');
  await tabTo(app, app.tab('Latency'));
  await keyboard.press('ArrowLeft');
  await expect(app.tab('Problems')).toHaveAttribute('aria-selected', 'true');
  await tabTo(app, app.events, 'Shift+Tab');
  await keyboard.press('End');
  await command(app, 'Go to the mark');
  await at(app, 13);

  // The menu of an event, from the keyboard.
  await tabTo(app, app.events, 'Shift+Tab');
  await keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();

  // All keys are listed.
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();

  expect(await page.evaluate(() => (window as unknown as { pointers: string[] }).pointers)).toEqual(
    [],
  );
});
