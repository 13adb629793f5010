import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingDocument } from '../growing/growing-document.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { cutText } from '../testing/json-texts.ts';
import { anySchema, valueFor } from '../testing/schemas.ts';
import { planOf } from './compile.ts';
import { SchemaCheck } from './schema-check.ts';

/**
 * Where `items` names simple types, Ajv 8.20 compares only elements of these types for `uniqueItems`, also
 * those that `prefixItems` stands for: `[[],[]]` is unique to it.
 */
function isMisjudged(schema: JsonValue): boolean {
  if (Array.isArray(schema)) return schema.some(isMisjudged);
  if (!isObject(schema)) return false;
  const { uniqueItems, prefixItems, items } = schema;
  if (uniqueItems === true && prefixItems && isObject(items) && 'type' in items) return true;
  return Object.values(schema).some((value) => value !== undefined && isMisjudged(value));
}

function ajvOf(schema: JsonObject): ((value: unknown) => boolean) | null {
  if (isMisjudged(schema)) return null;
  const ajv = new Ajv2020({ strict: false, logger: false });
  formats.default(ajv);
  try {
    const validate = ajv.compile(schema);
    return (value) => validate(value);
  } catch {
    return null;
  }
}

function checked(schema: JsonValue, pieces: readonly string[]): SchemaCheck {
  const check = new SchemaCheck(planOf(schema), new GrowingDocument());
  for (const piece of pieces) {
    check.document.append(piece);
    check.advance();
  }
  return check;
}

/**
 * Ajv recurses for ever where a schema refers to itself at one value, and makes code that does not run
 * ("items0 is not defined") of some that can never hold.
 */
function isValid(validate: (value: unknown) => boolean, text: string): boolean | null {
  try {
    return validate(JSON.parse(text));
  } catch (error) {
    if (error instanceof RangeError || error instanceof ReferenceError) return null;
    throw error;
  }
}

const texts = (schema: JsonObject, seeds: readonly number[]) =>
  seeds.map((seed) => `${JSON.stringify(valueFor(schema, seed), null, seed % 2)}\n`);
const seeds = fc.array(fc.nat(), { minLength: 4, maxLength: 12 });

test('at the end it says what Ajv says, or nothing', () => {
  const counts = { valid: 0, invalid: 0, unknown: 0 };
  fc.assert(
    fc.property(anySchema, seeds, (schema, some) => {
      const validate = ajvOf(schema);
      fc.pre(validate !== null);
      for (const text of texts(schema, some)) {
        const valid = isValid(validate!, text);
        if (valid === null) continue;
        const { outcome, errors, silences } = checked(schema, [text]).at(Infinity);
        const says = {
          outcome: outcome === 'unknown' ? outcome : valid ? 'passed' : 'failed',
          hasErrors: outcome === 'failed',
          hasReasons: outcome !== 'unknown' || silences.length > 0,
        };
        const said = { outcome, hasErrors: errors.length > 0, hasReasons: true };
        if (!isDeepStrictEqual(said, says))
          expect(said, `${JSON.stringify(schema)} ${text}`).toEqual(says);
        counts[outcome === 'unknown' ? 'unknown' : valid ? 'valid' : 'invalid']++;
      }
    }),
    { numRuns: 200 },
  );
  // It speaks nearly always, and both ways.
  expect(counts.valid).toBeGreaterThan(100);
  expect(counts.invalid).toBeGreaterThan(100);
  expect(counts.unknown).toBeLessThan((counts.valid + counts.invalid) / 3);
});

test('what it calls invalid no way of going on makes valid', () => {
  let dead = 0;
  fc.assert(
    fc.property(anySchema, seeds, (schema, some) => {
      const validate = ajvOf(schema);
      fc.pre(validate !== null);
      const all = texts(schema, some);
      for (const text of all) {
        const from = checked(schema, [text]).invalidFrom;
        if (from < 0) continue;
        dead++;
        const prefix = text.slice(0, from);
        for (const other of all)
          if (other.startsWith(prefix) && isValid(validate!, other))
            expect.fail(`${JSON.stringify(schema)} is not dead with ${prefix}: ${other}`);
      }
    }),
    { numRuns: 120 },
  );
  expect(dead).toBeGreaterThan(50);
});

test('it says the same of every prefix wherever the text is cut', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(anySchema, seeds, cuts, (schema, some, sizes) => {
      for (const text of texts(schema, some.slice(0, 4))) {
        const whole = checked(schema, [text]);
        const cut = checked(schema, cutText(text, sizes));
        for (let length = 0; length <= text.length; length++) {
          const expected = whole.at(length);
          expect(cut.at(length)).toEqual(expected);
          expect(checked(schema, [text.slice(0, length)]).at(length)).toEqual(expected);
        }
      }
    }),
    { numRuns: 40 },
  );
});
