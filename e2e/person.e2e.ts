import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, personBytes, recordings, test } from './app.ts';

const whole = '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}';

test('the shipped person.sse is the recording, byte for byte', async () => {
  expect(await personBytes()).toEqual(await readFile(join(recordings, 'seed-person.sse')));
});

test('a first start shows person.sse: its events, and the state at any of them', async ({
  app,
}) => {
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('person.sse');
  await expect(app.rows).toHaveCount(23);
  await expect(app.rows.first()).toHaveAttribute('aria-rowindex', '1');
  await expect(app.row(8).getByRole('gridcell').nth(3)).toHaveText('output_text.delta');
  await expect(app.row(8).getByRole('gridcell').nth(4)).toHaveText('0/0');
  await expect(app.row(8).getByRole('gridcell').nth(5)).toHaveText('·Johnson');
  await expect(app.playhead).toHaveAttribute('aria-valuemin', '0');
  await expect(app.playhead).toHaveAttribute('aria-valuemax', '22');

  await app.seekTo(8);
  await expect(app.output).toHaveText('{"name":"Alice Johnson');
  expect(await app.output.innerText()).not.toContain('occupation');
  await app.seekTo(18);
  await expect(app.output).toHaveText(whole);
  await app.seekTo(22);
  await expect(app.status).toHaveText('completed');
  await app.tab('Snapshot').click();
  await expect(app.snapshot).toContainText('"total_tokens": 72');
  await app.seekTo(8);
  await expect(app.snapshot).not.toContainText('total_tokens');
  await expect(app.snapshot).toContainText('"text": "{\\"name\\":\\"Alice Johnson"');
});

test('the text view shows the same text as it came', async ({ app }) => {
  await app.seekTo(18);
  await app.page.getByRole('radio', { name: 'Text' }).click();
  expect(await app.output.innerText()).toBe(whole);
});

test('playing fast ends at the last event, stepping back takes the text back', async ({ app }) => {
  await app.seekTo(0);
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('100');
  await app.button('Play').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await expect(app.button('Play')).toBeVisible();
  await app.seekTo(8);
  await app.button('Step back').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '7');
  await expect(app.output).toHaveText('{"name":"Alice');
  await app.button('Step forward').click();
  await expect(app.output).toHaveText('{"name":"Alice Johnson');
  await app.button('Go to start').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '0');
  await app.button('Go to end').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
});

test('playing keeps the recorded pace and can be paused', async ({ app }) => {
  await app.seekTo(0);
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('0.25');
  await app.button('Play').click();
  await app.button('Pause').click();
  const at = Number(await app.playhead.getAttribute('aria-valuenow'));
  expect(at).toBeLessThan(22);
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('instant');
  await app.button('Play').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
});

test('the keys of the replay work', async ({ app }) => {
  await app.events.focus();
  await app.page.keyboard.press('Home');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '0');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('j');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '2');
  await app.page.keyboard.press('k');
  await app.page.keyboard.press(']');
  await app.page.keyboard.press(']');
  await app.page.keyboard.press('[');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '2');
  await app.page.keyboard.press('End');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await app.page.keyboard.press('Home');
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('100');
  await app.events.focus();
  await app.page.keyboard.press('Space');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await app.page.keyboard.press('/');
  await expect(app.filter).toBeFocused();
});

test('the event pane shows fields, frame and bytes of the event looked at', async ({ app }) => {
  await app.seekTo(8);
  await app.tab('Event').click();
  await expect(app.eventPane).toContainText('response.output_text.delta');
  await expect(
    app.eventPane.getByRole('treeitem').filter({ hasText: 'delta' }).first(),
  ).toBeVisible();
  const bytes = await personBytes();
  const at = bytes.indexOf(
    'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":8',
  );
  expect(at).toBeGreaterThan(0);
  await expect(app.eventPane).toContainText(at.toString(16).padStart(8, '0'));
  await expect(app.eventPane).toContainText('65 76 65 6e 74 3a 20 72'); // "event: r"
  await expect(app.eventPane.getByText('"obfuscation":"sY1KPvtG"')).toBeVisible();
});

test('dragging in the ruler of the timeline moves the playhead', async ({ app }) => {
  await app.seekTo(0);
  const box = (await app.playhead.boundingBox())!;
  await app.page.mouse.move(box.x + box.width - 30, box.y + 10);
  await app.page.mouse.down();
  await expect(app.playhead).not.toHaveAttribute('aria-valuenow', '0');
  await app.page.mouse.move(box.x + 2, box.y + 10, { steps: 5 });
  await app.page.mouse.up();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '0');
});

test('the layout and the last capture are there again at the next start', async ({ launch }) => {
  const first = await launch();
  await first.expectEvents(23);
  const other = first.captures.getByRole('listitem').filter({ hasNotText: 'person.sse' }).first();
  await other.getByRole('button').click();
  await first.tab('Event').click();
  const name = await first.captures.locator('[aria-current="true"]').getAttribute('title');
  await expect(first.eventPane).toBeVisible();
  await first.electron.close();
  const second = await launch({ dataFolder: first.dataFolder });
  await expect(second.captures.locator('[aria-current="true"]')).toHaveAttribute('title', name!);
  await expect(second.eventPane).toBeVisible();
});
