import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { GrowingDocument } from '../growing/growing-document.ts';
import { isObject, type JsonValue, parseJson } from '../json.ts';
import { eventsOf } from '../testing/indexed-stream.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { planOf } from './compile.ts';
import { guardedPattern } from './pattern.ts';
import { SchemaCheck } from './schema-check.ts';
import { SchemaSources } from './source.ts';

const person = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 5 },
    age: { type: 'integer', minimum: 0 },
    job: { enum: ['baker', 'banker'] },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2 },
  },
  required: ['name', 'age'],
  additionalProperties: false,
};

function checked(schema: JsonValue, text: string): SchemaCheck {
  const check = new SchemaCheck(planOf(schema), new GrowingDocument());
  check.document.append(text);
  check.advance();
  return check;
}

/** The text up to the unit with which it can't become valid any more, and what is wrong. */
function firstFault(
  schema: JsonValue,
  text: string,
): [prefix: string, pointer: string, path: string] | null {
  const check = checked(schema, text);
  if (check.invalidFrom < 0) return null;
  const [error] = check.at(Infinity).errors;
  expect(error!.length).toBe(check.invalidFrom);
  return [
    text.slice(0, check.invalidFrom),
    check.document.pointerOf(error!.node),
    error!.schemaPath,
  ];
}

describe('what can no longer become valid is told with the first unit that makes it so', () => {
  const cases: [text: string, prefix: string, pointer: string, path: string][] = [
    // With the first unit of a value of another type.
    ['{"age":"30"}', '{"age":"', '/age', '#/properties/age/type'],
    ['{"age":null}', '{"age":n', '/age', '#/properties/age/type'],
    ['[1]', '[', '', '#/type'],
    // With the unit after a number: only then it is whole.
    ['{"age":-1,', '{"age":-1,', '/age', '#/properties/age/minimum'],
    ['{"age":1.5}', '{"age":1.5}', '/age', '#/properties/age/type'],
    // With the end of a key that must not be there.
    ['{"size":1}', '{"size"', '/size', '#/additionalProperties'],
    // With the character that is too much: one of two units, or of an escape of six.
    ['{"name":"abcdef"}', '{"name":"abcdef', '/name', '#/properties/name/maxLength'],
    ['{"name":"𝄞bcd𝄞e"}', '{"name":"𝄞bcd𝄞e', '/name', '#/properties/name/maxLength'],
    ['{"name":"abcd\\u0065f"}', '{"name":"abcd\\u0065f', '/name', '#/properties/name/maxLength'],
    // With the letter that none of the allowed texts has there.
    ['{"job":"bakes"}', '{"job":"bakes', '/job', '#/properties/job/enum'],
    ['{"job":"ban"}', '{"job":"ban"', '/job', '#/properties/job/enum'],
    // With the beginning of the element that is too much.
    ['{"tags":["a","b","c"]}', '{"tags":["a","b","', '/tags', '#/properties/tags/maxItems'],
    // With the end of an object that lacks a member.
    ['{"name":"a"}', '{"name":"a"}', '', '#/required'],
  ];
  for (const [text, ...expected] of cases)
    test(text, () => expect(firstFault(person, text)).toEqual(expected));

  test('of alternatives, with the end of the last that was left', () => {
    const either = {
      anyOf: [
        { type: 'string', maxLength: 1 },
        { type: 'array', items: { type: 'null' } },
      ],
    };
    expect(firstFault(either, '{')).toEqual(['{', '', '#/anyOf']);
    // Only the list went on: what is wrong is what is wrong in it.
    expect(firstFault(either, '[null,1]')).toEqual(['[null,1', '/1', '#/anyOf/1/items/type']);
    expect(firstFault({ oneOf: [{ type: 'array' }, { maxItems: 1 }] }, '[1]')).toEqual([
      '[1]',
      '',
      '#/oneOf',
    ]);
    expect(firstFault({ not: { type: 'object' } }, '{}')).toEqual(['{}', '', '#/not']);
  });

  test('through references that lead back', () => {
    const tree = {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: { next: { $ref: '#/$defs/node' }, value: { type: 'null' } },
        },
      },
    };
    const text = '{"next":{"next":{"value":1}}}';
    expect(firstFault(tree, text)).toEqual([
      '{"next":{"next":{"value":1',
      '/next/next/value',
      '#/$defs/node/properties/value/type',
    ]);
    expect(firstFault(tree, text.replace('1', 'null'))).toBeNull();
  });
});

