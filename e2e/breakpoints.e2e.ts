import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, personBytes, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

const stopStatus = (app: DebuggerPage): Locator =>
  app.page.getByRole('status', { name: 'Breakpoints' });
const breakpoints = (app: DebuggerPage): Locator =>
  app.page.getByRole('list', { name: 'Breakpoints' });

/** Adds a breakpoint as a person does who never takes the hands off the keys. */
async function breakOn(app: DebuggerPage, query: string): Promise<void> {
  await app.page.keyboard.press('Shift+F9');
  const box = app.page.getByRole('textbox', { name: 'New breakpoint' });
  await expect(box).toBeFocused();
  await box.fill(query);
  await app.page.keyboard.press('Enter');
  await expect(breakpoints(app).getByRole('button', { name: `Breakpoint ${query}` })).toBeVisible();
  await app.events.focus();
}

async function playFromStart(app: DebuggerPage): Promise<void> {
  await app.seekTo(0);
  await app.events.focus();
  await app.page.keyboard.press('Space');
}

test('a breakpoint on a value that closes stops the replay where it closes', async ({ app }) => {
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('100');
  await breakOn(app, 'closes:/age');
  await playFromStart(app);
  // Event 12 writes `30`. That the number is over is known from event 13, which writes `,"`.
  await expect(stopStatus(app)).toContainText('Stopped at event 13: closes:/age');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '13');
  await expect(app.output).toHaveText('{"name":"Alice Johnson","age":30,"');
  await expect(app.row(13)).toHaveAttribute('aria-description', 'Breakpoint: closes:/age');
  await expect(app.row(12)).not.toHaveAttribute('aria-description');
  await expect(breakpoints(app)).toContainText('1 event');
  await expect(breakpoints(app)).toContainText('1 hit');

  // Going on does not stop at the same event again.
  await app.page.keyboard.press('Space');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await expect(stopStatus(app)).toHaveText('');

  await playFromStart(app);
  await expect(breakpoints(app)).toContainText('2 hits');
});

test('several breakpoints stop at one event, at once at the speed "instant"', async ({ app }) => {
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('instant');
  await breakOn(app, 'closes:/age');
  await breakOn(app, 'seq:13');
  await breakOn(app, 'appears:/occupation');
  await playFromStart(app);
  await expect(stopStatus(app)).toContainText('Stopped at event 13: closes:/age, seq:13');
  await app.button('Continue').click();
  // `":"` closes the colon and opens the value: event 15.
  await expect(stopStatus(app)).toContainText('Stopped at event 15: appears:/occupation');
  await app.button('Continue').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  for (const query of ['closes:/age', 'seq:13', 'appears:/occupation'])
    await expect(breakpoints(app).getByRole('listitem').filter({ hasText: query })).toContainText(
      '1 hit',
    );
});

test('what does not stop: seeking, steps, disabled ones, all of them deactivated', async ({
  app,
}) => {
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('instant');
  await breakOn(app, 'closes:/age');
  await app.seekTo(12);
  await app.page.keyboard.press(']');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '13');
  await app.seekTo(20);
  await expect(stopStatus(app)).toHaveText('');

  const row = breakpoints(app).getByRole('button', { name: 'Breakpoint closes:/age' });
  await row.focus();
  await app.page.keyboard.press('Space');
  await expect(app.page.getByRole('checkbox', { name: 'Enable closes:/age' })).not.toBeChecked();
  await playFromStart(app);
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await row.focus();
  await app.page.keyboard.press('Space');
  await expect(breakpoints(app)).toContainText('1 event');

  await app.page.keyboard.press('ControlOrMeta+F8');
  await expect(stopStatus(app)).toHaveText('Breakpoints are deactivated');
  await playFromStart(app);
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await app.page.keyboard.press('ControlOrMeta+F8');
  await playFromStart(app);
  await expect(stopStatus(app)).toContainText('Stopped at event 13');
});

