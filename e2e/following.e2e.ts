import { setInterval as every } from 'node:timers/promises';
import { type DebuggerPage, expect, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

/** The frames of a response that writes a text, one after the other as they are asked for. */
class LongStream {
  sent = 0;
  text = '';
  readonly #item = { item_id: 'msg_1', output_index: 0, content_index: 0 };

  #frame(type: string, members: object): string {
    const data = JSON.stringify({ type, sequence_number: this.sent++, ...members });
    return `event: ${type}\ndata: ${data}\n\n`;
  }
  #response(status: string, facts = {}): object {
    // Whatever was asked for: the text is none that a schema is about.
    const text = { format: { type: 'text' } };
    return { response: { id: 'resp_1', object: 'response', status, output: [], text, ...facts } };
  }
  #part(text: string): object {
    return { type: 'output_text', text, annotations: [] };
  }

  /** The four frames before the first text. */
  begin(): string {
    const item = { id: 'msg_1', type: 'message', role: 'assistant', content: [] };
    const part = this.#part('');
    return [
      this.#frame('response.created', this.#response('in_progress')),
      this.#frame('response.in_progress', this.#response('in_progress')),
      this.#frame('response.output_item.added', { output_index: 0, item }),
      this.#frame('response.content_part.added', { ...this.#item, part }),
    ].join('');
  }
  /** Deltas, each with the number that it has in the stream. */
  deltas(count: number): string {
    let frames = '';
    for (let at = 0; at < count; at++) {
      const delta = `${this.sent} `;
      this.text += delta;
      frames += this.#frame('response.output_text.delta', { ...this.#item, delta });
    }
    return frames;
  }
  /** The four frames after the last text. */
  end(): string {
    const part = this.#part(this.text);
    const item = { id: 'msg_1', type: 'message', role: 'assistant', content: [part] };
    const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };
    return [
      this.#frame('response.output_text.done', { ...this.#item, text: this.text }),
      this.#frame('response.content_part.done', { ...this.#item, part }),
      this.#frame('response.output_item.done', { output_index: 0, item }),
      this.#frame('response.completed', this.#response('completed', { output: [item], usage })),
    ].join('');
  }
}

const scrollTop = (app: DebuggerPage) => app.events.evaluate((grid) => grid.scrollTop);

test('the list keeps to its end until someone scrolls up', async ({ app }) => {
  const stream = new LongStream();
  const steps = [gate(), gate(), gate(), gate()];
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, stream.begin() + stream.deltas(196));
    for (const step of steps) {
      await step.opened;
      await write(response, stream.deltas(100));
    }
  });
  await app.useEndpoint('long', server.baseUrl);
  await app.send();
  await app.expectEvents(200);
  const newest = app.button('Jump to newest');
  await expect(app.row(199)).toBeInViewport();
  steps[0]!.open();
  await app.expectEvents(300);
  await expect(app.row(299)).toBeInViewport();
  await expect(newest).toBeHidden();

  await app.events.hover();
  await app.page.mouse.wheel(0, -1500);
  await expect(newest).toBeVisible();
  await expect(app.row(299)).not.toBeInViewport();
  const place = await settled(app);
  const first = await app.rows.first().getAttribute('data-seq');
  steps[1]!.open();
  await app.expectEvents(400);
  expect(await scrollTop(app)).toBe(place);
  await expect(app.rows.first()).toHaveAttribute('data-seq', first!);
  await expect(newest).toBeVisible();
  // What is looked at is still the newest: only the list was scrolled.
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '399');

  await newest.click();
  await expect(app.row(399)).toBeInViewport();
  await expect(newest).toBeHidden();
  steps[2]!.open();
  await app.expectEvents(500);
  await expect(app.row(499)).toBeInViewport();

  // Looking at an event stops it as well.
  await app.seekTo(10);
  await expect(app.row(10)).toBeInViewport();
  steps[3]!.open();
  await app.expectEvents(600);
  await expect(app.row(10)).toBeInViewport();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '10');
  await expect(newest).toBeVisible();
  await server.close();
});