test('all errors are listed, and an earlier length has those that were known', () => {
  const text = '{"age":"x","size":1,"name":"abcdefg"}';
  const check = checked(person, text);
  const at = (length: number) =>
    check
      .at(length)
      .errors.map(({ node, keyword }) => `${check.document.pointerOf(node)} ${keyword}`);
  const all = ['/age type', '/size additionalProperties', '/name maxLength'];
  expect(at(text.length)).toEqual(all);
  expect(at(text.indexOf('"size"') + 6)).toEqual(all.slice(0, 2));
  expect(at(text.indexOf('"x"'))).toEqual([]);
  expect(check.at(text.indexOf('"x"')).outcome).toBe('open');
});

describe('it is silent', () => {
  const outcome = (schema: JsonValue, text: string) => checked(schema, text).at(Infinity);

  test('about keywords that it does not know, and not about others beside them', () => {
    const schema = {
      type: 'object',
      patternProperties: { '^x': { type: 'null' } },
      additionalProperties: false,
    };
    expect(outcome(schema, '{"x":1,"y":2}').outcome).toBe('unknown');
    expect(outcome(schema, '{}').silences[0]!.reason).toContain('patternProperties');
    expect(outcome(schema, '[').outcome).toBe('failed');
  });

  test('once a key has come twice: the last one counts', () => {
    const text = '{"age":"x","age":1}';
    expect(outcome(person, text).outcome).toBe('unknown');
    expect(checked(person, text).invalidFrom).toBe(-1);
    expect(checked(person, text).at(9).outcome).toBe('failed');
  });

  test('about a schema that leads to itself at one value, and one that is none', () => {
    expect(outcome({ $ref: '#' }, '{}').outcome).toBe('unknown');
    expect(outcome({ $ref: '#/$defs/missing' }, '{}').outcome).toBe('unknown');
    expect(outcome({ type: 'text', required: 1 }, '{}').outcome).toBe('unknown');
    expect(outcome(7, '{}').outcome).toBe('unknown');
  });

  test('about patterns that might take too long', () => {
    const long = 'a'.repeat(40);
    for (const evil of [
      '^(a+)+$',
      '^(a|a)*$',
      '^(a?){30}a$',
      '(.*)*x',
      '^(?:a{1,30}){1,30}$',
      '(a)\\1',
    ])
      expect(guardedPattern(evil)!.test(`${long}!`), evil).toBeNull();
    for (const fine of [
      '^[a-z]+$',
      '^\\d{4}-\\d{2}$',
      '^(abc)+$',
      'a',
      '^\\p{L}{1,3}$',
      '^[(|)+]*$',
    ])
      expect(guardedPattern(fine)!.test('abc'), fine).toBe(new RegExp(fine, 'u').test('abc'));
    expect(guardedPattern('a.*b.*c.*d')!.test('a'.repeat(1000))).toBeNull();
    expect(guardedPattern('(')).toBeNull();
  });
});

test('deep documents take no stack', () => {
  const depth = 100_000;
  const schema = { type: 'array', items: { $ref: '#' } };
  expect(checked(schema, '['.repeat(depth) + ']'.repeat(depth)).at(Infinity).outcome).toBe(
    'passed',
  );
  expect(checked(schema, `${'['.repeat(depth)}1`).invalidFrom).toBe(depth + 1);
});

