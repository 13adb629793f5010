import { Ajv2020 } from 'ajv/dist/2020.js';
import { GrowingDocument } from '../src-core/growing/growing-document.ts';
import { planOf } from '../src-core/schema-check/compile.ts';
import { SchemaCheck } from '../src-core/schema-check/schema-check.ts';
import type { JsonValue } from '../src-core/json.ts';
import { recordsText } from './growing.ts';
import { measure, median } from './measure.ts';
import { SHAPES } from './schema-shapes.ts';
import { fixed, printTable } from './table.ts';

const KIB = 1024;
const DELTA = 4;
const SIZES = [64 * KIB, 256 * KIB, KIB * KIB, 4 * KIB * KIB];

const string = { type: 'string' };
const RECORD = {
  type: 'object',
  properties: {
    id: { type: 'integer', minimum: 0 },
    name: { ...string, maxLength: 40 },
    quote: string,
    tags: { type: 'array', items: { enum: ['engineer', 'café'] }, maxItems: 5 },
    score: { type: 'number', maximum: 1000 },
    active: { type: 'boolean' },
    manager: { anyOf: [{ $ref: '#/$defs/name' }, { type: 'null' }] },
    address: {
      type: 'object',
      properties: { street: { ...string, pattern: '^[0-9]+ ' }, city: string },
      required: ['street', 'city'],
      additionalProperties: false,
    },
  },
  required: ['id', 'name', 'quote', 'tags', 'score', 'active', 'manager', 'address'],
  additionalProperties: false,
};
const SCHEMA = { type: 'array', items: RECORD, $defs: { name: string } };

/** The document after each delta, and with `isChecked` what the schema says of it. */
function stream(text: string, isChecked: boolean): number {
  const document = new GrowingDocument();
  const check = new SchemaCheck(planOf(SCHEMA), document);
  for (let at = 0; at < text.length; at += DELTA) {
    document.append(text.slice(at, at + DELTA));
    if (isChecked) check.advance();
  }
  if (check.invalidFrom >= 0) throw new Error('the records fit the schema');
  return check.length;
}

/** How long a slice may take: the page checks by so many happenings at a time. */
const SLICE = 512;

/** One check of a text that came as a whole; the second is its longest slice. Both in milliseconds. */
function sliced(schema: JsonValue, text: string): [all: number, longest: number] {
  const document = new GrowingDocument();
  document.append(text);
  const check = new SchemaCheck(planOf(schema), document);
  const began = performance.now();
  let longest = 0;
  for (let at = began, isDone = false; !isDone;) {
    isDone = check.advance(SLICE);
    const now = performance.now();
    longest = Math.max(longest, now - at);
    at = now;
  }
  return [performance.now() - began, longest];
}

/** Checking an output while it streams, beside one validation of the whole. */
export async function schemas(): Promise<void> {
  const validate = new Ajv2020({ strict: false }).compile(SCHEMA);
  const rows: string[][] = [];
  for (const size of SIZES) {
    const text = recordsText(size);
    const whole = `${text.slice(0, text.lastIndexOf(',{'))}]`;
    const tasks = [
      { name: 'ours', run: () => stream(text, true) },
      { name: 'document', run: () => stream(text, false) },
      { name: 'ajv', run: () => validate(JSON.parse(whole)) },
    ];
    const times = await measure(tasks);
    const [ours, document, ajv] = tasks.map(({ name }) => median(times, name)) as [
      number,
      number,
      number,
    ];
    const nanoseconds = fixed((ours * 1e6) / size, 0);
    rows.push([`${size / KIB} KiB`, fixed(ours), nanoseconds, fixed(document), fixed(ajv)]);
  }
  console.log(`An output checked by its schema after each delta of ${DELTA} characters`);
  const ours = ['document and check, ms', 'ns/character', 'document alone, ms'];
  printTable(['median of 9 rounds', ...ours, 'JSON.parse and Ajv once, ms'], rows);

  const shapes = SHAPES.map((shape) => {
    const { name, schema, text } = shape();
    const runs = Array.from({ length: 5 }, () => sliced(schema, text));
    runs.sort(([one], [other]) => one - other);
    const [all, longest] = runs[2]!;
    return [name, fixed(text.length / 1e6), fixed(all), fixed(longest)];
  });
  console.log('Shapes that are hard on whoever compares values, without the document');
  printTable(['median of 5', 'MB', 'check, ms', `longest ${SLICE} happenings, ms`], shapes);
}
