import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { framesOfLines } from '../src-core/testing/recordings.ts';
import { type DebuggerPage, expect, recordings, test } from './app.ts';

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
  expect(await cells('/name')).toEqual(['6', '8→', '3', '14']);
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

/** A response whose calls each have arguments, some of which are never closed. */
function callsStream(count: number, isCut: (call: number) => boolean): string {
  const events: unknown[] = [
    { type: 'response.created', response: { id: 'r', status: 'in_progress', output: [] } },
  ];
  for (let at = 0; at < count; at++) {
    const item = { id: `f${at}`, type: 'function_call', name: `tool_${at}`, arguments: '' };
    const place = { item_id: item.id, output_index: at };
    const delta = `{"city":"Town ${at}"${isCut(at) ? '' : '}'}`;
    events.push({ type: 'response.output_item.added', output_index: at, item });
    events.push({ type: 'response.function_call_arguments.delta', ...place, delta });
  }
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
}

test('thirty texts leave the pane what it is: they are counted, open ones named', async ({
  launch,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-calls-'));
  const file = join(folder, 'calls.sse');
  // Calls 3, 8, 13, 18, 23 and 28 are cut off.
  await writeFile(
    file,
    callsStream(30, (at) => at % 5 === 3),
  );
  const app = await launch({ files: [file] });
  await app.expectEvents(61);
  await app.seekTo(60);
  await expect(app.page.getByText('24 complete JSON', { exact: true })).toBeVisible();
  await expect(
    app.page.getByText('function arguments 3: truncated inside /city', { exact: true }),
  ).toBeVisible();
  await expect(app.page.getByText('+3 more', { exact: true })).toHaveAttribute(
    'title',
    /function arguments 18: .*\n.*function arguments 23: .*\n.*function arguments 28: /,
  );
  await expect(app.output.getByText('"Town 29"')).toBeInViewport();
  await rm(folder, { recursive: true });
});

test('what the playhead moved to is told, not what a resting mouse lies on', async ({ app }) => {
  await app.seekTo(22);
  await app.row(8).hover();
  await expect(written(app)).toContainText('/name · event 8 ·');
  await app.playhead.focus();
  await app.seekTo(12);
  await expect(written(app)).toContainText('/age · event 12 ·');
  await app.row(6).hover();
  await expect(written(app)).toContainText('/name · event 6 ·');
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

/** A lane by a part of its title, which is drawn and no part of the text. */
const laneTitled = (app: DebuggerPage, title: string) =>
  app.output.locator(`[data-title*="${title}"]`);

test('a refusal is named as one, and a call by its function', async ({ app }) => {
  await app.openCapture('refusal.sse');
  await expect(laneTitled(app, 'refusal 0/0')).toHaveCount(1);
  await expect(app.page.getByText('the model refused')).toBeVisible();
  await app.openCapture('function-calls.sse');
  await app.expectEvents(11);
  const name = JSON.parse(
    /"type":"function_call".*?"name":("[^"]+")/.exec(
      await readFile(join(recordings, '../../../examples/function-calls.sse'), 'utf8'),
    )![1]!,
  ) as string;
  await expect(laneTitled(app, name).first()).toBeVisible();
});

test('the sources that a text cites are listed with the events that brought them', async ({
  app,
}) => {
  const frames = (await readFile(join(recordings, '../../../examples/web-search.sse'), 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map(
      (line) =>
        JSON.parse(line.slice(6)) as { type: string; annotation?: { url: string; title: string } },
    );
  const brought = frames.flatMap(({ annotation }, seq) =>
    annotation ? [{ seq, ...annotation }] : [],
  );
  expect(brought.length).toBeGreaterThan(0);
  await app.openCapture('web-search.sse');
  await app.expectEvents(frames.length);
  await app.seekTo(frames.length - 1);
  const items = app.page.getByRole('list', { name: 'Citations' }).getByRole('listitem');
  await expect(items).toHaveCount(brought.length);
  await expect(items.first()).toContainText(brought[0]!.title);
  await expect(items.first()).toContainText(brought[0]!.url);
  await items
    .first()
    .getByRole('button', { name: `event ${brought[0]!.seq}` })
    .click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', String(brought[0]!.seq));
  await expect(items).toHaveCount(1);
  await app.seekTo(brought[0]!.seq - 1);
  await expect(items).toHaveCount(0);
});

/** Opens a recording that is kept as one event a line. */
async function withLines(name: string, open: (file: string) => Promise<void>): Promise<void> {
  const lines = await readFile(join(recordings, 'openai-responses/jsonl', name));
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-lines-'));
  const file = join(folder, name.replace(/jsonl$/, 'sse'));
  await writeFile(file, framesOfLines(lines));
  await open(file);
  await rm(folder, { recursive: true });
}

test('an image shows with its format, size and event', async ({ launch }) => {
  const name = 'openai-responses/pyd-openai-responses-code-execution-return-image-stream.sse';
  const app = await launch({ files: [join(recordings, name)] });
  await app.expectEvents(270);
  const images = app.page.getByRole('region', { name: 'Images' });
  const image = images.getByRole('img');
  // Event 221 ends the code interpreter's call, with a PNG whose header says 1180 by 780 pixels.
  await app.seekTo(220);
  await expect(image).toHaveCount(0);
  await app.seekTo(269);
  await expect(image).toBeVisible();
  await expect(images).toContainText('PNG 1180 × 780');
  await expect
    .poll(() => image.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.naturalHeight]))
    .toEqual([1180, 780]);
  await app.button('event 221').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '221');
  await expect(image).toBeVisible();
});

test('an image that is cut off says so', async ({ launch }) => {
  await withLines('vercel-openai-image-generation-tool.1.jsonl', async (file) => {
    const app = await launch({ files: [file] });
    await app.expectEvents(16);
    const images = app.page.getByRole('region', { name: 'Images' });
    // Event 7 brings a partial image, 9 the whole: the recording kept only the beginning of both.
    await app.seekTo(6);
    await expect(images).toHaveCount(0);
    await app.seekTo(7);
    await expect(images).toContainText('partial image 1');
    await expect(images).toContainText('WEBP 1536 × 1024');
    await expect(images).toContainText('damaged or cut off');
    await expect(images.getByRole('button', { name: 'event 7' })).toBeVisible();
    await app.seekTo(15);
    await expect(images.getByRole('button', { name: 'event 9' })).toBeVisible();
  });
});

test('a patch and code show line by line, and their text stays what it is', async ({ launch }) => {
  await withLines('vercel-openai-apply-patch-tool.1.jsonl', async (file) => {
    const app = await launch({ files: [file] });
    await expect(app.output.locator('[data-number]').first()).toBeVisible();
    const lines = await app.output.locator('[data-number]').allTextContents();
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.slice(0, -1).every((line) => line.endsWith('\n'))).toBe(true);
    const added = app.output.locator('.added');
    expect((await added.allTextContents()).every((line) => line.startsWith('+'))).toBe(true);
    await expect(added.first()).toBeVisible();
    await expect(laneTitled(app, 'patch').first()).toBeVisible();
  });
});

test('sound plays from its deltas up to the playhead', async ({ launch }) => {
  // A quarter of a second of silence in two deltas: 24,000 samples a second of 16 bits.
  const half = Buffer.alloc(6000).toString('base64');
  const events = [
    { type: 'response.created', response: { id: 'r', status: 'in_progress', output: [] } },
    { type: 'response.audio.delta', delta: half },
    { type: 'response.audio.delta', delta: half },
    { type: 'response.completed', response: { id: 'r', status: 'completed', output: [] } },
  ];
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-sound-'));
  const file = join(folder, 'sound.sse');
  await writeFile(file, events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  const app = await launch({ files: [file] });
  await app.expectEvents(4);
  const audio = app.page.getByLabel('Sound up to the playhead');
  const seconds = () => audio.evaluate((one: HTMLAudioElement) => one.duration);
  await app.seekTo(3);
  await expect.poll(seconds).toBeCloseTo(0.25, 2);
  await app.seekTo(1);
  await expect.poll(seconds).toBeCloseTo(0.125, 2);
  await app.seekTo(0);
  await expect(audio).toHaveCount(0);
  await rm(folder, { recursive: true });
});
