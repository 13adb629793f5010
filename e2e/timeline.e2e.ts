import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, personBytes, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

const whole = '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}';

/** The part of the timeline that time runs along, which says from when to when. */
const shownTime = (app: DebuggerPage): Locator =>
  app.page.getByRole('group', { name: /^Time shown:/ });

/** From when to when the timeline shows, in milliseconds. */
async function windowMs(app: DebuggerPage): Promise<{ from: number; to: number }> {
  const label = (await shownTime(app).getAttribute('aria-label'))!;
  const times = [...label.matchAll(/([\d.,]+) (µs|ms|s)\b/g)].map(([, digits, unit]) => {
    const value = Number(digits!.replaceAll(',', ''));
    return unit === 's' ? value * 1000 : unit === 'ms' ? value : value / 1000;
  });
  expect(times, label).toHaveLength(2);
  return { from: times[0]!, to: times[1]! };
}
async function expectWindow(app: DebuggerPage, from: number, to: number): Promise<void> {
  await expect
    .poll(async () => {
      const shown = await windowMs(app);
      // What was read off is rounded to milliseconds.
      return Math.abs(shown.from - from) < 2 && Math.abs(shown.to - to) < 2 ? 'as wanted' : shown;
    })
    .toBe('as wanted');
}

/** The time of every event of person.sse as the list shows it, in milliseconds. */
async function listedTimes(app: DebuggerPage): Promise<number[]> {
  const cells = app.rows.locator('[role="gridcell"]:nth-child(2)');
  await expect(cells).toHaveCount(23);
  return (await cells.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
}

/** Where a time is in the window: the strip has some pixels of room at both ends. */
async function xOfMs(app: DebuggerPage, ms: number): Promise<number> {
  const box = (await app.playhead.boundingBox())!;
  const { from, to } = await windowMs(app);
  const room = 8;
  return box.x + room + ((ms - from) / (to - from)) * (box.width - 2 * room);
}
async function ruler(app: DebuggerPage): Promise<number> {
  return (await app.playhead.boundingBox())!.y + 10;
}
async function trackY(app: DebuggerPage, name: string): Promise<number> {
  const box = (await shownTime(app).getByTitle(name, { exact: true }).boundingBox())!;
  return box.y + box.height / 2;
}

async function dragTracks(app: DebuggerPage, fromMs: number, toMs: number): Promise<void> {
  const y = await trackY(app, 'output text 0/0');
  await app.page.mouse.move(await xOfMs(app, fromMs), y);
  await app.page.mouse.down();
  await app.page.mouse.move(await xOfMs(app, toMs), y, { steps: 4 });
  await app.page.mouse.up();
}
const shownSeqs = async (app: DebuggerPage): Promise<number[]> =>
  app.rows.evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.seq)));

test('dragging on the tracks lists exactly the events of that time, Esc all of them', async ({
  app,
}) => {
  const times = await listedTimes(app);
  await app.seekTo(0);
  // Between the wait and the first event after it, and half way between two deltas.
  const from = times[2]! - 40;
  const to = (times[7]! + times[8]!) / 2;
  const expected = times.flatMap((ms, seq) => (ms >= from && ms <= to ? [seq] : []));
  expect(expected).toEqual([2, 3, 4, 5, 6, 7]);
  await dragTracks(app, from, to);
  await app.expectEvents(expected.length);
  expect(await shownSeqs(app)).toEqual(expected);
  const span = times[7]! - times[2]!;
  const label = app.page.getByText(/^~\d+ ms · 6 events$/);
  expect(Math.abs(Number((await label.innerText()).match(/\d+/)![0]) - span)).toBeLessThan(2);
  // The playhead stays: selecting is not seeking.
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '0');

  await app.page.keyboard.press('Escape');
  await app.expectEvents(23);
  await expect(label).toHaveCount(0);
});

