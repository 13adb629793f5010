import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { generate } from 'json-schema-faker';
import type { JsonObject, JsonValue } from '../json.ts';

/** Ajv's judgement, apart from the code under test. */
export function judgeOf(schema: JsonObject): ValidateFunction {
  const isDraft7 = String(schema.$schema).includes('draft-07');
  const options = { strict: false, logger: false, allErrors: true } as const;
  const ajv = isDraft7 ? new Ajv(options) : new Ajv2020(options);
  formats.default(ajv);
  return ajv.compile(schema);
}

/**
 * Instances of a schema by an independent generator, which is wrong now and then: those that Ajv accepts,
 * one for each seed of which that is so.
 */
export async function instancesOf(schema: JsonObject, seeds: number): Promise<JsonValue[]> {
  const validate = judgeOf(schema);
  const instances: JsonValue[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const options = { seed, maxDepth: 12, optionalsProbability: 0.6, maxDefaultItems: 2 };
    const value = (await generate(structuredClone(schema), options)) as JsonValue;
    if (validate(value)) instances.push(value);
  }
  return instances;
}
