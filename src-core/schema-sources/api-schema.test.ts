import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../json.ts';
import { type Made, made } from '../strict-schema/json-tree.ts';
import { listApiSchemas } from './api-listing.ts';
import { takeApiSchema } from './api-schema.ts';

const OLD = `
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
        default:
          content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } }
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { name: { type: string } } }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      discriminator: { propertyName: kind }
      properties:
        name: { type: string, example: Rex, x-order: 1 }
        weight: { type: number, minimum: 0, exclusiveMinimum: true, nullable: true }
        size: { type: string, nullable: true, enum: [small, large] }
        owner: { $ref: '#/components/schemas/Owner', description: ignored }
        mother: { nullable: true, allOf: [{ $ref: '#/components/schemas/Pet' }] }
        vet: { $ref: 'https://example.com/vet.yaml#/Vet' }
        nobody: { $ref: '#/components/schemas/Nobody' }
    Owner:
      type: object
      properties:
        pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }
        owner: { $ref: '#/components/schemas/Owner' }
    Alias: { $ref: '#/components/schemas/Owner' }
    Error: { type: object, properties: { code: { type: integer } } }
`;
const rootOf = (yaml: string) => made(parse(yaml) as Made);
const take = (yaml: string, pointer: string) => {
  const { text, remarks } = takeApiSchema(rootOf(yaml), pointer);
  return { schema: (text ? JSON.parse(text) : null) as JsonObject, remarks };
};

test('components, and bodies that are more than a reference', () => {
  const { title, version, schemas, problem } = listApiSchemas(rootOf(OLD));
  expect([title, version, problem]).toEqual(['Pets', '3.0.3', null]);
  expect(schemas.map(({ name, group, about }) => [name, group, about])).toEqual([
    ['Pet', 'component', '7 properties'],
    ['Owner', 'component', '2 properties'],
    ['Alias', 'component', 'refers to Owner'],
    ['Error', 'component', '1 property'],
    ['listPets 200', 'response', 'array'],
    ['post /pets request', 'request', '1 property'],
  ]);
});

test('a schema of 3.0 comes with what it refers to, as JSON Schema 2020-12', () => {
  const { schema, remarks } = take(OLD, '/components/schemas/Pet');
  expect(schema).toEqual({
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      weight: { type: ['number', 'null'], exclusiveMinimum: 0 },
      size: { type: ['string', 'null'], enum: ['small', 'large', null] },
      owner: { $ref: '#/$defs/Owner' },
      mother: { anyOf: [{ allOf: [{ $ref: '#' }] }, { type: 'null' }] },
      vet: { $ref: 'https://example.com/vet.yaml#/Vet' },
      nobody: { $ref: '#/components/schemas/Nobody' },
    },
    $defs: {
      Owner: {
        type: 'object',
        properties: {
          pets: { type: 'array', items: { $ref: '#' } },
          owner: { $ref: '#/$defs/Owner' },
        },
      },
    },
  });
  expect(remarks).toEqual([
    '1 schema that it refers to is in $defs.',
    'nullable became a type: 3 times.',
    'Exclusive bounds became numbers: once.',
    'Keywords beside $ref went, which OpenAPI 3.0 ignores: 1.',
    'Left out: discriminator, example, x-….',
    'Not brought along, for it is in another document, and nothing is fetched: https://example.com/vet.yaml#/Vet.',
    'Nothing is at #/components/schemas/Nobody.',
  ]);
});

test('what only refers is what it refers to; bodies of paths are taken too', () => {
  expect(take(OLD, '/components/schemas/Alias').schema).toMatchObject({
    properties: { owner: { $ref: '#' } },
  });
  const body = take(OLD, '/paths/~1pets/get/responses/200/content/application~1json/schema').schema;
  expect(body).toMatchObject({ type: 'array', items: { $ref: '#/$defs/Pet' } });
  const { $defs } = body as { $defs: JsonObject };
  expect(Object.keys($defs)).toEqual(['Pet', 'Owner']);
  expect(take(OLD, '/components/schemas/None')).toEqual({
    schema: null,
    remarks: ['Nothing is at /components/schemas/None.'],
  });
});

test('what was taken means the same to a validator', () => {
  const { schema } = take(OLD.replace(/ {8}(vet|nobody):.*\n/g, ''), '/components/schemas/Pet');
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(validate({ name: 'a', weight: null, size: null, mother: null, owner: { pets: [] } })).toBe(
    true,
  );
  expect(validate({ name: 'a', weight: 0 })).toBe(false);
  expect(validate({ name: 'a', mother: { name: 5 } })).toBe(false);
  expect(validate({ name: 'a', owner: { pets: [{ name: 5 }] } })).toBe(false);
});

test('3.1 is JSON Schema already', () => {
  const { schema } = take(
    `
openapi: 3.1.0
components:
  schemas:
    'A b':
      type: [object, 'null']
      exclusiveMinimum: 3
      properties: { a: { $ref: '#/components/schemas/A%20b', description: kept }, nullable: { type: string }, example: { $ref: '#/components/schemas/c~1d' } }
    c/d: { type: string }
`,
    '/components/schemas/A b',
  );
  expect(schema).toEqual({
    type: ['object', 'null'],
    exclusiveMinimum: 3,
    properties: {
      a: { $ref: '#', description: 'kept' },
      nullable: { type: 'string' },
      example: { $ref: '#/$defs/c_d' },
    },
    $defs: { c_d: { type: 'string' } },
  });
});

test('what describes no API says so', () => {
  expect(listApiSchemas(made({ a: 1 })).problem).toContain('no "openapi"');
  expect(listApiSchemas(made({ openapi: '4.0.0' })).problem).toContain('4.0.0');
  expect(listApiSchemas(made({ openapi: '3.1.0' })).problem).toBe('It has no schemas.');
  expect(
    listApiSchemas(made({ swagger: '2.0', definitions: { A: { type: 'string' } } })),
  ).toMatchObject({ problem: null, schemas: [{ pointer: '/definitions/A', about: 'string' }] });
});
