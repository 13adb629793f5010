import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebuggerPage, expect, personBytes, test } from './app.ts';

const list = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Schemas', exact: true });
const dialog = (app: DebuggerPage) => app.page.getByRole('dialog', { name: 'New schema' });
const preview = (app: DebuggerPage) => app.page.getByRole('region', { name: 'Schema to come' });
const strictMode = (app: DebuggerPage) => app.page.getByRole('status', { name: 'Strict mode' });
const remarks = (app: DebuggerPage) => dialog(app).getByRole('list', { name: 'Remarks' });
const option = (app: DebuggerPage, name: string | RegExp) =>
  dialog(app).getByRole('option', { name });

async function openDialog(app: DebuggerPage, way: string): Promise<void> {
  await app.page.keyboard.press('ControlOrMeta+3');
  await app.page.keyboard.press('ControlOrMeta+n');
  await dialog(app).getByRole('tab', { name: way }).click();
}
async function giveFile(app: DebuggerPage, name: string, text: string): Promise<void> {
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
  await dialog(app).getByLabel('File', { exact: true }).setInputFiles(file);
}
/** Creates what the dialog shows, and waits for the editor. */
async function create(app: DebuggerPage): Promise<void> {
  await app.page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog(app)).toHaveCount(0);
  await expect(app.editor('Schema')).toBeVisible();
}

/** What the library keeps of its schemas. */
async function library(app: DebuggerPage): Promise<{ text: string; about: About }[]> {
  const folder = join(app.dataFolder, 'schemas');
  const ids = await readdir(folder);
  return Promise.all(
    ids.map(async (id) => ({
      text: await readFile(join(folder, id, 'schema.json'), 'utf8'),
      about: JSON.parse(await readFile(join(folder, id, 'about.json'), 'utf8')) as About,
    })),
  );
}
interface About {
  name: string;
  kind: string;
  strict: boolean;
  source: { kind: string; detail: string; capture?: { id: string; pointer: string } };
}

/** What the recording's first event says that was asked for. */
async function personSchema(): Promise<unknown> {
  const [, data] = /^data: (.*)$/m.exec((await personBytes()).toString())!;
  const { response } = JSON.parse(data!) as {
    response: { text: { format: { schema: unknown } } };
  };
  return response.text.format.schema;
}

test('Edit schema opens the very schema of the capture, and later the same entry', async ({
  app,
}) => {
  await app.button('Edit schema').click();
  await expect(app.page.getByRole('textbox', { name: 'Schema name' })).toHaveValue('person');
  await expect(app.editorLines('Schema')).toContainText('"occupation"');
  const [only] = await library(app);
  // Key by key, in their order.
  expect(JSON.stringify(JSON.parse(only!.text))).toBe(JSON.stringify(await personSchema()));
  expect(only!.about).toMatchObject({
    name: 'person',
    kind: 'format',
    strict: true,
    source: {
      kind: 'capture',
      detail: 'person.sse',
      capture: { pointer: '/response/text/format/schema' },
    },
  });
  await app.page.keyboard.press('ControlOrMeta+1');
  await app.button('Edit schema').click();
  await expect(app.editor('Schema')).toBeVisible();
  await expect(list(app).getByRole('listitem')).toHaveCount(1);
});

test('a capture with several functions asks which one', async ({ app }) => {
  await app.openCapture('function-calls.sse');
  await app.expectEvents(11);
  await app.seekTo(10);
  await app.button('Edit schema').click();
  const menu = app.page.getByRole('menu', { name: 'Edit schema' });
  await expect(menu.getByRole('menuitem')).toHaveText(['add (function)', 'multiply (function)']);
  await menu.getByRole('menuitem', { name: 'multiply' }).click();
  await expect(app.page.getByRole('textbox', { name: 'Schema name' })).toHaveValue('multiply');
  await expect(app.page.getByRole('combobox', { name: 'Kind' })).toHaveValue('tool');
  await expect(app.button('strict')).toHaveAttribute('aria-pressed', 'false');
});

