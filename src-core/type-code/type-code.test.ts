import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { lostComment, TYPE_LANGUAGES, type TypeLanguage } from './languages.ts';
import { lostRules } from './lost.ts';
import { typeName, UniqueNames } from './names.ts';
import { pydanticCode } from './pydantic.ts';
import { fieldName } from './python-rules.ts';

const lost = (schema: JsonObject, language: TypeLanguage) =>
  lostRules(schema, language).lost.map(({ pointer, keyword }) => `${pointer} ${keyword}`);
const closed = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

test('each language says what it leaves unchecked, and where', () => {
  const schema = closed({
    at: { type: 'string', format: 'date-time' },
    mail: { type: 'string', format: 'email' },
    age: { type: 'integer', minimum: 0 },
    tags: { type: 'array', items: { type: 'string', pattern: '^(?=a)' }, uniqueItems: true },
    rate: { enum: [0.5, 1] },
  });
  expect(lost(schema, 'json-schema')).toEqual([]);
  expect(lost(schema, 'zod')).toEqual([]);
  expect(lost(schema, 'typescript')).toEqual([
    ' additionalProperties',
    '/properties/at format',
    '/properties/mail format',
    '/properties/age type',
    '/properties/age minimum',
    '/properties/tags uniqueItems',
    '/properties/tags/items pattern',
  ]);
  expect(lost(schema, 'pydantic')).toEqual([
    ' type',
    '/properties/mail format',
    '/properties/tags uniqueItems',
    '/properties/tags/items pattern',
    '/properties/rate enum',
  ]);
});

test('a property that is called like a keyword is none', () => {
  const schema = closed({ format: { type: 'string' }, not: { type: 'string' } });
  expect(lost(schema, 'typescript')).toEqual([' additionalProperties']);
});

test('the comment has one line a rule, whatever the schema is called', () => {
  const key = 'a\nimport os\u2028x';
  const schema = closed({ [key]: { type: 'string', format: 'email' } });
  for (const language of TYPE_LANGUAGES) {
    const { lost: rules, lostCount } = lostRules(schema, language);
    const comment = lostComment(language, { code: '', lost: rules, lostCount });
    const mark = language === 'pydantic' ? '# ' : '// ';
    for (const line of comment.split(/\r|\n|\u2028|\u2029/).slice(0, -1))
      expect(line.startsWith(mark)).toBe(true);
  }
});

test('names are identifiers, and each is there once', () => {
  expect(['person', 'invoice line', 'get_weather', '2nd', 'é', ''].map(typeName)).toEqual([
    'Person',
    'InvoiceLine',
    'GetWeather',
    'T2nd',
    'Value',
    'Value',
  ]);
  const names = new UniqueNames(['A']);
  expect(['A', 'B', 'A', 'B'].map((name) => names.take(name))).toEqual(['A2', 'B', 'A3', 'B2']);
});

test('a field keeps its key where Python lets it', () => {
  const keys = [
    'name',
    'camelCase',
    'x-y',
    '_id',
    '1st',
    'class',
    'list',
    'model_name',
    'é',
    'json',
  ];
  expect(keys.map(fieldName)).toEqual([
    'name',
    'camelCase',
    'x_y',
    'id',
    'field_1st',
    'class_',
    'list_',
    'model_name_',
    'field_',
    'json_',
  ]);
});

test('models are written before what needs them, keys in the order of the schema', () => {
  const schema = closed(
    {
      zeta: { type: ['string', 'null'], description: 'The "last"' },
      'x-id': { type: 'integer', minimum: 1 },
      tree: { $ref: '#/$defs/node' },
    },
    {
      description: 'A """thing"""',
      $defs: {
        node: closed({ children: { type: 'array', items: { $ref: '#/$defs/node' } } }),
      },
    },
  );
  expect(pydanticCode(schema, 'my thing')).toBe(`from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Node(BaseModel):
    model_config = ConfigDict(extra="forbid")

    children: list[Node]


class MyThing(BaseModel):
    """A \\"\\""thing\\"\\"\\""""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    zeta: str | None = Field(description="The \\"last\\"")
    x_id: int = Field(ge=1, alias="x-id")
    tree: Node


MyThing.model_rebuild()
`);
});

test('an object of patterns is a map', () => {
  const schema = {
    type: 'object',
    patternProperties: { '^[a-z]{2}$': { type: 'number' } },
    additionalProperties: false,
  };
  expect(pydanticCode(schema, 'm')).toContain('root: dict[str, float]');
});
