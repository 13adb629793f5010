import { type DebuggerPage, expect, personBytes, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

const BODY = 'Request body';

const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const request = {
  model: 'model-of-the-test',
  instructions: 'Be brief.',
  input: 'Where is it?',
  text: { format: { type: 'json_schema', name: 'place', strict: true, schema } },
};

async function openCompose(app: DebuggerPage): Promise<void> {
  await app.view('Compose').click();
  await expect(app.editorLines(BODY)).toContainText('"model"');
}
const field = (app: DebuggerPage, name: string) => app.page.getByLabel(name, { exact: true });
const model = (app: DebuggerPage) => app.page.getByRole('combobox', { name: 'Model' });

test('what is written in the fields stands in the body', async ({ app }) => {
  await openCompose(app);
  await field(app, 'Instructions').fill('Say "no".');
  await expect(app.editorLines(BODY)).toContainText('"instructions": "Say \\"no\\"."');
  await field(app, 'Input').fill('One\nTwo');
  await expect(app.editorLines(BODY)).toContainText('"input": "One\\nTwo"');
  await model(app).fill('some-model');
  await model(app).press('Tab');
  await expect(app.editorLines(BODY)).toContainText('"model": "some-model"');
  await app.pasteInEditor('Schema', '{"type":"object","title":"Sparrow"}');
  await expect(app.editorLines(BODY)).toContainText('"Sparrow"');
  // Without instructions there is no such member, not an empty one.
  await field(app, 'Instructions').fill('');
  await expect(app.editorLines(BODY)).not.toContainText('instructions');
});

test('what is written in the body stands in the fields', async ({ app }) => {
  await openCompose(app);
  await app.pasteInEditor(BODY, JSON.stringify(request));
  await expect(field(app, 'Instructions')).toHaveValue('Be brief.');
  await expect(field(app, 'Input')).toHaveValue('Where is it?');
  await expect(model(app)).toHaveValue('model-of-the-test');
  await expect(app.editorLines('Schema')).toContainText('"city"');
  await expect(app.editorLines('Schema')).not.toContainText('occupation');
  await expect(app.page.getByRole('textbox', { name: 'Schema name' })).toHaveValue('place');
  // An input that is a list is no text of a field.
  const items = [{ role: 'user', content: 'Hello' }];
  await app.pasteInEditor(BODY, JSON.stringify({ ...request, input: items }));
  await expect(app.page.getByText('The input is a list of 1 item')).toBeVisible();
});

test('a body that is no JSON says where, is kept and not sent', async ({ app }) => {
  await openCompose(app);
  await app.pasteInEditor(BODY, '{\n"model": "m",\n"input": ?\n}');
  const fault = app.page.getByRole('button', { name: 'Not JSON yet' });
  await expect(fault).toHaveAttribute('title', 'Go to line 3, column 10');
  await expect(app.button('Send')).toBeDisabled();
  await expect(app.button('Send')).toHaveAttribute('title', /line 3, column 10/);
  await expect(field(app, 'Input')).not.toBeEditable();
  await app.view('Captures').click();
  await app.view('Compose').click();
  await expect(app.editorLines(BODY)).toContainText('"input": ?');
  await fault.click();
  await app.page.keyboard.press('Delete');
  await app.page.keyboard.type('"mended"');
  await expect(fault).toBeHidden();
  await expect(app.button('Send')).toBeEnabled();
  await expect(field(app, 'Input')).toHaveValue('mended');
});

test('Ctrl+Enter in the editor sends the body; its text shows while it comes', async ({ app }) => {
  const frames = (await personBytes()).toString().split(/(?<=\n\n)/);
  const half = gate();
  const received: { method: string; url: string; type: string; body: unknown }[] = [];
  const server = await streamServer(
    async ({ request: { method, url, headers }, body, response }) => {
      received.push({
        method: method!,
        url: url!,
        type: headers['content-type']!,
        body: JSON.parse(body),
      });
      beginStream(response);
      await write(response, frames.slice(0, 9).join(''));
      await half.opened;
      response.end(frames.slice(9).join(''));
    },
  );
  await app.useEndpoint('held', server.baseUrl);
  await openCompose(app);
  await app.pasteInEditor(BODY, JSON.stringify(request));
  await app.page.keyboard.press('ControlOrMeta+Enter');
  const strip = app.page.getByRole('region', { name: 'Stream' });
  const text = strip.getByRole('log', { name: 'Output as it arrives' });
  // Up to event 8, which brings " Johnson".
  await expect(text).toHaveText('{"name":"Alice Johnson');
  await expect(app.status).toHaveText('streaming');
  expect(received).toEqual([
    {
      method: 'POST',
      url: '/v1/responses',
      type: expect.stringMatching(/^application\/json\b/),
      body: { ...request, stream: true },
    },
  ]);
  half.open();
  await expect(app.status).toHaveText('completed');
  await expect(text).toHaveText(
    '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}',
  );
  await strip.getByRole('button', { name: 'Open in Captures' }).click();
  await app.expectEvents(23);
  await expect(app.view('Captures')).toHaveAttribute('aria-current', /.+/);
  await server.close();
});

test('Ctrl+Enter in the Model box sends the model that shows', async ({ app }) => {
  const models: string[] = [];
  const server = await streamServer(({ body, response }) => {
    models.push((JSON.parse(body) as { model: string }).model);
    beginStream(response);
    response.end('data: {"type":"response.created","response":{"output":[]}}\n\n');
  });
  await app.useEndpoint('asked', server.baseUrl);
  await model(app).fill('');
  await model(app).pressSequentially('just-typed');
  await app.page.keyboard.press('ControlOrMeta+Enter');
  await app.expectEvents(1);
  expect(models).toEqual(['just-typed']);
  await server.close();
});

test('the draft is there again at the next start', async ({ launch }) => {
  const first = await launch();
  await openCompose(first);
  await first.pasteInEditor(BODY, '{"model": "kept", "input": ');
  await expect(first.button('Send')).toBeDisabled();
  await first.electron.close();
  const second = await launch({ dataFolder: first.dataFolder });
  await expect(second.editorLines(BODY)).toContainText('{"model": "kept", "input":');
  await expect(second.button('Send')).toBeDisabled();
});

test('a double click on Send makes one request', async ({ app }) => {
  let requests = 0;
  const server = await streamServer(({ response }) => {
    requests++;
    beginStream(response);
    response.end('data: {"type":"response.created","response":{"output":[]}}\n\n');
  });
  await app.useEndpoint('counting', server.baseUrl);
  const before = await app.captures.getByRole('listitem').count();
  await app.button('Send').dblclick();
  await app.expectEvents(1);
  await expect(app.captures.getByRole('listitem')).toHaveCount(before + 1);
  expect(requests).toBe(1);
  await server.close();
});

test('each API has its own draft, and answers of each show their texts', async ({ app }) => {
  const choose = (name: string) =>
    app.page.getByRole('combobox', { name: 'Endpoint' }).selectOption(name);
  await app.page.evaluate(() => window.deltascope.replayServer.setSpeed({ speed: 'instant' }));
  await openCompose(app);
  await choose('Built-in chat');
  await expect(app.page.getByText(/\/v1\/chat\/completions$/)).toBeVisible();
  await field(app, 'Instructions').fill('Say Ahoy.');
  await expect(app.editorLines(BODY)).toContainText('"content": "Say Ahoy."');
  await app.button('Ask for them').click();
  await expect(app.editorLines(BODY)).toContainText('stream_options');
  await expect(app.button('Ask for them')).toBeHidden();
  await app.send();
  await expect(app.status).toHaveText('completed');
  const log = app.page.getByRole('log', { name: 'Output as it arrives' });
  // Made from the schema of the first request.
  await expect(log).toContainText('"occupation"');

  await choose('Built-in messages');
  await expect(field(app, 'Instructions')).not.toHaveValue('Say Ahoy.');
  await expect(app.editorLines(BODY)).toContainText('"max_tokens": 1024');
  await model(app).fill('example/messages-thinking');
  await app.send();
  await expect(log).toContainText('The question is asking about "the meaning of life');
  await expect(log).toContainText('in pop culture.');
  await choose('Built-in chat');
  await expect(field(app, 'Instructions')).toHaveValue('Say Ahoy.');
  await app.view('Captures').click();
  await app.expectEvents(47);
  await expect(app.output).toContainText('in pop culture.');
  await app.tab('Snapshot').click();
  await expect(app.snapshot).toContainText('end_turn');
});
