import { expect, test } from './app.ts';
import { expectText, open, person, row } from './outline.ts';

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
