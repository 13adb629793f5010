import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, test } from './app.ts';

const tree = (app: DebuggerPage) => app.page.getByRole('tree', { name: 'Outline' });
const rows = (app: DebuggerPage) => tree(app).getByRole('treeitem');
/** By its name, and what its accessible name says of it. */
const row = (app: DebuggerPage, name: string) =>
  tree(app).getByRole('treeitem', { name: new RegExp(`^${name}( |$)`) });
const place = (app: DebuggerPage) =>
  app.page.getByRole('navigation', { name: 'Place in the schema' });
const names = (app: DebuggerPage) =>
  rows(app).evaluateAll((found) => found.map((one) => one.querySelector('.name')!.textContent));

const person = `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
    "age": { "type": "integer" },
    "occupation": { "type": "string" }
  },
  "required": ["name", "age", "occupation"],
  "additionalProperties": false
}
`;

/** The Schemas view with a new schema of that text. */
async function open(app: DebuggerPage, text = person): Promise<void> {
  await app.page.keyboard.press('ControlOrMeta+3');
  await app.page.getByRole('button', { name: 'New blank schema' }).click();
  await app.pasteInEditor('Schema', text);
}
/** What is written in the editor, as it is kept on disk once it is. */
function text(app: DebuggerPage): Promise<string> {
  return app.page.evaluate(async () => {
    const list = await window.deltascope.schemas.list();
    if (!list.ok) throw new Error(list.message);
    const opened = await window.deltascope.schemas.open({ id: list.value[0]!.id });
    if (!opened.ok) throw new Error(opened.message);
    return opened.value.text;
  });
}
const expectText = (app: DebuggerPage, expected: string) =>
  expect.poll(() => text(app)).toBe(expected);

/** Over what is selected where the focus is. */
function paste(app: DebuggerPage, pasted: string): Promise<boolean> {
  return app.page.evaluate((written) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', written);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return document.activeElement!.dispatchEvent(event);
  }, pasted);
}
async function renameTo(app: DebuggerPage, name: string): Promise<void> {
  const box = tree(app).getByRole('textbox', { name: /^Name of / });
  await expect(box).toBeFocused();
  await box.fill(name);
  await box.press('Enter');
  await expect(tree(app)).toBeFocused();
}
async function choose(app: DebuggerPage, of: Locator, entry: string): Promise<void> {
  await of.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: entry }).click();
}

test('a property that is added is in the text, required', async ({ app }) => {
  await open(app);
  await expect(rows(app)).toHaveCount(3);
  await row(app, 'occupation').click();
  await app.page.getByRole('button', { name: 'Property', exact: true }).click();
  await renameTo(app, 'nickname');
  await expect(row(app, 'nickname')).toHaveAccessibleName('nickname string required');
  await expect(row(app, 'nickname')).toHaveAttribute('aria-selected', 'true');
  const added = person
    .replace(
      '"occupation": { "type": "string" }',
      (own) => `${own},\n    "nickname": { "type": "string" }`,
    )
    .replace('"occupation"]', '"occupation", "nickname"]');
  await expectText(app, added);
  await expect(app.editorLines('Schema')).toContainText('"nickname"');
  // Two steps: the name, the property.
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(row(app, 'property')).toBeVisible();
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(rows(app)).toHaveCount(3);
  await expectText(app, person);
});

test('rows are renamed, typed, made nullable and optional, and removed by keys', async ({
  app,
}) => {
  await open(app);
  await row(app, 'age').click();
  await app.page.keyboard.press('F2');
  await renameTo(app, 'years');
  await expectText(app, person.replaceAll('"age"', '"years"'));
  await app.page.keyboard.press('F2');
  const box = tree(app).getByRole('textbox', { name: 'Name of years' });
  await box.fill('name');
  await box.press('Enter');
  await expect(app.page.getByText('There is a property "name" already.')).toBeVisible();
  await box.press('Escape');
  await app.page.keyboard.press('n');
  await expect(row(app, 'years')).toHaveAccessibleName('years integer | null required');
  await app.page.keyboard.press('t');
  await row(app, 'years').getByRole('combobox', { name: 'Type of years' }).selectOption('number');
  await app.page.keyboard.press('r');
  // The lint says what that means in strict mode.
  await expect(row(app, 'years')).toHaveAccessibleName(
    /^years number \| null optional S03 .*years.* is not required/,
  );
  await expectText(
    app,
    person
      .replace('"age": { "type": "integer" }', '"years": { "type": ["number", "null"] }')
      .replace('"age", ', ''),
  );
  await app.page.keyboard.press('Delete');
  await expect(row(app, 'occupation')).toHaveAttribute('aria-selected', 'true');
  expect(await names(app)).toEqual(['name', 'occupation']);
});

