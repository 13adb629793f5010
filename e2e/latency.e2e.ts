import { created, ended, itemAdded, message, text } from '../src-core/testing/events.ts';
import { frameOf } from '../src-core/testing/streams.ts';
import { type DebuggerPage, expect, personFile, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

const reasoning = (delta: string) => ({
  type: 'response.reasoning_summary_text.delta',
  output_index: 0,
  summary_index: 0,
  delta,
});
/** What comes before the pause and what comes after it: each in one write, so in one chunk. */
const before = [
  created, // 0
  itemAdded(0, { id: 'rs', type: 'reasoning', summary: [] }), // 1
  reasoning('Let'), // 2
  reasoning(' me'), // 3
];
const after = [
  itemAdded(1, message('')), // 4
  text('Hello', 1), // 5
  text(' there', 1), // 6
];
const usage = {
  input_tokens: 3,
  output_tokens: 40,
  output_tokens_details: { reasoning_tokens: 33 },
  total_tokens: 43,
};
const framesOf = (events: readonly object[]) =>
  events.map((event) => frameOf({ ...event })).join('');

const panel = (app: DebuggerPage) => app.page.getByRole('region', { name: 'Latency' });
const phases = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Phases' });
const gaps = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Largest gaps' });
const amounts = (app: DebuggerPage) => app.page.getByRole('table', { name: 'Amounts' });

/** A server that waits in the middle of a stream, and once more before its end. */
async function pausingServer() {
  const middle = gate();
  const end = gate();
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, framesOf(before));
    await middle.opened;
    await write(response, framesOf(after));
    await end.opened;
    await write(response, framesOf([ended('completed', { usage })]));
    response.end();
  });
  return { server, middle, end };
}

/** Keeps what the page copies: a window without the focus may not write to the clipboard. */
async function copiesOf(app: DebuggerPage): Promise<() => Promise<string>> {
  await app.page.evaluate(() => {
    const copies: string[] = [];
    Object.assign(window, { copies });
    navigator.clipboard.writeText = (copied) => Promise.resolve(void copies.push(copied));
  });
  return () =>
    app.page.evaluate(() => (window as unknown as { copies: string[] }).copies.at(-1) ?? '');
}

test('a live stream is measured while it goes on', async ({ app }) => {
  const { server, middle, end } = await pausingServer();
  await app.useEndpoint('pausing', server.baseUrl);
  await app.tab('Latency').click();
  await app.send();
  await app.expectEvents(4);
  await expect(panel(app)).toContainText('2 deltas');
  await expect(panel(app)).toContainText('live');
  await expect(
    phases(app).getByRole('button', { name: /^First reasoning .*, event 2$/ }),
  ).toBeVisible();
  await expect(phases(app).getByText('First text')).toHaveCount(0);

  middle.open();
  await expect(phases(app).getByRole('button', { name: /^First text .*, event 5$/ })).toBeVisible();
  await expect(phases(app).getByRole('listitem').locator('.name')).toHaveText([
    'Connect',
    'Request sent',
    'First byte',
    'First event',
    'First reasoning',
    'First text',
    'Last event',
  ]);
  await expect(panel(app)).toContainText('4 deltas');
  // "Let me" and "Hello there": two tokens each in o200k_base, as in most encodings.
  await expect(panel(app)).toContainText('4 output tokens, estimated (o200k_base)');
  await expect(amounts(app).getByRole('row', { name: /text tokens estimated/ })).toContainText('2');

  end.open();
  await expect(app.status).toHaveText('completed');
  await expect(panel(app)).toContainText('40 output tokens');
  await expect(panel(app)).not.toContainText('estimated');
  await expect(amounts(app).getByRole('row', { name: /reasoning tokens/ })).toContainText('33');
  await expect(panel(app)).not.toContainText('live');
  await expect(phases(app).getByText('End', { exact: true })).toBeVisible();
  await server.close();
});

test('the largest gap leads to its event, and is a stall from a threshold on', async ({ app }) => {
  const { server, middle, end } = await pausingServer();
  await app.useEndpoint('pausing', server.baseUrl);
  await app.tab('Latency').click();
  await app.send();
  await app.expectEvents(4);
  middle.open();
  end.open();
  await app.expectEvents(8);
  // Deltas of one chunk have no time between them: only the pause is a gap.
  const largest = gaps(app).getByRole('button').first();
  await expect(largest).toContainText('#3 → #5');
  await expect(largest).toContainText('1 other event between');
  await expect(panel(app)).toContainText('2 of 4 deltas came in one chunk');
  await app.seekTo(0);
  await largest.click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '5');
  await phases(app)
    .getByRole('button', { name: /^First reasoning/ })
    .press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '2');
  const row = app.page.getByRole('table', { name: 'Gaps' }).getByRole('row', { name: /^deltas/ });
  await row.getByRole('button', { name: /^max of deltas: .*, event 5$/ }).click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '5');

  const threshold = app.page.getByRole('spinbutton', { name: 'Stall from, in milliseconds' });
  await threshold.fill('600000');
  await threshold.press('Enter');
  await expect(panel(app)).toContainText('no stall of 600,000 ms');
  await threshold.fill('1');
  await threshold.press('Enter');
  await expect(panel(app)).toContainText('1 stall');
  await expect(largest).toContainText('stall');
  await expect
    .poll(() => app.page.evaluate(() => window.deltascope.settings.get()))
    .toMatchObject({ value: { stallMs: 1, drawerTab: 'latency' } });
  await app.page.reload();
  await expect(threshold).toHaveValue('1');
  await expect(panel(app)).toContainText('1 stall');
  await server.close();
});