test('an invalid one says why and where, can be mended, removed and brought back', async ({
  app,
}) => {
  await breakOn(app, 'closse:/age');
  const row = breakpoints(app).getByRole('listitem');
  await expect(row).toContainText('character 1: unknown term "closse", did you mean closes?');
  await row.getByRole('button', { name: /^Breakpoint closse/ }).focus();
  await app.page.keyboard.press('Enter');
  const box = app.page.getByRole('textbox', { name: 'Query of the breakpoint' });
  await expect(box).toBeFocused();
  await box.fill('closes:/age');
  await app.page.keyboard.press('Enter');
  await expect(row).toContainText('1 event');
  await expect(row.getByRole('button', { name: 'Breakpoint closes:/age' })).toBeFocused();

  await app.page.keyboard.press('ArrowLeft');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '13');
  await app.page.keyboard.press('Delete');
  await expect(breakpoints(app)).toBeHidden();
  await app.events.focus();
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(row).toContainText('closes:/age');
});

test('breakpoints and their hits are there after a restart', async ({ launch }) => {
  const first = await launch();
  await first.expectEvents(23);
  await first.page.getByRole('combobox', { name: 'Speed' }).selectOption('instant');
  await breakOn(first, 'closes:/age');
  await playFromStart(first);
  await expect(breakpoints(first)).toContainText('1 hit');
  await first.electron.close();

  const second = await launch({ dataFolder: first.dataFolder });
  await second.expectEvents(23);
  await expect(breakpoints(second)).toContainText('closes:/age');
  await expect(breakpoints(second)).toContainText('1 hit');
  // A finished capture is followed to its end without a stop.
  await expect(second.playhead).toHaveAttribute('aria-valuenow', '22');
  await expect(stopStatus(second)).toHaveText('');
  await second.button('Reset hits').click();
  await expect(breakpoints(second)).toContainText('0 hits');
});

test('following a live stream is held at a hit while the recording goes on', async ({ app }) => {
  const frames = (await personBytes()).toString().split(/(?<=\n\n)/);
  const rest = gate();
  const end = gate();
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    for (const frame of frames.slice(0, 16)) await write(response, frame);
    await rest.opened;
    for (const frame of frames.slice(16, 18)) await write(response, frame);
    await end.opened;
    for (const frame of frames.slice(18)) await write(response, frame);
    response.end();
  });
  await breakOn(app, 'closes:/age');
  await breakOn(app, 'text~Engineer');
  await app.useEndpoint('held', server.baseUrl);
  await app.send();
  await app.expectEvents(16);
  await expect(stopStatus(app)).toContainText('Stopped at event 13: closes:/age');
  await expect(app.output).toHaveText('{"name":"Alice Johnson","age":30,"');
  rest.open();
  await app.expectEvents(18);
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '13');
  await app.page.keyboard.press('F8');
  await expect(stopStatus(app)).toContainText('Stopped at event 17: text~Engineer');
  end.open();
  await app.expectEvents(23);
  await expect(app.status).toHaveText('completed');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '17');
  await stopStatus(app).getByRole('button', { name: 'Jump to newest' }).click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await expect(stopStatus(app)).toHaveText('');
  await server.close();
});

test('a stream that is cut inside a frame stops at its last event, where that is a problem', async ({
  app,
}) => {
  const frames = (await personBytes()).toString().split(/(?<=\n\n)/);
  const cut = gate();
  const server = await streamServer(async ({ response, socket }) => {
    beginStream(response);
    for (const frame of frames.slice(0, 10)) await write(response, frame);
    await write(response, frames[10]!.slice(0, 60));
    await cut.opened;
    socket.destroy();
  });
  await breakOn(app, 'problem');
  await app.useEndpoint('cut', server.baseUrl);
  await app.send();
  await app.expectEvents(10);
  await expect(stopStatus(app)).toHaveText('');
  // Only now is the frame that was begun known to be unfinished; event 9 had been passed.
  cut.open();
  await expect(stopStatus(app)).toContainText('Stopped at event 9: problem');
  await expect(app.status).toHaveText('disconnected');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '9');
  await server.close();
});

test('an event’s menu breaks on its type, and F9 at the event', async ({ app }) => {
  await app.row(3).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Break on this type' }).click();
  await expect(app.row(3)).toHaveAttribute(
    'aria-description',
    'Breakpoint: type:response.content_part.added',
  );
  await app.seekTo(7);
  await app.events.focus();
  await app.page.keyboard.press('F9');
  await expect(app.row(7)).toHaveAttribute('aria-description', 'Breakpoint: seq:7');
  await app.page.keyboard.press('F9');
  await expect(app.row(7)).not.toHaveAttribute('aria-description');
});