/** Where the list is once a wheel's smooth scrolling has come to rest. */
async function settled(app: DebuggerPage): Promise<number> {
  return app.events.evaluate(
    (grid) =>
      new Promise<number>((resolve) => {
        let last = -1;
        let frames = 0;
        const look = () => {
          frames = grid.scrollTop === last ? frames + 1 : 0;
          last = grid.scrollTop;
          if (frames > 10) resolve(last);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

test('scrolling back down to the end follows again', async ({ app }) => {
  const stream = new LongStream();
  const more = gate();
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, stream.begin() + stream.deltas(296));
    await more.opened;
    await write(response, stream.deltas(100));
  });
  await app.useEndpoint('long', server.baseUrl);
  await app.send();
  await app.expectEvents(300);
  await app.events.hover();
  await app.page.mouse.wheel(0, -500);
  await expect(app.button('Jump to newest')).toBeVisible();
  await app.page.mouse.wheel(0, 5000);
  await expect(app.button('Jump to newest')).toBeHidden();
  more.open();
  await app.expectEvents(400);
  await expect(app.row(399)).toBeInViewport();
  await server.close();
});

for (const { query, of } of [
  { query: 'type:*.delta', of: 'the type' },
  { query: '"sequence_number"', of: 'the data' },
])
  test(`a filter by ${of} goes on with a live stream`, async ({ app }) => {
    const stream = new LongStream();
    const steps = [gate(), gate()];
    const server = await streamServer(async ({ response }) => {
      beginStream(response);
      await write(response, stream.begin() + stream.deltas(50));
      await steps[0]!.opened;
      await write(response, stream.deltas(70));
      await steps[1]!.opened;
      response.end(stream.end());
    });
    await app.useEndpoint('filtered', server.baseUrl);
    await app.send();
    await app.expectEvents(54);
    await app.filter.fill(query);
    // All have the number in their data; four are no deltas, and four more at the end.
    const others = query.startsWith('type') ? 0 : 4;
    await app.expectEvents(50 + others);
    steps[0]!.open();
    await app.expectEvents(120 + others);
    await expect(app.row(123)).toBeInViewport();
    await expect(app.row(123)).toHaveAttribute('aria-rowindex', String(120 + others));
    steps[1]!.open();
    await expect(app.status).toHaveText('completed');
    await app.expectEvents(query.startsWith('type') ? 120 : 128);
    await app.button('Clear the filter').click();
    await app.expectEvents(128);
    await server.close();
  });

test('a reload while events keep coming loses none and doubles none', async ({ app }) => {
  const stream = new LongStream();
  const enough = gate();
  let isEnough = false;
  void enough.opened.then(() => (isEnough = true));
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, stream.begin());
    // The rhythm of the server: it never waits for the page.
    for await (const _ of every(2)) {
      await write(response, stream.deltas(2));
      if (isEnough) break;
    }
    response.end(stream.end());
  });
  await app.useEndpoint('busy', server.baseUrl);
  await app.send();
  await expect
    .poll(async () => Number(await app.events.getAttribute('aria-rowcount')))
    .toBeGreaterThan(100);
  const before = stream.sent;
  await app.page.reload();
  await expect(app.status).toHaveText('streaming');
  const meanwhile = stream.sent;
  expect(meanwhile).toBeGreaterThan(before);
  await expect
    .poll(async () => Number(await app.events.getAttribute('aria-rowcount')))
    .toBeGreaterThan(meanwhile);
  enough.open();
  await expect(app.status).toHaveText('completed');
  await app.expectEvents(stream.sent);
  await app.page.getByRole('radio', { name: 'Text' }).click();
  // Each delta writes its own number: in this text one that is missing, doubled or moved would show.
  expect((await app.output.innerText()).trim()).toBe(stream.text.trim());
  await expect(app.page.getByText('no problems', { exact: true })).toBeVisible();
  await server.close();
});