test('a click into a plot goes to the event there', async ({ app }) => {
  const { server, middle, end } = await pausingServer();
  await app.useEndpoint('pausing', server.baseUrl);
  await app.tab('Latency').click();
  await app.send();
  await app.expectEvents(4);
  middle.open();
  end.open();
  await app.expectEvents(8);
  await expect(app.status).toHaveText('completed');
  await expect(panel(app)).toContainText('17 characters');
  await app.seekTo(0);
  const plot = app.page.getByRole('img', { name: /characters in all/ });
  await plot.scrollIntoViewIfNeeded();
  const box = (await plot.boundingBox())!;
  // The right end: after the last delta nothing is nearer.
  await plot.hover({ position: { x: box.width - 22, y: 12 } });
  await expect(plot.locator('..')).toContainText('17 characters with #6');
  await plot.click({ position: { x: box.width - 22, y: 12 } });
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '6');
  await server.close();
});

test('what is copied has the times, as text and as CSV', async ({ app }) => {
  const { server, middle, end } = await pausingServer();
  await app.useEndpoint('pausing', server.baseUrl);
  await app.tab('Latency').click();
  await app.send();
  await app.expectEvents(4);
  middle.open();
  end.open();
  await app.expectEvents(8);
  await expect(panel(app)).toContainText('40 output tokens');
  const copied = await copiesOf(app);
  await app.button('Copy as CSV').click();
  await expect.poll(copied).not.toBe('');
  const lines = (await copied()).split('\r\n');
  expect(lines[0]).toBe('seq,time_us,gap_us,chunk,lane,kind,characters');
  const rows = lines.slice(1, -1).map((line) => line.split(','));
  // seq, lane, kind, characters of each delta.
  expect(rows.map(([seq, , , , ...rest]) => [seq, ...rest])).toEqual([
    ['2', '0/0', 'reasoning_summary', '3'],
    ['3', '0/0', 'reasoning_summary', '3'],
    ['5', '1/0', 'output_text', '5'],
    ['6', '1/0', 'output_text', '6'],
  ]);
  expect(lines.at(-1)).toBe('');
  const [first, , third] = rows.map(([, time, gap]) => ({ time: Number(time), gap }));
  expect(first!.gap).toBe('');
  expect(third!.time).toBeGreaterThan(first!.time);
  expect(Number(third!.gap)).toBe(third!.time - first!.time);

  await app.button('Copy as text').click();
  await expect.poll(copied).toContain('Latency of');
  expect(await copied()).toMatch(/^First text +[\d.]+ +[\d.]+ +#5$/m);
  expect(await copied()).toMatch(/^output tokens \(usage\) +40$/m);
  await server.close();
});

test('a file says that times were not recorded, and shows what needs none', async ({ launch }) => {
  const app = await launch({ files: [personFile] });
  await app.expectEvents(23);
  await app.tab('Latency').click();
  await expect(panel(app).getByRole('note')).toContainText('Arrival times were not recorded');
  await expect(panel(app)).toContainText('15 deltas');
  await expect(panel(app)).toContainText('66 characters');
  // The usage of the recording; with one there is nothing to estimate.
  await expect(panel(app)).toContainText('16 output tokens');
  await expect(panel(app)).not.toContainText('estimated');
  await expect(panel(app)).not.toContainText(/\bms\b/);
  await expect(phases(app)).toHaveCount(0);
  await expect(gaps(app)).toHaveCount(0);
  await expect(panel(app).getByRole('img')).toHaveCount(0);
  const copied = await copiesOf(app);
  await app.button('Copy as CSV').click();
  // The first delta of person.sse is event 4 and brings `{"`.
  await expect.poll(copied).toContain('\r\n4,,,,0/0,output_text,2\r\n');
});

test('the tokenizer is loaded only where tokens are estimated', async ({ app }) => {
  const workers = () => app.page.workers().filter((worker) => worker.url().includes('tokens'));
  await app.tab('Latency').click();
  await expect(panel(app)).toContainText('16 output tokens');
  expect(workers()).toHaveLength(0);
  await app.openCapture('rate-limit.sse');
  await expect(panel(app)).toContainText('4 events');
  expect(workers()).toHaveLength(0);
  const loaded = app.page.waitForEvent('worker', (worker) => worker.url().includes('tokens'));
  await app.page.evaluate(
    (stream) => {
      const data = new DataTransfer();
      data.setData('text/plain', stream);
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
    },
    framesOf([...before, ...after]),
  );
  await loaded;
  await expect(panel(app)).toContainText('4 output tokens, estimated (o200k_base)');
});
