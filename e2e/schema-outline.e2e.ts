import { expect, test } from './app.ts';
import {
  choose,
  expectText,
  names,
  open,
  paste,
  person,
  place,
  renameTo,
  row,
  rows,
  text,
  tree,
} from './outline.ts';

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
  // It is said at the field, before it is tried.
  const fault = tree(app).getByRole('alert');
  await expect(fault).toHaveText('There is a property "name" already.');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  const [field, said] = [(await box.boundingBox())!, (await fault.boundingBox())!];
  expect(said.y - (field.y + field.height)).toBeLessThan(8);
  await box.press('Enter');
  await expect(box).toBeFocused();
  await expect(fault).toBeVisible();
  await box.press('Escape');
  await app.page.keyboard.press('n');
  await expect(row(app, 'years')).toHaveAccessibleName('years integer | null required');
  await app.page.keyboard.press('t');
  const types = app.page.getByRole('menu', { name: 'Type of years' });
  await expect(types.getByRole('menuitemradio', { name: 'integer' })).toBeFocused();
  // A letter and arrows only go there; Esc leaves it as it was.
  await app.page.keyboard.press('o');
  await expect(types.getByRole('menuitemradio', { name: 'object' })).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(tree(app)).toBeFocused();
  await expect(row(app, 'years')).toHaveAccessibleName('years integer | null required');
  await app.page.keyboard.press('t');
  await app.page.keyboard.press('ArrowUp');
  await app.page.keyboard.press('Enter');
  await expect(types).toHaveCount(0);
  await expect(tree(app)).toBeFocused();
  await expect(row(app, 'years')).toHaveAttribute('aria-selected', 'true');
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
  await row(app, 'occupation').getByRole('button', { name: 'string' }).click();
  await app.page.getByRole('menuitemradio', { name: 'enum' }).click();
  // What an enum begins with is written over.
  const values = app.page.getByRole('textbox', { name: 'Values of occupation' });
  await expect(values).toBeFocused();
  await app.page.keyboard.insertText('baker');
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.insertText('smith');
  await expect(values).toHaveValue('baker\nsmith');
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

test('a property refers to a definition that is there, also to the one around it', async ({
  app,
}) => {
  await open(app);
  await app.page.getByRole('button', { name: 'Definition', exact: true }).click();
  await renameTo(app, 'tag');
  await expect(row(app, 'tag')).toHaveAttribute('aria-selected', 'true');
  await expect(place(app).getByRole('button')).toHaveText(['root', '$defs', 'tag']);
  await row(app, 'occupation').click();
  await app.page.keyboard.press('t');
  await app.page.getByRole('menuitemradio', { name: '→ tag' }).click();
  await expect(row(app, 'occupation')).toHaveAccessibleName('occupation tag required');
  await expect.poll(() => text(app)).toContain('"occupation": { "$ref": "#/$defs/tag" }');
  // The definition gets a property which is of it again.
  await row(app, 'tag').click();
  await app.page.keyboard.press('t');
  await app.page.getByRole('menuitemradio', { name: 'object' }).click();
  await app.page.keyboard.press('i');
  await renameTo(app, 'parent');
  await app.page.keyboard.press('t');
  await app.page.getByRole('menuitemradio', { name: '→ tag' }).click();
  await expect(row(app, 'parent')).toContainText('recursive');
});

test('a property is put into an object that has none', async ({ app }) => {
  await open(app);
  await row(app, 'age').click();
  await app.page.keyboard.press('t');
  await app.page.getByRole('menuitemradio', { name: 'object' }).click();
  await app.page.keyboard.press('i');
  await renameTo(app, 'years');
  await expect(row(app, 'years')).toHaveAttribute('aria-level', '2');
  await row(app, 'age').click();
  await app.page.keyboard.press('Shift+Insert');
  await renameTo(app, 'months');
  await row(app, 'age').hover();
  await row(app, 'age').getByTitle('Add a property inside (i or Shift+Insert)').click();
  await renameTo(app, 'days');
  expect(await names(app)).toEqual(['name', 'age', 'years', 'months', 'days', 'occupation']);
  await expect.poll(() => text(app)).toContain('"required": ["years", "months", "days"]');
});

test('names that would not be seen are written out', async ({ app }) => {
  const properties = { '': {}, 'a\nb': {}, 'x\u202ey': {}, plain: { type: 'string' } };
  await open(app, JSON.stringify({ type: 'object', properties }, null, 2));
  await expect.poll(() => names(app)).toEqual(['""', '"a\\nb"', '"x\\u202ey"', 'plain']);
  await rows(app).nth(2).click();
  await expect(place(app).getByRole('button')).toHaveText(['root', 'properties', '"x\\u202ey"']);
});

test('what strict mode says of a row has no marks of code', async ({ app }) => {
  const wrong = person.replace('"additionalProperties": false', '"patternProperties": {}');
  await open(app, wrong);
  const banner = app.page.getByRole('button', { name: /the root: patternProperties/ });
  await expect(banner).toBeVisible();
  await expect(banner).not.toContainText('`');
  await banner.click();
  const details = app.page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('patternProperties is not in the set');
  await expect(details).not.toContainText('`');
});

test('a draft that is no JSON has the outline of the last text that was, also the next time', async ({
  launch,
}) => {
  const first = await launch();
  await first.expectEvents(23);
  await open(first);
  await expectText(first, person);
  await first.editorLines('Schema').click();
  await first.page.keyboard.press('ControlOrMeta+End');
  await first.page.keyboard.type('oops');
  await expectText(first, `${person}oops`);
  await first.electron.close();
  const app = await launch({ dataFolder: first.dataFolder });
  await app.page.keyboard.press('ControlOrMeta+3');
  await expect(app.page.getByRole('button', { name: /^No JSON at line/ })).toContainText(
    'This is the outline of the last text that was.',
  );
  await expect.poll(() => names(app)).toEqual(['name', 'age', 'occupation']);
  await expect(app.page.getByRole('button', { name: 'Property', exact: true })).toBeDisabled();
});

test('who comes into the text by keys is told how to leave it', async ({ app }) => {
  await open(app);
  const hint = app.page.getByText('Tab leaves the editor');
  await app.editorLines('Schema').click();
  await expect(hint).toHaveCount(0);
  await app.page.keyboard.press('Tab');
  await expect(hint).toBeVisible();
  await row(app, 'age').click();
  await expect(hint).toHaveCount(0);
  await app.page.keyboard.press('Enter');
  await expect(hint).toBeVisible();
  await expect(hint).toContainText('M');
});
