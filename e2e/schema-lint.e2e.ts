import { type DebuggerPage, expect, test } from './app.ts';

const region = (app: DebuggerPage) => app.page.getByRole('region', { name: 'Schema editor' });
const problems = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Schema problems' });
const rule = (app: DebuggerPage, id: string) =>
  problems(app).getByRole('listitem').filter({ hasText: id });
/** What the body asks for: the schema as it would be sent. */
async function sentSchema(app: DebuggerPage): Promise<unknown> {
  const { draft } = await app.page.evaluate(async () => {
    const reply = await window.deltascope.settings.get();
    if (!reply.ok) throw new Error(reply.message);
    return reply.value;
  });
  return (JSON.parse(draft) as { text: { format: { schema: unknown } } }).text.format.schema;
}

const person = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    occupation: { type: 'string' },
  },
  required: ['name', 'age', 'occupation'],
};
const closed = { ...person, additionalProperties: false };

test('an object that is left open is found, and its quick fix closes it', async ({ app }) => {
  await app.view('Compose').click();
  await expect(rule(app, 'S27')).toContainText('name, age, occupation');
  await expect(rule(app, 'S05')).toHaveCount(0);
  await app.pasteInEditor('Schema', JSON.stringify(person, null, 2));
  await expect(rule(app, 'S05')).toContainText('The root object');
  await expect(rule(app, 'S05')).toContainText('1:1');
  await expect(region(app).getByText('1 error')).toBeVisible();
  await rule(app, 'S05').getByRole('button', { name: 'Add "additionalProperties": false' }).click();
  await expect(rule(app, 'S05')).toHaveCount(0);
  await expect.poll(() => sentSchema(app)).toEqual(closed);
  await expect(app.editorLines('Schema')).toContainText('"additionalProperties": false');
});

test('Fix all shows what it does, does it, and undo takes it back', async ({ app }) => {
  await app.view('Compose').click();
  const before = {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      tags: { type: 'array', items: { type: 'string' } },
      more: { type: 'object' },
    },
  };
  await app.pasteInEditor('Schema', JSON.stringify(before, null, 2));
  await expect(rule(app, 'S03')).toHaveCount(3);
  await region(app).getByRole('button', { name: 'Fix all…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Fix all' });
  await expect(dialog).toContainText('At least 1 character.');
  await app.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect.poll(() => sentSchema(app)).toEqual(before);
  await region(app).getByRole('button', { name: 'Fix all…' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  await expect
    .poll(() => sentSchema(app))
    .toEqual({
      type: 'object',
      properties: {
        name: { type: ['string', 'null'], description: 'At least 1 character.' },
        tags: { type: ['array', 'null'], items: { type: 'string' } },
        // What may be in it is a person's choice.
        more: { type: ['object', 'null'] },
      },
      required: ['name', 'tags', 'more'],
      additionalProperties: false,
    });
  await expect(region(app).getByText('1 error', { exact: true })).toBeVisible();
  await expect(rule(app, 'S05')).toContainText('The object more');
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => sentSchema(app)).toEqual(before);
  await expect(rule(app, 'S03')).toHaveCount(3);
});

test('by keys alone: to the problem, its fixes, the fix', async ({ app }) => {
  await app.view('Compose').click();
  await app.pasteInEditor('Schema', JSON.stringify(person, null, 2));
  await expect(rule(app, 'S05')).toBeVisible();
  await rule(app, 'S05').getByRole('button').first().press('Enter');
  await expect(app.editor('Schema').getByRole('textbox', { name: 'Schema' })).toBeFocused();
  await app.page.keyboard.press('ControlOrMeta+.');
  await expect(app.page.getByText('S05: Add "additionalProperties": false')).toBeVisible();
  await app.page.keyboard.press('Enter');
  await expect(rule(app, 'S05')).toHaveCount(0);
  await expect.poll(() => sentSchema(app)).toEqual(closed);
});

test('the target and the name have their rules', async ({ launch }) => {
  const app = await launch();
  await app.view('Compose').click();
  const bounded = {
    ...closed,
    properties: { ...closed.properties, age: { type: 'integer', minimum: 0 } },
  };
  await app.pasteInEditor('Schema', JSON.stringify(bounded, null, 2));
  const target = region(app).getByRole('combobox', { name: 'Target' });
  await expect(rule(app, 'S14')).toHaveCount(0);
  await target.selectOption('Azure');
  await expect(rule(app, 'S14')).toContainText('minimum is not supported by Azure');
  await expect(region(app).getByRole('meter', { name: 'Properties' })).toHaveAttribute(
    'aria-valuetext',
    '3 of 100',
  );
  await region(app).getByRole('textbox', { name: 'Schema name' }).fill('a person');
  await rule(app, 'S26').getByRole('button', { name: 'Call it a_person' }).click();
  await expect(region(app).getByRole('textbox', { name: 'Schema name' })).toHaveValue('a_person');
  await expect(rule(app, 'S26')).toHaveCount(0);
  await app.electron.close();
  const again = await launch({ dataFolder: app.dataFolder });
  await expect(region(again).getByRole('combobox', { name: 'Target' })).toHaveValue('azure');
});