describe('values that are compared are each read a bounded number of times', () => {
  /** How many units of the text were read for one of it, and what came out. */
  function reading(schema: JsonValue, text: string) {
    const slice = vi.spyOn(GrowingDocument.prototype, 'slice');
    onTestFinished(() => slice.mockRestore());
    const check = checked(schema, text);
    const units = slice.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
    return { share: units / text.length, outcome: check.at(Infinity).outcome };
  }
  const names = Array.from({ length: 250 }, (_, at) => `name ${at}`);

  test('a string, by each of the many that are allowed', () => {
    const text = JSON.stringify(Array.from({ length: 1000 }, (_, at) => names[at % 250]!));
    const { share, outcome } = reading({ items: { enum: names } }, text);
    expect(outcome).toBe('passed');
    expect(share).toBeLessThan(4);
  });

  test('an object, by each of those', () => {
    const list = names.map((name) => ({ name, more: [name] }));
    const { share, outcome } = reading({ items: { enum: list } }, JSON.stringify(list));
    expect(outcome).toBe('passed');
    expect(share).toBeLessThan(4);
  });

  test('elements that must be unique, by all the arrays around them', () => {
    const nest = (inner: JsonValue) => {
      let value = inner;
      for (let depth = 0; depth < 400; depth++) value = [depth, value];
      return JSON.stringify(value);
    };
    const schema = { uniqueItems: true, items: { $ref: '#' } };
    const { share, outcome } = reading(schema, nest(names));
    expect(outcome).toBe('passed');
    expect(share).toBeLessThan(4);
    expect(
      checked(
        schema,
        nest([
          { a: 1, b: [-0] },
          { b: [0.0], a: 1.0 },
        ]),
      ).invalidFrom,
    ).toBe(
      nest([
        { a: 1, b: [-0] },
        { b: [0.0], a: 1.0 },
      ]).lastIndexOf('}') + 1,
    );
  });

  test('and equal are those that JSON Schema calls so', () => {
    const unique = { uniqueItems: true };
    for (const equal of ['[1,1.0]', '[0,-0]', '["a","\\u0061"]', '[{"a":1,"b":2},{"b":2,"a":1}]'])
      expect(checked(unique, equal).at(Infinity).outcome, equal).toBe('failed');
    for (const other of [
      '[1,"1"]',
      '[0,false,null,"null"]',
      '[[1,2],[12],"[1,2",["1,2"]]',
      '[{"a":1},["a",1],{"1":"a"},[],{},""]',
      '[{"a":[1]},{"a":1}]',
    ])
      expect(checked(unique, other).at(Infinity).outcome, other).toBe('passed');
  });
});

test('recorded outputs fit the schemas that they were asked for with', () => {
  let outputs = 0;
  let argumentTexts = 0;
  for (const { name, bytes } of responsesRecordings()) {
    const { index } = new IndexedStream(bytes);
    const events = eventsOf(bytes);
    const first = events
      .map(({ value }) => value)
      .find((value) => isObject(value) && isObject(value.response));
    const sources = new SchemaSources(null, isObject(first) ? first.response : undefined);
    index.lanes.forEach((lane, number) => {
      const end = parseJson(lane.text);
      // Some are truncated, and some servers refuse in words.
      if (!isObject(end)) return;
      let source = null;
      if (lane.kind === 'output_text') source = sources.format;
      else if (lane.kind === 'function_arguments') {
        const items = events.flatMap(({ value }) =>
          isObject(value) && value.output_index === lane.outputIndex && isObject(value.item)
            ? [value.item]
            : [],
        );
        source = sources.parametersOf(String(items[0]?.name));
      }
      if (!source) return;
      if (lane.kind === 'output_text') outputs++;
      else argumentTexts++;
      const { outcome, errors } = checked(source.schema, lane.text).at(Infinity);
      expect(errors, `${name} ${number}`).toEqual([]);
      expect(['passed', 'unknown']).toContain(outcome);
    });
  }
  expect(outputs).toBeGreaterThan(0);
  expect(argumentTexts).toBeGreaterThan(3);
});