test('the ends of a range are dragged, and set at the playhead by keys', async ({ app }) => {
  const times = await listedTimes(app);
  await dragTracks(app, times[2]! - 40, (times[7]! + times[8]!) / 2);
  await app.expectEvents(6);
  const end = (await app.page.getByTitle(/^Drag to move the end/).boundingBox())!;
  await app.page.mouse.move(end.x + end.width / 2, end.y + 2);
  await app.page.mouse.down();
  const to = (times[9]! + times[10]!) / 2;
  await app.page.mouse.move(await xOfMs(app, to), end.y + 2, { steps: 4 });
  await app.page.mouse.up();
  await app.expectEvents(8);
  expect(await shownSeqs(app)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);

  await app.page.keyboard.press('x');
  await app.expectEvents(23);
  await app.seekTo(5);
  await app.playhead.press('i');
  await app.expectEvents(18);
  await app.seekTo(12);
  await app.playhead.press('o');
  await app.expectEvents(8);
  expect(await shownSeqs(app)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
});

test('a double click on a range zooms to it', async ({ app }) => {
  const times = await listedTimes(app);
  await dragTracks(app, times[5]! - 6, (times[15]! + times[16]!) / 2);
  await app.expectEvents(11);
  await app.page.mouse.dblclick(
    await xOfMs(app, (times[9]! + times[10]!) / 2),
    await trackY(app, 'output text 0/0'),
  );
  const room = (times[15]! - times[5]!) * 0.04;
  await expectWindow(app, times[5]! - room, times[15]! + room);
});

test('the wheel zooms around the pointer and moves sideways', async ({ app }) => {
  const { to: total } = await windowMs(app);
  const at = total * 0.75;
  await app.page.mouse.move(await xOfMs(app, at), await trackY(app, 'lifecycle'));
  await app.page.mouse.wheel(0, -300);
  await expect.poll(async () => (await windowMs(app)).to).toBeLessThan(total);
  const zoomed = await windowMs(app);
  expect(zoomed.from).toBeGreaterThan(0);
  // What was under the pointer still is: three quarters of the way.
  expect(zoomed.from + (zoomed.to - zoomed.from) * 0.75).toBeCloseTo(at, -1);
  await app.page.mouse.wheel(-100, 0);
  await expect.poll(async () => (await windowMs(app)).from).toBeLessThan(zoomed.from);
  const moved = await windowMs(app);
  expect(moved.to - moved.from).toBeCloseTo(zoomed.to - zoomed.from, 0);
  await app.button('Fit the timeline').click();
  await expectWindow(app, 0, total);
  await expect(app.button('Fit the timeline')).toBeDisabled();
});

test('keys zoom around the playhead, pan and fit', async ({ app }) => {
  const times = await listedTimes(app);
  const total = times[22]!;
  await app.seekTo(8);
  await app.playhead.press('+');
  const half = { from: times[8]! / 2, to: times[8]! / 2 + total / 2 };
  await expectWindow(app, half.from, half.to);
  await app.playhead.press('Shift+ArrowRight');
  // By a quarter of what shows.
  await expectWindow(app, half.from + total / 8, half.to + total / 8);
  await app.playhead.press('Shift+ArrowRight');
  await expectWindow(app, total / 2, total);
  await app.playhead.press('Shift+ArrowLeft');
  await expectWindow(app, (total * 3) / 8, (total * 7) / 8);
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '8');
  await app.playhead.press('ArrowRight');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '9');
  await app.playhead.press('f');
  await expectWindow(app, 0, total);
  await app.playhead.press('=');
  await app.playhead.press('-');
  await expectWindow(app, 0, total);
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('instant');
  await app.playhead.press('Space');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
});

test('a playhead that leaves what shows is brought into sight', async ({ app }) => {
  const times = await listedTimes(app);
  await app.seekTo(0);
  for (let press = 0; press < 6; press++) await app.playhead.press('+');
  await expectWindow(app, 0, times[22]! / 64);
  await app.playhead.press(']');
  await app.playhead.press(']');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '2');
  await expect.poll(async () => (await windowMs(app)).from).toBeLessThanOrEqual(times[2]! + 1);
  expect((await windowMs(app)).to).toBeGreaterThanOrEqual(times[2]! - 1);
});

