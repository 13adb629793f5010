import { type DebuggerPage, expect, test } from './app.ts';

const list = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Schemas', exact: true });
const state = (app: DebuggerPage) =>
  app.page.getByRole('status', { name: 'State of the schema', exact: true });
const problems = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Schema problems' });
const rule = (app: DebuggerPage, id: string) =>
  problems(app).getByRole('listitem').filter({ hasText: id });

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

/** The Schemas view with a schema that was made there. */
async function newSchema(app: DebuggerPage, text = person): Promise<void> {
  await app.page.keyboard.press('ControlOrMeta+3');
  await app.page.getByRole('button', { name: 'New blank schema' }).click();
  await expect(list(app).getByRole('listitem')).toHaveCount(1);
  await app.pasteInEditor('Schema', text);
}

test('what is typed is there at the next start, even if the window closes at once', async ({
  launch,
}) => {
  const app = await launch();
  await app.expectEvents(23);
  await newSchema(app);
  await app.page.keyboard.press('ControlOrMeta+End');
  await app.page.keyboard.type('not JSON');
  await expect(state(app)).toHaveText('not JSON');
  await app.electron.close();
  const again = await launch({ dataFolder: app.dataFolder });
  await expect(again.editorLines('Schema')).toContainText('not JSON');
  await expect(again.editorLines('Schema')).toContainText('"age"');
  await expect(state(again)).toHaveText('not JSON');
});

test('an object that is left open is found, and its quick fix closes it', async ({ app }) => {
  await newSchema(app, person.replace(',\n  "additionalProperties": false', ''));
  await expect(rule(app, 'S05')).toContainText('The root object');
  await expect(rule(app, 'S05')).toContainText('1:1');
  await rule(app, 'S05').getByRole('button', { name: 'Add "additionalProperties": false' }).click();
  await expect(rule(app, 'S05')).toHaveCount(0);
  await expect(app.editorLines('Schema')).toContainText('"additionalProperties": false');
});
