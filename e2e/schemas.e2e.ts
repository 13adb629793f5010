import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, test } from './app.ts';

const list = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Schemas', exact: true });
const entry = (app: DebuggerPage, name: string) =>
  list(app).getByRole('button', { name: new RegExp(`^${name} `) });
const state = (app: DebuggerPage) =>
  app.page.getByRole('status', { name: 'State of the schema', exact: true });
const problems = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Schema problems' });
const rule = (app: DebuggerPage, id: string) =>
  problems(app).getByRole('listitem').filter({ hasText: id });
const name = (app: DebuggerPage) => app.page.getByRole('textbox', { name: 'Schema name' });
const versions = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Versions' });
const notice = (app: DebuggerPage, text: string): Locator => app.page.getByText(text);

const person = `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
    "age": { "type": "integer" }
  },
  "required": ["name", "age"],
  "additionalProperties": false
}
`;
const withPet = person
  .replace('"integer" }', '"integer" },\n    "pet": { "type": "string" }')
  .replace('"age"]', '"age", "pet"]');

/** Makes a schema through the library's own command, and opens it in the view. */
async function newSchema(app: DebuggerPage, called = 'person', text = person): Promise<void> {
  await app.page.evaluate(
    async ([schemaName, schemaText]) => {
      const reply = await window.deltascope.schemas.create({
        name: schemaName!,
        text: schemaText!,
        description: '',
        strict: true,
        kind: 'format',
        source: { kind: 'blank', detail: '' },
        note: 'new',
      });
      if (!reply.ok) throw new Error(reply.message);
    },
    [called, text],
  );
  await app.view('Schemas').click();
  await entry(app, called).click();
  await expect(entry(app, called)).toHaveAttribute('aria-current', 'true');
  await expect(app.editorLines('Schema')).toContainText('"type"');
}

/** The folder of the only schema. */
async function folderOf(app: DebuggerPage): Promise<string> {
  const parent = join(app.dataFolder, 'schemas');
  const [id, ...others] = await readdir(parent);
  expect(others).toEqual([]);
  return join(parent, id!);
}

test('an empty library invites, and what is typed is there at the next start', async ({
  launch,
}) => {
  const app = await launch();
  await app.expectEvents(23);
  await app.page.keyboard.press('ControlOrMeta+3');
  await expect(app.page.getByRole('heading', { name: 'No schemas yet' })).toBeVisible();
  await app.page.getByRole('button', { name: 'New blank schema' }).click();
  await expect(list(app).getByRole('listitem')).toHaveCount(1);
  await app.pasteInEditor('Schema', person);
  await expect(state(app)).toHaveText('edited');
  await app.page.keyboard.press('ControlOrMeta+End');
  await app.page.keyboard.type('not JSON');
  await expect(state(app)).toHaveText('not JSON');
  await expect(app.page.getByRole('tab', { name: /^Problems/ })).toContainText('1');
  for (const [press, why] of [
    ['ControlOrMeta+s', 'A version has to be JSON: line 1'],
    ['ControlOrMeta+Enter', 'A run needs JSON: line 1'],
  ] as const) {
    await app.page.keyboard.press(press);
    await expect(app.page.getByRole('log').filter({ hasText: why })).toBeVisible();
  }
  // At once: nothing waits for the text to be written.
  await app.electron.close();
  const again = await launch({ dataFolder: app.dataFolder });
  await expect(again.editorLines('Schema')).toContainText('not JSON');
  await expect(again.editorLines('Schema')).toContainText('"age"');
  await expect(state(again)).toHaveText('not JSON');
});

test('an object that is left open is found, and its quick fix closes it', async ({ app }) => {
  await newSchema(app);
  await expect(rule(app, 'S27')).toContainText('name, age');
  await expect(rule(app, 'S05')).toHaveCount(0);
  await app.pasteInEditor('Schema', person.replace(',\n  "additionalProperties": false', ''));
  await expect(rule(app, 'S05')).toContainText('The root object');
  await expect(rule(app, 'S05')).toContainText('1:1');
  await expect(entry(app, 'person')).toContainText('1 error');
  await rule(app, 'S05').getByRole('button', { name: 'Add "additionalProperties": false' }).click();
  await expect(rule(app, 'S05')).toHaveCount(0);
  await expect(app.editorLines('Schema')).toContainText('"additionalProperties": false');
  await expect(entry(app, 'person')).not.toContainText('error');
  // Undo belongs to the editor, which has the focus again.
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(rule(app, 'S05')).toHaveCount(1);
});

