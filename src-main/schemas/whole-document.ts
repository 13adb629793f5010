import { Ajv, type AnySchema, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { WholeVerdict } from '../../src-ipc/contract.ts';
import { messageOf, Refusal } from '../refusal.ts';

const MOST_ERRORS = 200;
/** Without `ownProperties` every object has `toString`. */
const OPTIONS: Options = { strict: false, allErrors: true, ownProperties: true, logger: false };

/**
 * Judges a whole JSON text against a schema by Ajv, which makes code of the schema and so can't run in
 * the page. Draft 2020-12, or draft 7 where the schema names that; no other schema is ever fetched. A
 * pattern can take time exponential in a value: the task thread has a limit.
 * Throws a `Refusal` where the schema can't be used or the text is no JSON.
 */
export function judgeWhole(schema: string, text: string): WholeVerdict {
  const value = parsed(text, 'text-no-json', 'The text is no JSON.');
  return bounded(() => {
    const validate = validatorOf(schema);
    const valid = validate(value);
    const errors = valid ? [] : (validate.errors ?? []);
    return {
      valid,
      errors: errors.slice(0, MOST_ERRORS).map(plainError),
      errorCount: errors.length,
    };
  });
}

/** The last validator: the texts of one response mostly share a schema. */
let last: { schema: string; validate: ValidateFunction } | null = null;

function validatorOf(schema: string): ValidateFunction {
  if (last?.schema === schema) return last.validate;
  const plan = parsed(schema, 'schema-no-json', 'The schema is no JSON.') as AnySchema;
  try {
    const isDraft7 = /"\$schema"\s*:\s*"https?:\/\/json-schema\.org\/draft-07\//.test(schema);
    const ajv = isDraft7 ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
    formats.default(ajv);
    const validate = ajv.compile(plan);
    last = { schema, validate };
    return validate;
  } catch (error) {
    throw new Refusal('schema-unusable', `The schema can't be used: ${messageOf(error)}`);
  }
}

/** What exhausts the stack is refused, and where Ajv makes code that does not run. */
function bounded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError)
      throw new Refusal(
        'schema-unusable',
        'The schema or the output is too deep to be judged as a whole.',
      );
    if (error instanceof ReferenceError)
      throw new Refusal(
        'schema-unusable',
        `Ajv makes code of the schema that does not run: ${error.message}.`,
      );
    throw error;
  }
}

function parsed(text: string, code: string, message: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(code, message, messageOf(error));
  }
}

function plainError({
  instancePath,
  schemaPath,
  keyword,
  message,
}: ErrorObject): WholeVerdict['errors'][number] {
  return { pointer: instancePath, schemaPath, keyword, message: message ?? keyword };
}
