import { type DebuggerPage, expect, personBytes, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

/** The frames of person.sse with their blank lines; event 12 brings the age, `30`. */
async function personFrames(): Promise<string[]> {
  return (await personBytes()).toString().split(/(?<=\n\n)/);
}

/** A stream of its schema, with other deltas. */
async function personWith(deltas: readonly string[]): Promise<string[]> {
  const frames = await personFrames();
  const [before, after] = [frames.slice(0, 4), frames.slice(-1)];
  const template = frames.find((frame) => frame.includes('"response.output_text.delta"'))!;
  const withDelta = (delta: string) =>
    template.replace(/"delta":"(?:[^"\\]|\\.)*"/, () => `"delta":${JSON.stringify(delta)}`);
  const text = deltas.join('');
  // The last event repeats the output, with its text as a JSON string.
  const done = after.map((frame) =>
    frame.replace(/"text":"\{(?:[^"\\]|\\.)*"/, () => `"text":${JSON.stringify(text)}`),
  );
  return [...before, ...deltas.map(withDelta), ...done];
}

const verdict = (app: DebuggerPage, text: RegExp | string) =>
  app.page.locator('footer .verdict').filter({ hasText: text });

async function serve(app: DebuggerPage, frames: readonly string[], held?: Promise<void>, at = 0) {
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    if (held) {
      await write(response, frames.slice(0, at).join(''));
      await held;
    }
    await write(response, frames.slice(at && held ? at : 0).join(''));
    response.end();
  });
  await app.useEndpoint('schemas', server.baseUrl);
  await app.send();
  return server;
}

test('person.sse is valid, and valid so far before its end', async ({ app }) => {
  await app.seekTo(22);
  await expect(verdict(app, /: valid$/)).toBeVisible();
  await app.seekTo(12);
  await expect(verdict(app, 'valid so far')).toBeVisible();
  await expect(app.output.locator('.fault')).toHaveCount(0);
});

test('an age that is a string is invalid from the event that shows it', async ({ app }) => {
  // Events 4 to 8: the quote that begins the string comes with event 6.
  const server = await serve(
    app,
    await personWith(['{"name":"Ann",', '"age":', '"thirty', '","occupation":', '"Baker"}']),
  );
  await expect(app.status).toHaveText('completed');
  const chip = app.button('person: invalid at /age (event 6)');
  await expect(chip).toBeVisible();
  await expect(chip).toHaveAttribute(
    'title',
    /must be integer, is string|must be number, is string/,
  );
  await expect(app.row(6)).toHaveAttribute('aria-description', /\/age must be/);
  await expect(app.output.locator('.fault')).toHaveText('"thirty"');
  const fields = app.page.getByRole('table', { name: 'Fields' });
  await expect(fields.locator('.fault')).toHaveText('/age');
  await app.page.getByRole('radio', { name: 'Tree' }).click();
  await expect(app.output.getByRole('treeitem').filter({ hasText: 'age' }).last()).toHaveAttribute(
    'aria-description',
    /must be/,
  );
  await chip.click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '6');
  await app.seekTo(5);
  await expect(verdict(app, 'valid so far')).toBeVisible();
  await expect(app.output.locator('.fault')).toHaveCount(0);
  await server.close();
});

test('valid so far while it streams, and truncated where it ends too early', async ({ app }) => {
  const frames = await personFrames();
  const half = gate();
  const server = await serve(app, frames.slice(0, 13), half.opened, 9);
  await app.expectEvents(9);
  await expect(verdict(app, 'valid so far')).toBeVisible();
  half.open();
  await app.expectEvents(13);
  await expect(verdict(app, /: truncated$/)).toBeVisible();
  await server.close();
});

/** A stream of one call of a function whose second argument is wrong. */
function callFrames(): string[] {
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer', maximum: 9 } },
    required: ['city', 'days'],
    additionalProperties: false,
  };
  const tools = [{ type: 'function', name: 'get_weather', strict: true, parameters }];
  const item = { id: 'fc_1', type: 'function_call', name: 'get_weather', arguments: '' };
  const at = { item_id: 'fc_1', output_index: 0 };
  const deltas = ['{"city":"Oslo"', ',"days":', '12', ',"un', 'it":"C"}'];
  const events: { type: string }[] = [
    { type: 'response.created', ...{ response: { status: 'in_progress', output: [], tools } } },
    { type: 'response.output_item.added', ...{ output_index: 0, item } },
    ...deltas.map((delta) => ({
      type: 'response.function_call_arguments.delta',
      ...at,
      delta,
    })),
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

test('the arguments of a function are held against its parameters', async ({ app }) => {
  // Events 2 to 6: the comma that ends the number comes with event 5, the key that must not be with 6.
  const server = await serve(app, callFrames());
  await app.expectEvents(7);
  const chip = app.button('get_weather: invalid at /days (event 5)');
  await expect(chip).toBeVisible();
  await expect(chip).toHaveAttribute('title', /\/days must be at most 9/);
  await expect(app.row(5)).toHaveAttribute('aria-description', /Invalid by get_weather/);
  await expect(app.output.locator('.fault')).toHaveText(['12', '"C"']);
  await app.seekTo(4);
  await expect(verdict(app, 'get_weather: valid so far')).toBeVisible();
  await app.filter.fill('invalid');
  await app.expectEvents(1);
  await expect(app.row(5)).toBeVisible();
  await server.close();
});

test('prose is not JSON, and a refusal is a refusal', async ({ app }) => {
  const server = await serve(app, (await personWith(['Sure! ', 'Here it is'])).slice(0, 6));
  await expect(verdict(app, ': not JSON')).toBeVisible();
  await server.close();
  const frames = await personFrames();
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  const refusal = { type: 'response.refusal.delta', ...at, delta: "I can't help with that." };
  const refusing = await serve(app, [frames[0]!, `data: ${JSON.stringify(refusal)}\n\n`]);
  await expect(verdict(app, ': refusal')).toBeVisible();
  await refusing.close();
});

test('a pattern without end is stopped, and what waited is judged', async ({ app }) => {
  const replies = await app.page.evaluate(() => {
    const judge = (schema: unknown, value: unknown) =>
      window.deltascope.schemas.validate({
        schema: JSON.stringify(schema),
        text: JSON.stringify(value),
      });
    return Promise.all([
      judge({ pattern: '^(a+)+$' }, `${'a'.repeat(60)}!`),
      judge({ type: 'string', format: 'date' }, '2023-02-29'),
    ]);
  });
  expect(replies).toMatchObject([
    { ok: false, code: 'schema-slow' },
    { ok: true, value: { valid: false, errors: [{ schemaPath: '#/format' }] } },
  ]);
});

test('a text without a schema has no verdict of one', async ({ app }) => {
  await app.openCapture('web-search.sse');
  await expect(app.output).not.toBeEmpty();
  await expect(verdict(app, /valid|truncated|not JSON/)).toHaveCount(0);
});