test('what is wrong in the line of the cursor stands below it, with its fixes', async ({ app }) => {
  await newSchema(app, 'person', person.replace('["name", "age"]', '["name"]'));
  const card = app.editor('Schema').getByText('is not required');
  await expect(card).toBeHidden();
  await expect(problems(app).getByRole('listitem')).not.toHaveCount(0);
  // F8 goes there; the card says it, and no box of the editor with the file's name says it again.
  await app.editorLines('Schema').getByText('"name"').first().click();
  await app.page.keyboard.press('F8');
  await expect(card).toBeVisible();
  await expect(app.editor('Schema').getByText(/\.json/)).toHaveCount(0);
  await app.page.keyboard.press('ControlOrMeta+Home');
  await expect(card).toBeHidden();
  await app.editorLines('Schema').getByText('"age"').click();
  await expect(card).toBeVisible();
  await app.editor('Schema').getByRole('button', { name: 'Make required', exact: true }).click();
  await expect(card).toBeHidden();
  await expect(app.editorLines('Schema')).toContainText('"required": ["name", "age"]');
});

test('versions are saved, compared and restored, and survive a restart', async ({ launch }) => {
  const app = await launch();
  await app.expectEvents(23);
  await newSchema(app);
  await expect(state(app)).toHaveText('saved');
  await app.pasteInEditor('Schema', withPet);
  await expect(state(app)).toHaveText('edited');
  await app.page.keyboard.press('ControlOrMeta+s');
  await expect(notice(app, 'Saved version 2 of person.')).toBeVisible();
  await expect(state(app)).toHaveText('saved');
  await app.page.keyboard.press('ControlOrMeta+s');
  await expect(notice(app, 'It is version 2 already.')).toBeVisible();

  await app.tab('History').click();
  await expect(versions(app).getByRole('listitem')).toHaveText([
    /^v2 ?\+pet.*now/,
    /^v1 ?new.*now/,
  ]);
  await versions(app).getByText('v1').click();
  // Beside each other, or in one where there is less room.
  await expect(app.editor('Text of v1')).not.toContainText('"pet"');
  await expect(app.editor('Text of the text now')).toContainText('"pet"');
  await versions(app).getByRole('button', { name: 'Restore version 1' }).click();
  await expect(notice(app, 'person is version 1 again.')).toBeVisible();
  await app.tab('Schema').click();
  await expect(app.editorLines('Schema')).not.toContainText('"pet"');
  // Taken back by the notice, or by undo in the editor.
  await app.page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.editorLines('Schema')).toContainText('"pet"');
  await expect(state(app)).toHaveText('saved');
  await app.pasteInEditor('Schema', person.replace('integer', 'number'));
  await app.electron.close();

  const again = await launch({ dataFolder: app.dataFolder });
  await expect(again.editorLines('Schema')).toContainText('"number"');
  await expect(state(again)).toHaveText('edited');
  await again.tab('History').click();
  await expect(versions(again).getByRole('listitem')).toHaveCount(2);
  const folder = await folderOf(again);
  expect(await readFile(join(folder, 'versions/1.json'), 'utf8')).toBe(person);
  expect(await readFile(join(folder, 'versions/2.json'), 'utf8')).toBe(withPet);
});

test('undo goes on after a look at another schema', async ({ app }) => {
  await newSchema(app, 'first');
  await newSchema(app, 'second', withPet);
  await entry(app, 'first').click();
  await expect(name(app)).toHaveValue('first');
  await app.pasteInEditor('Schema', '{}');
  await entry(app, 'second').click();
  await expect(app.editorLines('Schema')).toContainText('"pet"');
  await entry(app, 'first').click();
  await expect(app.editorLines('Schema')).toHaveText('{}');
  await app.editorLines('Schema').click();
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(app.editorLines('Schema')).toContainText('"age"');
});