test('rows are put in another order by keys and by dragging', async ({ app }) => {
  await open(app);
  await row(app, 'age').click();
  await app.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => names(app)).toEqual(['age', 'name', 'occupation']);
  const moved = person
    .replace(
      '"name": { "type": "string" },\n    "age": { "type": "integer" }',
      '"age": { "type": "integer" },\n    "name": { "type": "string" }',
    )
    .replace('"name", "age"', '"age", "name"');
  await expectText(app, moved);
  const handle = row(app, 'age').getByTitle('Drag to move');
  const from = (await handle.boundingBox())!;
  const last = (await row(app, 'occupation').boundingBox())!;
  await app.page.mouse.move(from.x + 5, from.y + 10);
  await app.page.mouse.down();
  await app.page.mouse.move(from.x + 5, from.y + 30, { steps: 3 });
  await app.page.mouse.move(from.x + 5, last.y + last.height - 2, { steps: 3 });
  await app.page.mouse.up();
  await expect.poll(() => names(app)).toEqual(['name', 'occupation', 'age']);
  await tree(app).focus();
  await app.page.keyboard.press('ControlOrMeta+z');
  await app.page.keyboard.press('ControlOrMeta+z');
  await expectText(app, person);
});

test('definitions and recursion are shown, and made', async ({ app }) => {
  const list = {
    type: 'object',
    properties: {
      first: { $ref: '#/$defs/node' },
      owner: {
        type: 'object',
        properties: { id: { type: 'string' } },
        required: ['id'],
        additionalProperties: false,
      },
    },
    required: ['first', 'owner'],
    additionalProperties: false,
    $defs: {
      node: {
        type: 'object',
        properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
        required: ['next'],
        additionalProperties: false,
      },
    },
  };
  await open(app, JSON.stringify(list, null, 2));
  await expect(row(app, 'next')).toContainText('recursive');
  await expect(row(app, 'first')).not.toContainText('recursive');
  await row(app, 'first').click();
  await app.page.getByRole('button', { name: '#/$defs/node' }).click();
  await expect(row(app, 'node')).toHaveAttribute('aria-selected', 'true');
  await choose(app, row(app, 'owner'), 'Extract to a definition');
  await expect(row(app, 'owner').first()).toHaveAccessibleName('owner owner required');
  await expect
    .poll(() => names(app))
    .toEqual([...['first', 'owner', 'Definitions', 'node', 'next', 'owner', 'id']]);
  await row(app, 'node').click();
  await app.page.keyboard.press('F2');
  await renameTo(app, 'link');
  await expect.poll(async () => (await text(app)).match(/#\/\$defs\/link/g)?.length).toBe(2);
  await choose(app, row(app, 'link'), 'Add a property inside');
  await renameTo(app, 'label');
  await expect
    .poll(() => names(app))
    .toEqual([...['first', 'owner', 'Definitions', 'link', 'next', 'label', 'owner', 'id']]);
});

test('text and outline are one document', async ({ app }) => {
  await open(app);
  await row(app, 'age').click();
  await expect(place(app).getByRole('button')).toHaveText(['root', 'properties', 'age']);
  await expect(tree(app)).toBeFocused();
  await app.page.keyboard.press('Enter');
  await expect(app.editor('Schema').getByRole('textbox', { name: 'Schema' })).toBeFocused();
  // The cursor stands behind the selected value: over to the one below, into its text.
  await app.page.keyboard.press('ArrowDown');
  await expect(row(app, 'occupation')).toHaveAttribute('aria-selected', 'true');
  await expect(place(app).getByRole('button')).toContainText(['root', 'properties', 'occupation']);
  await place(app).getByRole('button', { name: 'properties' }).click();
  await paste(app, '{"only": {"type": "boolean"}}');
  await expect.poll(() => names(app)).toEqual(['only']);
  await app.page.keyboard.press('ControlOrMeta+End');
  await app.page.keyboard.type('oops');
  await expect(
    app.page.getByRole('button', { name: /^No JSON at line 7, column 1\. / }),
  ).toBeVisible();
  await expect(app.page.getByRole('button', { name: 'Property', exact: true })).toBeDisabled();
  await expect(row(app, 'only')).toBeVisible();
  await row(app, 'only').click();
  await app.page.keyboard.press('Delete');
  await expect(row(app, 'only')).toBeVisible();
});

test('details say what a value is for, and what it may be', async ({ app }) => {
  await open(app);
  await row(app, 'age').click();
  await app.page.keyboard.press('d');
  const description = app.page.getByRole('textbox', { name: 'Description of age' });
  await expect(description).toBeFocused();
  await description.fill('In whole years');
  await app.page.getByRole('textbox', { name: 'minimum of age', exact: true }).fill('0');
  await app.page.getByRole('textbox', { name: 'maximum of age', exact: true }).fill('150');
  await app.page.keyboard.press('Enter');
  await expect(row(app, 'age')).toContainText('0–150');
  await expect(row(app, 'age')).toContainText('In whole years');
  await app.page.getByRole('textbox', { name: 'maximum of age', exact: true }).fill('many');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('maximum: "many" is no number.')).toBeVisible();
  await row(app, 'occupation').getByRole('combobox').selectOption('enum');
  await row(app, 'occupation').click();
  await app.page.keyboard.press('e');
  await app.page.getByRole('textbox', { name: 'Values of occupation' }).fill('baker\nsmith');
  await tree(app).focus();
  await expect(row(app, 'occupation')).toContainText('baker · smith');
  await expectText(
    app,
    person
      .replace(
        '{ "type": "integer" }',
        '{ "type": "integer", "description": "In whole years", "minimum": 0, "maximum": 150 }',
      )
      .replace(
        '"occupation": { "type": "string" }',
        '"occupation": { "type": "string", "enum": ["baker", "smith"] }',
      ),
  );
});

test('Monaco completes, explains and checks keywords as strict mode has them', async ({ app }) => {
  const wrong = person
    .replace('"integer"', '"integr", "minLength": 1')
    .replace(',\n  "additionalProperties": false', '');
  await open(app, wrong);
  const lines = app.editorLines('Schema');
  const hover = (said: string) => app.page.locator('.monaco-hover').filter({ hasText: said });
  const { keyboard } = app.page;
  // A wrong type is underlined by Monaco; what strict mode refuses is told once, by its rule.
  await expect(row(app, 'age')).toHaveAccessibleName(/S11/);
  await expect(app.editor('Schema').locator('.squiggly-error')).toHaveCount(2);
  await expect(app.editor('Schema').locator('.squiggly-warning')).toHaveCount(1);
  await lines.getByText('"integr"').hover();
  await expect(hover('Value is not accepted')).toBeVisible();
  await keyboard.press('Escape');
  await lines.getByText('"required"').hover();
  await expect(hover('Names every property')).toBeVisible();
  await lines.getByText('"required"').click();
  await keyboard.press('End');
  await keyboard.type(', ');
  await keyboard.press('ControlOrMeta+Space');
  const suggest = app.page.locator('.suggest-widget');
  await expect(suggest.getByRole('option', { name: 'additionalProperties' })).toBeVisible();
  await expect(suggest.getByRole('option', { name: 'patternProperties' })).toHaveCount(0);
  await suggest.getByRole('option', { name: 'additionalProperties' }).click();
  await expectText(
    app,
    wrong.replace('"occupation"]', '"occupation"], "additionalProperties": false'),
  );
});

test('completion knows the definitions and what is not required yet', async ({ app }) => {
  const schema = `{
  "properties": {
    "a": { "$ref": "" },
    "b": { "type": "string" }
  },
  "required": ["a", ""],
  "$defs": { "thing": { "type": "string" } }
}`;
  await open(app, schema);
  const suggest = app.page.locator('.suggest-widget');
  const { keyboard } = app.page;
  const at = async (found: string, left: number) => {
    await app.editorLines('Schema').getByText(found).first().click();
    await keyboard.press('End');
    for (let step = 0; step < left; step++) await keyboard.press('ArrowLeft');
    await keyboard.press('ControlOrMeta+Space');
  };
  await at('"$ref"', 4);
  await suggest.getByRole('option', { name: '#/$defs/thing' }).click();
  await at('"required"', 3);
  await suggest.getByRole('option', { name: '"b"' }).click();
  await expectText(
    app,
    schema.replace('"$ref": ""', '"$ref": "#/$defs/thing"').replace('"a", ""', '"a", "b"'),
  );
});
