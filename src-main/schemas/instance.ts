import { generateSync, type JsonSchema } from 'json-schema-faker';
import type { JsonValue } from '../../src-core/json.ts';
import { madeInstance, NoInstance } from '../../src-core/made-instance/made-instance.ts';
import { messageOf, Refusal } from '../refusal.ts';
import { judgeWhole } from './whole-document.ts';

/** Seeds that are tried, each with the next: what a generator makes may break a rule it does not know. */
const TRIES = 24;

/**
 * An instance of a schema as a model in strict mode writes it: compact JSON, its keys in the schema's
 * order. Always valid by Ajv.
 * @param seed the same one gives the same instance
 * @throws Refusal `no-instance` where none was found, and why; those of `judgeWhole` for a schema that
 *   can't be used
 */
export function instanceOf(schema: string, seed: number): string {
  const root = JSON.parse(schema) as JsonValue;
  let why = '';
  for (let turn = 0; turn < TRIES; turn++) {
    let text: string;
    try {
      text = JSON.stringify(madeInstance(root, seed + turn * 0x9e3779b1, leafOf));
    } catch (error) {
      why = messageOf(error);
      // Other seeds come to the same end.
      if (error instanceof NoInstance) break;
      continue;
    }
    const { valid, errors } = judgeWhole(schema, text);
    if (valid) return text;
    const [first] = errors;
    why = first ? `${first.pointer || 'The root'} ${first.message} (${first.schemaPath}).` : '';
  }
  throw new Refusal('no-instance', `No instance of this schema could be made. ${why}`.trim());
}

/** Strings and numbers with patterns, formats and limits. */
function leafOf(schema: unknown, seed: number): JsonValue {
  const value = generateSync(schema as JsonSchema, { seed, optionalsProbability: 0.7 });
  return (value ?? null) as JsonValue;
}