test('a schema is renamed, duplicated, deleted and brought back by keyboard', async ({ app }) => {
  const { keyboard } = app.page;
  await newSchema(app, 'first');
  await newSchema(app, 'second', withPet);
  await entry(app, 'second').focus();
  await keyboard.press('ArrowDown');
  await expect(entry(app, 'first')).toBeFocused();
  await expect(name(app)).toHaveValue('first');
  await keyboard.press('F2');
  await keyboard.type('a person');
  await keyboard.press('Enter');
  await expect(entry(app, 'a person')).toBeFocused();
  await expect(rule(app, 'S26')).toContainText('letters, digits');
  await rule(app, 'S26').getByRole('button', { name: 'Call it a_person' }).focus();
  await keyboard.press('Enter');
  await expect(name(app)).toHaveValue('a_person');
  await expect(rule(app, 'S26')).toHaveCount(0);

  await keyboard.press('ControlOrMeta+k');
  await keyboard.type('duplicate schema');
  await keyboard.press('Enter');
  await expect(name(app)).toHaveValue('a_person_copy');
  await expect(list(app).getByRole('listitem')).toHaveCount(3);
  await entry(app, 'a_person_copy').focus();
  await keyboard.press('Delete');
  await expect(entry(app, 'a_person_copy')).toHaveCount(0);
  await expect(entry(app, 'a_person')).toBeFocused();
  await keyboard.press('ControlOrMeta+z');
  await expect(entry(app, 'a_person_copy')).toHaveAttribute('aria-current', 'true');
  await expect(app.editorLines('Schema')).toContainText('"age"');
});

test('formatting keeps the order of keys', async ({ app }) => {
  await newSchema(
    app,
    'person',
    '{"required":["b"],"type":"object","properties":{"b":{},"a":{"x":[{"y":[1]}]}}}',
  );
  await app.editorLines('Schema').click();
  await app.page.keyboard.press('Shift+Alt+F');
  await expect(app.editorLines('Schema').locator('.view-line').nth(1)).toHaveText(
    /^\s*"required":\s\["b"\],$/,
  );
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(app.editorLines('Schema').locator('.view-line').first()).toContainText(
    '{"required"',
  );
  await app.button('Format').click();
  await expect(app.editorLines('Schema').locator('.view-line').first()).toHaveText('{');
});

test('a file that something else changed is not written over', async ({ app }) => {
  await newSchema(app);
  const folder = await folderOf(app);
  const file = join(folder, 'schema.json');
  await writeFile(file, withPet);
  await app.pasteInEditor('Schema', '{ "mine": true }');
  const alert = app.page.getByRole('alert').filter({ hasText: 'changed outside' });
  await expect(alert).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe(withPet);
  await alert.getByRole('button', { name: 'Take the file’s text' }).click();
  await expect(app.editorLines('Schema')).toContainText('"pet"');
  // What was typed meanwhile was a draft; that is gone.
  await expect.poll(() => readdir(folder)).not.toContain('draft.txt');
  await writeFile(file, person);
  await app.pasteInEditor('Schema', '{ "mine": true }');
  await alert.getByRole('button', { name: 'Keep this text' }).click();
  await expect.poll(() => readFile(file, 'utf8')).toBe('{ "mine": true }');
});

test('a schema goes into the request, and the one of the request into the library', async ({
  app,
}) => {
  await newSchema(app, 'owner', withPet);
  await app.button('Use in request').click();
  await expect(app.view('Compose')).toHaveAttribute('aria-current', 'page');
  await expect(name(app)).toHaveValue('owner');
  await expect(app.editorLines('Request body')).toContainText('"pet"');
  // The same schema is no second one.
  await app.button('Open in Schemas').click();
  await expect(app.view('Schemas')).toHaveAttribute('aria-current', 'page');
  await expect(list(app).getByRole('listitem')).toHaveCount(1);
  await app.view('Compose').click();
  await name(app).fill('other');
  await app.button('Open in Schemas').click();
  await expect(list(app).getByRole('listitem')).toHaveCount(2);
  await expect(name(app)).toHaveValue('other');
  await expect(app.editorLines('Schema')).toContainText('"pet"');
});