test('the ruler scrubs, a click on a track goes to its nearest event', async ({ app }) => {
  const times = await listedTimes(app);
  const y = await ruler(app);
  await app.page.mouse.move(await xOfMs(app, (times[7]! + times[8]!) / 2), y);
  await app.page.mouse.down();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '7');
  await app.page.mouse.move(await xOfMs(app, (times[11]! + times[12]!) / 2), y, { steps: 3 });
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '11');
  await app.page.mouse.up();
  await app.expectEvents(23);
  // Of the message's events 3 comes before the deltas and 20 after: 3 is nearer to event 8.
  expect(times[8]! - times[3]!).toBeLessThan(times[20]! - times[8]!);
  await app.page.mouse.click(await xOfMs(app, times[8]!), await trackY(app, 'message 0'));
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '3');
});

test('pointing at an event tells what it is', async ({ app }) => {
  const times = await listedTimes(app);
  const strip = shownTime(app);
  await app.page.mouse.move(await xOfMs(app, times[8]!), await trackY(app, 'output text 0/0'));
  await expect(strip.getByText('#8', { exact: true })).toBeVisible();
  await expect(strip.getByText('output_text.delta')).toBeVisible();
  await expect(strip.getByText('Johnson')).toBeVisible();
  await app.page.mouse.move(await xOfMs(app, times[2]! / 2), await trackY(app, 'lifecycle'));
  await expect(strip.getByText(/^no event for \d+ ms$/)).toBeVisible();
});

test('the table has the same facts, and its keys go to them', async ({ app }) => {
  const times = await listedTimes(app);
  await app.button('Timeline as a table').click();
  const table = app.page.getByRole('grid', { name: 'Tracks' });
  const cellsOf = async (name: string) => {
    const row = table.getByRole('row').filter({ has: app.page.getByRole('rowheader', { name }) });
    return (await row.getByRole('gridcell').allInnerTexts()).map((text) => text.trim());
  };
  // Counted in the recording: 0, 1, 22; 2, 3, 20, 21; fifteen deltas and what closes them.
  const at = (seq: number) => `#${seq} at ~${times[seq]} ms`;
  expect((await cellsOf('lifecycle')).slice(0, 3)).toEqual(['3', at(0), at(22)]);
  expect((await cellsOf('message 0')).slice(0, 3)).toEqual(['4', at(2), at(21)]);
  const text = await cellsOf('output text 0/0');
  expect(text.slice(0, 3)).toEqual(['16', at(4), at(19)]);
  expect(text.at(-1)).toBe(String(whole.length));
  await expect(table.getByRole('row')).toHaveCount(4);
  const stalls = app.page.getByRole('list', { name: 'Stalls' }).getByRole('listitem');
  await expect(stalls).toHaveCount(1);
  await expect(stalls).toContainText('since event 1');

  await table.getByRole('button').first().focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '4');
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '19');
  await app.button('Timeline as a table').click();
  await expect(shownTime(app)).toBeVisible();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '19');
});

test('a live stream fits while it grows; zoomed in its middle it stays', async ({ app }) => {
  const frames = (await personBytes()).toString().split(/(?<=\n\n)/);
  const half = gate();
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, frames.slice(0, 9).join(''));
    await half.opened;
    await write(response, frames.slice(9).join(''));
    response.end();
  });
  await app.useEndpoint('held', server.baseUrl);
  await app.send();
  await app.expectEvents(9);
  // Chunks have times here, so they have a row.
  await expect(shownTime(app).getByText('chunks', { exact: true })).toBeVisible();
  await app.seekTo(4);
  await app.playhead.press('+');
  await app.playhead.press('+');
  await app.playhead.press('Shift+ArrowLeft');
  const before = await shownTime(app).getAttribute('aria-label');
  half.open();
  await app.expectEvents(23);
  await expect(app.status).toHaveText('completed');
  await expect(shownTime(app)).toHaveAttribute('aria-label', before!);
  await app.playhead.press('f');
  await app.seekTo(22);
  expect((await windowMs(app)).from).toBe(0);
  await server.close();
});