test('the menu of a capture opens its schema, or says that there is none', async ({ app }) => {
  const item = async (name: string) => {
    await app.page.keyboard.press('ControlOrMeta+1');
    await app.captures.getByText(name, { exact: true }).click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: 'Edit its schema' }).click();
  };
  await item('incomplete.sse');
  await expect(app.page.getByText('No schema was sent with it')).toBeVisible();
  await item('function-calls.sse');
  await expect(option(app, /multiply/)).toBeVisible();
  await option(app, /multiply/).click();
  await expect(preview(app)).toContainText('"first number"');
  await create(app);
  await expect(app.page.getByRole('textbox', { name: 'Schema name' })).toHaveValue('multiply');
  expect((await library(app))[0]!.about).toMatchObject({
    kind: 'tool',
    strict: false,
    source: { kind: 'capture', detail: 'function-calls.sse' },
  });
});

test('a template, by the keyboard alone', async ({ app }) => {
  await app.page.keyboard.press('ControlOrMeta+3');
  await app.page.keyboard.press('ControlOrMeta+n');
  await expect(dialog(app).getByRole('tab', { name: 'Template' })).toBeFocused();
  await expect(strictMode(app)).toHaveText('keeps to strict mode');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('ArrowDown');
  await expect(option(app, /^Facts with citations/)).toHaveAttribute('aria-selected', 'true');
  await expect(preview(app)).toContainText('"quote"');
  await app.page.keyboard.press('Enter');
  await expect(dialog(app)).toHaveCount(0);
  await expect(app.page.getByRole('textbox', { name: 'Schema name' })).toHaveValue('facts');
  await app.page.keyboard.press('ControlOrMeta+n');
  await app.page.keyboard.press('Escape');
  await expect(dialog(app)).toHaveCount(0);
  await expect(list(app).getByRole('listitem')).toHaveCount(1);
});

test('examples: what they share, what is missing, where they go wrong', async ({ app }) => {
  await openDialog(app, 'From example JSON');
  const examples = app.page.getByRole('textbox', { name: 'Example JSON' });
  await examples.fill('{"z": 1, "a": "2024-02-29", "tags": []}\n{"z": 2.5, "tags": [],}');
  await expect(dialog(app).getByRole('alert')).toContainText('2:23');
  await dialog(app).getByRole('button', { name: '2:23' }).click();
  await expect(examples).toBeFocused();
  expect(
    await examples.evaluate((field: HTMLTextAreaElement) =>
      field.value.slice(field.selectionStart, field.selectionEnd),
    ),
  ).toBe('}');
  await examples.fill('{"z": 1, "a": "2024-02-29", "tags": []}\n{"z": 2.5, "tags": []}');
  await expect(dialog(app).getByRole('alert')).toHaveCount(0);
  await expect(strictMode(app)).toHaveText('keeps to strict mode');
  await expect(remarks(app)).toContainText('/a Missing in 1 of 2');
  await expect(remarks(app)).toContainText('/tags It is empty in all examples');
  await app.page.getByRole('textbox', { name: 'Name of the new schema' }).fill('row');
  await create(app);
  const [made] = await library(app);
  expect(made!.about).toMatchObject({ name: 'row', source: { kind: 'example' } });
  expect(JSON.stringify(JSON.parse(made!.text))).toBe(
    JSON.stringify({
      type: 'object',
      properties: {
        z: { type: 'number' },
        a: { type: ['string', 'null'], format: 'date' },
        tags: { type: 'array', items: { type: 'string' } },
      },
      required: ['z', 'a', 'tags'],
      additionalProperties: false,
    }),
  );
});

