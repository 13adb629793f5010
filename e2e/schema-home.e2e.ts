import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { exportsOf, typeErrors } from '../src-main/testing/typescript-program.ts';
import { type DebuggerPage, expect, test } from './app.ts';

const PERSON = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'As on the passport' },
    age: { type: 'integer', minimum: 0 },
    'e-mail': { type: ['string', 'null'], format: 'email' },
    friends: { type: 'array', items: { $ref: '#' } },
  },
  required: ['name', 'age', 'e-mail', 'friends'],
  additionalProperties: false,
};
const ANN = { name: 'Ann', age: 30, 'e-mail': 'ann@example.org', friends: [] };
const BOB = { name: 'Bob', age: 7, 'e-mail': null, friends: [ANN] };

/** Opens a schema of the library that is made for the test. */
async function openSchema(app: DebuggerPage, name: string, schema: unknown): Promise<void> {
  await app.page.evaluate(
    async ([called, text]) => {
      const reply = await window.deltascope.schemas.create({
        name: called!,
        text: text!,
        description: '',
        strict: true,
        kind: 'format',
        source: { kind: 'blank', detail: '' },
        note: '',
      });
      if (!reply.ok) throw new Error(reply.message);
    },
    [name, typeof schema === 'string' ? schema : JSON.stringify(schema, null, 2)],
  );
  await app.view('Schemas').click();
  await app.page.getByRole('list', { name: 'Schemas' }).getByText(name, { exact: true }).click();
  await expect(app.editorLines('Schema')).toBeVisible();
}

const radio = (app: DebuggerPage, name: string) =>
  app.page.getByRole('radio', { name, exact: true });
const clipboard = (app: DebuggerPage) =>
  app.electron.evaluate(({ clipboard: system }) => system.readText());

/** Copies the types in a language, once they show. */
async function copiedTypes(app: DebuggerPage, language: string, sign: string): Promise<string> {
  await radio(app, language).click();
  await expect(app.editorLines('Types')).toContainText(sign);
  await app.button('Copy the types').click();
  await expect.poll(() => clipboard(app)).toContain(sign);
  return clipboard(app);
}

test('types are taken home in each language', async ({ app }) => {
  await openSchema(app, 'person', PERSON);
  await app.tab('Types').click();

  const typescript = await copiedTypes(app, 'TypeScript', 'interface Person');
  const uses = `const a: Person = ${JSON.stringify(BOB)};\nexport default a;\n`;
  expect(typeErrors(new Map([['person.ts', typescript + uses]]))).toEqual([]);
  const wrong = `const a: Person = ${JSON.stringify({ ...BOB, age: '7' })};\nexport default a;\n`;
  expect(typeErrors(new Map([['person.ts', typescript + wrong]]))).toEqual([
    "person.ts: Type 'string' is not assignable to type 'number'.",
  ]);

  const zod = await copiedTypes(app, 'Zod', 'z.infer');
  expect(typeErrors(new Map([['person.ts', zod]]))).toEqual([]);
  const { Person } = exportsOf(zod, { zod: { z } }) as { Person: z.ZodType };
  expect(Person.parse(BOB)).toEqual(BOB);
  for (const other of [
    { ...BOB, age: -1 },
    { ...BOB, more: 1 },
    { ...BOB, friends: [{}] },
  ])
    expect(Person.safeParse(other).success).toBe(false);

  expect(await copiedTypes(app, 'Pydantic', 'BaseModel')).toContain(
    'e_mail: str | None = Field(alias="e-mail")',
  );
  expect(JSON.parse(await copiedTypes(app, 'JSON Schema', '"$ref"'))).toEqual(PERSON);
});

test('what the types do not check is listed, and leads to its place', async ({ app }) => {
  await openSchema(app, 'person', PERSON);
  await app.tab('Types').click();
  await radio(app, 'TypeScript').click();
  const lost = app.page.getByRole('list', { name: 'Rules that are lost' });
  await expect(lost.getByRole('listitem')).toContainText([
    'additionalProperties',
    'type',
    'minimum',
    'format',
  ]);
  await app.page.getByRole('checkbox', { name: 'Say what is lost' }).check();
  await expect(app.editorLines('Types')).toContainText('// ');
  await lost.getByRole('button', { name: /^minimum/ }).click();
  await expect(app.tab('Schema')).toHaveAttribute('aria-selected', 'true');
  await expect(app.page.getByRole('textbox', { name: 'Schema', exact: true })).toBeFocused();
  await app.page.keyboard.press('ControlOrMeta+c');
  await expect.poll(() => clipboard(app)).toBe('"minimum": 0');
});

