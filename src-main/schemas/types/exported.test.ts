import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isObject, type JsonObject, type JsonValue } from '../../../src-core/json.ts';
import { fixAll } from '../../../src-core/strict-schema/fixing.ts';
import { withEdits } from '../../../src-core/strict-schema/tree-text.ts';
import { instancesOf, judgeOf } from '../../../src-core/testing/instances.ts';
import { realSchemas } from '../../../src-core/testing/real-schemas.ts';
import { valueFor } from '../../../src-core/testing/schemas.ts';
import type { TypeLanguage } from '../../../src-core/type-code/languages.ts';
import { lintSchema } from '../../../src-core/strict-schema/lint.ts';
import { typeName } from '../../../src-core/type-code/names.ts';
import { exportsOf, typeErrors } from '../../testing/typescript-program.ts';
import { typesOf } from './types.ts';

const TARGET = { target: 'openai' } as const;

/** Each schema as it was brought, and as Fix all leaves it: strict, where no choice is left to a person. */
const SCHEMAS = realSchemas().flatMap(({ file, name, text, schema }) => {
  const fixed = withEdits(text, fixAll(text, TARGET).edits);
  return [
    { id: file, name, text, schema, isStrict: false },
    {
      id: `${file}, fixed`,
      name,
      text: fixed,
      schema: JSON.parse(fixed) as JsonObject,
      isStrict: lintSchema(fixed, TARGET).findings.every(({ severity }) => severity !== 'error'),
    },
  ];
});
const codeOf = (text: string, name: string, language: TypeLanguage) =>
  typesOf({ schema: text, name, language });

/** An instance of a closed object with a key too many, and without its first. */
function wrongKeys(instance: JsonObject): JsonObject[] {
  const [first, ...others] = Object.entries(instance);
  const wrong: JsonObject[] = [{ ...instance, unheardOf: 1 }];
  if (first) wrong.push(Object.fromEntries(others));
  return wrong;
}

/** Values of all kinds, each with what Ajv says of it. */
async function samples(schema: JsonObject): Promise<{ value: JsonValue; valid: boolean }[]> {
  const validate = judgeOf(schema);
  const values = await instancesOf(schema, 4);
  for (let seed = 0; seed < 20; seed++) values.push(valueFor(schema, seed));
  for (const value of values.slice(0, 4)) {
    if (!isObject(value)) continue;
    values.push(...wrongKeys(value));
    for (const key of Object.keys(value)) values.push({ ...value, [key]: { other: [] } });
  }
  return values.map((value) => ({ value, valid: validate(value) }));
}

test('the TypeScript compiles, and an instance can be assigned to the type', async () => {
  const files = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const { id, name, text, schema, isStrict } of SCHEMAS) {
    const { code } = await codeOf(text, name, 'typescript');
    // Only closed objects have instances without keys that a literal must not have.
    const instances = isStrict ? await instancesOf(schema, 2) : [];
    const uses = instances.map(
      (value, index) => `export const a${index}: ${typeName(name)} = ${JSON.stringify(value)};\n`,
    );
    if (isStrict) expect(instances.length, id).toBeGreaterThan(0);
    ids.set(`t${files.size}.ts`, id);
    files.set(`t${files.size}.ts`, code + uses.join(''));
    const zod = (await codeOf(text, name, 'zod')).code;
    ids.set(`z${files.size}.ts`, `${id}, Zod`);
    files.set(`z${files.size}.ts`, zod);
  }
  const errors = typeErrors(files);
  expect(errors.map((error) => `${ids.get(error.split(':')[0]!)} ${error}`)).toEqual([]);
});

test('a type refuses what is not of it', async () => {
  const { text, name } = SCHEMAS.find(({ id }) => id === 'recorded/person-format.json')!;
  const { code } = await codeOf(text, name, 'typescript');
  const wrong = `${code}export const a: PersonFormat = { name: 'Ann', age: '30', occupation: 'x' };`;
  expect(typeErrors(new Map([['a.ts', wrong]]))).toEqual([
    "a.ts: Type 'string' is not assignable to type 'number'.",
  ]);
});

describe('Zod accepts what is valid, and refuses the rest as far as it says so', () => {
  test.each(SCHEMAS)('$id', async ({ name, text, schema }) => {
    const { code, lost } = await codeOf(text, name, 'zod');
    const type = exportsOf(code, { zod: { z } })[typeName(name)] as z.ZodType;
    for (const { value, valid } of await samples(schema)) {
      const { success, error } = type.safeParse(value);
      if (valid || lost.length === 0)
        expect(success, `${JSON.stringify(value)} ${error?.message ?? ''}`).toBe(valid);
    }
  });
});

/** Runs each model on its values; `null` where there is no Pydantic. */
const PYTHON = `
import json, sys, types
cases = json.load(sys.stdin)
try:
    import pydantic
except ImportError:
    pydantic = None
out = []
for case in cases:
    module = types.ModuleType('case')
    sys.modules['case'] = module
    code = compile(case['code'], case['id'], 'exec')
    if pydantic is None:
        out.append(None)
        continue
    try:
        exec(code, module.__dict__)
    except Exception as error:
        out.append(repr(error))
        continue
    model = getattr(module, case['name'])
    said = []
    for text in case['texts']:
        try:
            model.model_validate_json(text)
            said.append('')
        except pydantic.ValidationError as error:
            said.append(str(error))
    for text in case['wrong']:
        try:
            model.model_validate_json(text)
            said.append('accepts ' + text)
        except pydantic.ValidationError:
            said.append('')
    out.append(said)
json.dump(out, sys.stdout)
`;

test('Pydantic accepts what is valid, and refuses the rest as far as it says so', async () => {
  const cases: { id: string; code: string; name: string; texts: string[]; wrong: string[] }[] = [];
  for (const { id, name, text, schema, isStrict } of SCHEMAS) {
    const { code } = await codeOf(text, name, 'pydantic');
    const values = await samples(schema);
    // It converts strings to numbers and so on: only keys too many or missing are wrong for certain.
    const texts = values.filter(({ valid }) => valid).map(({ value }) => JSON.stringify(value));
    const [instance] = isStrict ? await instancesOf(schema, 3) : [];
    const wrong = isObject(instance) ? wrongKeys(instance).map((one) => JSON.stringify(one)) : [];
    cases.push({ id, code, name: typeName(name), texts, wrong });
  }
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', PYTHON], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error)
    return console.warn(`There is no python3: the models were not tried (${error.message}).`);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const said = JSON.parse(stdout) as (null | string | string[])[];
  if (said[0] === null) console.warn('There is no Pydantic: the models were compiled, not run.');
  const wrong = said.flatMap((one, index) => {
    const { id, texts } = cases[index]!;
    if (one === null) return [];
    if (typeof one === 'string') return [`${id}: ${one}`];
    return one.flatMap((message, at) => (message ? [`${id}: ${texts[at]!} ${message}`] : []));
  });
  expect(wrong).toEqual([]);
});