test('a file: a request, a broken schema, data', async ({ app }) => {
  await openDialog(app, 'From a file');
  const body = {
    text: {
      format: { type: 'json_schema', name: 'one', strict: true, schema: { type: 'object' } },
    },
    tools: [{ type: 'function', name: 'two', parameters: { type: 'object', properties: {} } }],
  };
  await giveFile(app, 'request.json', JSON.stringify(body));
  await expect(dialog(app)).toContainText('Taken out of a request or a response.');
  await option(app, /^two/).click();
  await expect(app.page.getByRole('textbox', { name: 'Name of the new schema' })).toHaveValue(
    'two',
  );

  await giveFile(app, 'people.json', '[{"name":"Ann"},{"name":"Bob","age":3}]');
  await expect(dialog(app)).toContainText('it looks like data');
  await app.button('Infer a schema from it').click();
  await expect(dialog(app).getByRole('tab', { name: 'From example JSON' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(preview(app)).toContainText('"age"');
  await expect(dialog(app)).toContainText('2 examples');

  await dialog(app).getByRole('tab', { name: 'From a file' }).click();
  await giveFile(app, 'my schema.json', '{\n  "type": "object",\n  "properties": {,}\n}');
  await expect(dialog(app).getByRole('alert')).toContainText('3:18');
  await expect(strictMode(app)).toHaveText('no JSON at 3:18');
  await create(app);
  await expect(app.page.getByRole('textbox', { name: 'Schema name' })).toHaveValue('my_schema');
  await expect(app.editorLines('Schema')).toContainText('"properties": {,}');
});

test('a text pasted over the dialog goes into it, wherever the selection is', async ({ app }) => {
  await openDialog(app, 'From a file');
  await app.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = { clipboardData: data, bubbles: true, cancelable: true };
    // The browser sends it to where something was selected last, which is beneath the dialog.
    document.body.dispatchEvent(new ClipboardEvent('paste', event));
  }, '{"title":"pet","type":"object","properties":{"paws":{"type":"integer"}}}');
  await expect(preview(app)).toContainText('"paws"');
  await create(app);
  await expect(app.editorLines('Schema')).toContainText('"paws"');
  await app.view('Captures').click();
  await expect(app.captures.getByText('person.sse')).toBeVisible();
  await expect(app.captures.getByText('pasted stream')).toHaveCount(0);
});

test('what was typed into the dialog is there until a schema is made of it', async ({ app }) => {
  await openDialog(app, 'From example JSON');
  const examples = app.page.getByRole('textbox', { name: 'Example JSON' });
  await examples.fill('{"kept": 1}');
  await expect(preview(app)).toContainText('"kept"');
  await app.page.keyboard.press('Escape');
  await expect(dialog(app)).toHaveCount(0);
  await app.page.keyboard.press('ControlOrMeta+n');
  await expect(examples).toHaveValue('{"kept": 1}');
  await expect(preview(app)).toContainText('"kept"');
  await create(app);
  await app.page.keyboard.press('ControlOrMeta+n');
  await expect(dialog(app).getByRole('tab', { name: 'Template' })).toBeFocused();
  await dialog(app).getByRole('tab', { name: 'From example JSON' }).click();
  await expect(examples).toHaveValue('');
});

const PETS = `openapi: 3.0.3
info: { title: Pets, version: '1' }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, example: Rex }
        weight: { type: number, nullable: true }
        owner: { $ref: '#/components/schemas/Owner' }
        vet: { $ref: 'vets.yaml#/Vet' }
    Owner: { type: object, properties: { name: { type: string } } }
`;

test('OpenAPI in YAML, which may be pasted; what it can not bring is named', async ({ app }) => {
  await openDialog(app, 'From OpenAPI');
  await giveFile(app, 'broken.yaml', 'openapi: 3.0.3\ninfo: [a, b\nx: }');
  await expect(dialog(app).getByRole('alert')).toContainText('3:');
  // Pasted where no field takes it, be it into another way: what it is decides.
  await dialog(app).getByRole('tab', { name: 'From a file' }).click();
  await app.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = { clipboardData: data, bubbles: true, cancelable: true };
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', event));
  }, PETS);
  await expect(option(app, /^Pet/)).toContainText('4 properties');
  await expect(remarks(app)).toContainText('nothing is fetched: vets.yaml#/Vet');
  const fix = dialog(app).getByRole('checkbox', { name: /^Fix \d+$/ });
  await expect(fix).toBeChecked();
  await fix.uncheck();
  await expect(strictMode(app)).toContainText('errors');
  await dialog(app).getByRole('searchbox', { name: 'Find a schema of the API' }).fill('own');
  await expect(dialog(app).getByRole('option')).toHaveCount(1);
  await option(app, /^Owner/).click();
  await fix.check();
  await expect(strictMode(app)).toHaveText('keeps to strict mode');
  await create(app);
  const [made] = await library(app);
  expect(made!.about).toMatchObject({
    name: 'Owner',
    source: { kind: 'openapi', detail: 'pasted text: Owner' },
  });
  expect(JSON.parse(made!.text)).toEqual({
    type: 'object',
    properties: { name: { type: ['string', 'null'] } },
    required: ['name'],
    additionalProperties: false,
  });
});
