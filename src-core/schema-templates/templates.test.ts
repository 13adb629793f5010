import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { lintSchema } from '../strict-schema/lint.ts';
import { nameFinding } from '../strict-schema/request-checks.ts';
import { BLANK_SCHEMA, TEMPLATES, templateText } from './templates.ts';

const problemsOf = (text: string) =>
  lintSchema(text, { target: 'openai' }).findings.filter(({ severity }) => severity !== 'note');

test('every template keeps to the rules', () => {
  for (const template of TEMPLATES) {
    const text = templateText(template);
    expect(problemsOf(text), template.id).toEqual([]);
    expect(nameFinding(template.name), template.id).toBeNull();
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    formats.default(ajv);
    expect(() => ajv.compile(JSON.parse(text) as object), template.id).not.toThrow();
  }
  expect(problemsOf(BLANK_SCHEMA)).toEqual([]);
});

test('the text of a template is its schema, key by key', () => {
  for (const template of TEMPLATES)
    expect(JSON.stringify(JSON.parse(templateText(template)))).toBe(
      JSON.stringify(template.schema),
    );
  expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length);
});

test('short objects stand on one line', () => {
  const [person] = TEMPLATES;
  expect(templateText(person!).split('\n').slice(0, 4)).toEqual([
    '{',
    '  "type": "object",',
    '  "properties": {',
    '    "name": { "type": "string" },',
  ]);
});
