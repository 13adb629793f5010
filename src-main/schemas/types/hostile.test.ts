import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TypeLanguage } from '../../../src-core/type-code/languages.ts';
import { exportsOf, typeErrors } from '../../testing/typescript-program.ts';
import { typesOf } from './types.ts';

const made = (schema: unknown, language: TypeLanguage) =>
  typesOf({
    schema: typeof schema === 'string' ? schema : JSON.stringify(schema),
    name: 'root',
    language,
  });
const zodOf = async (schema: unknown) =>
  exportsOf((await made(schema, 'zod')).code, { zod: { z } }).Root as z.ZodType;
const object = (properties: unknown) => ({ type: 'object', properties });

describe('no schema writes code of its own', () => {
  const strings = { type: 'array', items: { type: 'string' } };
  test.each([
    ['tsType', { tsType: 'string }; EVIL(); interface Q { x: string' }],
    ['a list of tsType', { tsType: ['string }; EVIL(); interface Q { x: string'] }],
    ['tsEnumNames', { enum: ['a'], tsEnumNames: ['EVIL'] }],
    ['extends', { type: 'object', extends: { tsType: 'EVIL' } }],
    ['minItems', { ...strings, minItems: '*/ x: string } EVIL(); interface Q { /*' }],
    ['maxItems', { ...strings, maxItems: ['*/ x: string } EVIL(); interface Q { /*'] }],
    ['minimum', { type: 'integer', minimum: '1); EVIL(' }],
    ['minLength', { type: 'string', minLength: '1); EVIL(', maxLength: 'EVIL()' }],
    ['a description that is none', { type: 'string', description: { a: '*/ EVIL()' } }],
    ['a title that is none', { type: 'object', title: ['EVIL'], properties: 7 }],
    ['an id', { $id: '*/ EVIL()', type: 'object', properties: { a: { type: 'null' } } }],
  ])('%s', async (_name, hostile) => {
    const schema = { ...object({ a: hostile }), $defs: { b: hostile }, components: { c: hostile } };
    for (const language of ['typescript', 'zod'] as const) {
      const { code } = await made(schema, language);
      expect(code).not.toContain('EVIL');
      expect(typeErrors(new Map([['a.ts', code]]))).toEqual([]);
      const { statements } = ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest);
      for (const { kind } of statements)
        expect(
          [
            ts.SyntaxKind.ImportDeclaration,
            ts.SyntaxKind.InterfaceDeclaration,
            ts.SyntaxKind.TypeAliasDeclaration,
            ts.SyntaxKind.VariableStatement,
          ],
          code,
        ).toContain(kind);
    }
  });
});

describe('a root that is a reference', () => {
  const node = {
    ...object({
      value: { type: 'string' },
      next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
    }),
    required: ['value', 'next'],
    additionalProperties: false,
  };
  const schema = { $ref: '#/$defs/node', $defs: { node } };

  test('is what it refers to in TypeScript', async () => {
    const { code } = await made(schema, 'typescript');
    const right = "export const a: Root = { value: 'a', next: { value: 'b', next: null } };";
    const wrong = "export const a: Root = { value: 'a', next: { value: 1, next: null } };";
    expect(typeErrors(new Map([['a.ts', code + right]]))).toEqual([]);
    expect(typeErrors(new Map([['a.ts', code + wrong]]))).toHaveLength(1);
  });

  test('is what it refers to in Zod', async () => {
    const type = await zodOf(schema);
    expect(type.safeParse({ value: 'a', next: { value: 'b', next: null } }).success).toBe(true);
    expect(type.safeParse({ value: 'a', next: { value: 1, next: null } }).success).toBe(false);
  });

  test('may lead to what is under no keyword', async () => {
    const other = { ...object({ a: { $ref: '#/components/schemas/node' } }) };
    const { code } = await made(
      { ...other, components: { schemas: { node: { type: 'null' } } } },
      'zod',
    );
    expect(code).toContain('z.null()');
  });
});

test('a reference that leads nowhere is told as lost in Zod', async () => {
  const { lost } = await made(object({ a: { $ref: '#/$defs/b' }, c: { $ref: '#d' } }), 'zod');
  expect(lost.map(({ pointer, keyword }) => `${pointer} ${keyword}`)).toEqual([
    '/properties/a $ref',
    '/properties/c $ref',
  ]);
});

test('a property called __proto__ is one in Zod, which then drops it', async () => {
  const schema =
    '{"properties":{"__proto__":{"type":"string"}},"required":["__proto__"],"additionalProperties":false}';
  const type = (await zodOf(schema)) as z.ZodObject;
  expect(Object.keys(type.shape)).toEqual(['__proto__']);
  expect(type.safeParse(JSON.parse('{"__proto__":"a"}')).success).toBe(true);
  const { lost } = await made(schema, 'zod');
  expect(lost.map(({ pointer, keyword }) => `${pointer} ${keyword}`)).toEqual([' properties']);
});