test('types are saved to a file that the person names', async ({ app }) => {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-types-'));
  await app.electron.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = (...args: unknown[]) => {
      const { defaultPath } = args.at(-1) as { defaultPath: string };
      const filePath = `${to}/${defaultPath.split(/[/\\]/).pop()}`;
      return Promise.resolve({ canceled: false, filePath });
    };
  }, folder);
  await openSchema(app, 'person', PERSON);
  await app.tab('Types').click();
  await radio(app, 'Pydantic').click();
  await expect(app.editorLines('Types')).toContainText('BaseModel');
  await app.button('Save as…').click();
  await expect(app.page.getByText('person.py')).toBeVisible();
  expect(await readFile(join(folder, 'person.py'), 'utf8')).toContain('class Person(BaseModel):');
  await rm(folder, { recursive: true });
});

test('types follow the text, and say so while it is not JSON', async ({ app }) => {
  await openSchema(app, 'person', PERSON);
  await app.tab('Types').click();
  await radio(app, 'TypeScript').click();
  await expect(app.editorLines('Types')).toContainText('interface Person');
  await app.tab('Schema').click();
  await app.pasteInEditor('Schema', '{ "type": ');
  await app.tab('Types').click();
  await expect(app.page.getByRole('alert').filter({ hasText: 'not JSON' })).toBeVisible();
  await app.tab('Schema').click();
  await app.pasteInEditor('Schema', '{"$ref": "https://example.com/other"}');
  await app.tab('Types').click();
  await expect(app.page.getByRole('alert').filter({ hasText: 'nothing is fetched' })).toBeVisible();
});

test('the request is there as code in each form', async ({ app }) => {
  await openSchema(app, 'person', PERSON);
  await app.tab('Request').click();
  for (const [language, form, sign] of [
    ['cURL', 'Responses', '/responses'],
    ['cURL', 'Chat Completions', '/chat/completions'],
    ['Python', 'Responses', 'client.responses.create'],
    ['Python', 'Chat Completions', 'client.chat.completions.create'],
    ['TypeScript', 'Responses', 'client.responses.create'],
    ['TypeScript', 'Chat Completions', 'client.chat.completions.create'],
  ] as const) {
    await radio(app, language).click();
    await radio(app, form).click();
    await expect(app.editorLines('Request')).toContainText(sign);
    await app.button('Copy the request').click();
    await expect.poll(() => clipboard(app)).toContain(sign);
    expect(await clipboard(app)).toContain('As on the passport');
  }
  await app.page.reload();
  await expect(radio(app, 'TypeScript')).toBeChecked();
  await expect(radio(app, 'Chat Completions')).toBeChecked();
});

test('versions are compared by what they mean for consumers', async ({ app }) => {
  await openSchema(app, 'person', PERSON);
  const { age: _age, ...others } = PERSON.properties;
  const next = {
    ...PERSON,
    properties: {
      ...others,
      name: { type: ['string', 'null'], description: 'As on the passport' },
      city: { type: 'string' },
    },
    required: ['name', 'e-mail', 'friends', 'city'],
  };
  await app.tab('Compare versions').click();
  await expect(app.page.getByText('v1 and the text now are the same text.')).toBeVisible();
  await app.pasteInEditor('Schema', JSON.stringify(next, null, 2));
  const sum = app.page.getByRole('status', { name: 'Changes' });
  await expect(sum).toHaveText(/2 breaking\s*1 safe/);
  const list = app.page.getByRole('list', { name: 'Changes between the versions' });
  await expect(list.getByRole('listitem')).toHaveText([
    /breaking\s*name\s*can be null now/,
    /breaking\s*age\s*is gone/,
    /safe\s*city\s*is new\s*— code ignores it, unless it refuses keys/,
  ]);
  await expect(app.page.getByText('"city"').first()).toBeVisible();
  await list.getByRole('button', { name: /is gone/ }).click();
  await expect(
    app.page.getByRole('textbox', { name: 'Older version, v1', exact: false }),
  ).toBeFocused();

  // The texts get more room, and give it back.
  const height = async () => (await list.boundingBox())!.y;
  const before = await height();
  await app.button('More room').click();
  await expect.poll(height).toBeLessThan(before - 100);
  await app.button('Less room').click();
  await expect.poll(height).toBe(before);

  // The other way round, and of two saved versions.
  await app.button('Swap the versions').click();
  await expect(sum).toHaveText(/1 breaking\s*2 safe/);
  await app.tab('Schema').click();
  await app.editorLines('Schema').click();
  await app.page.keyboard.press('ControlOrMeta+s');
  await app.page.getByRole('combobox', { name: 'Older version' }).selectOption('1');
  await app.page.getByRole('combobox', { name: 'Newer version' }).selectOption('2');
  await expect(sum).toHaveText(/2 breaking\s*1 safe/);
});
