import { isObject, type JsonValue } from '../../../src-core/json.ts';
import type { TypeCode, TypeLanguage } from '../../../src-core/type-code/languages.ts';
import { lostRules } from '../../../src-core/type-code/lost.ts';
import { pydanticCode } from '../../../src-core/type-code/pydantic.ts';
import { walkSchema } from '../../../src-core/schema-walk.ts';
import { messageOf, Refusal } from '../../refusal.ts';

export interface TypesInput {
  /** A JSON text. */
  schema: string;
  /** The name of the schema: that of the root type is made of it. */
  name: string;
  language: TypeLanguage;
}

/**
 * Types of a schema in a language, and what of the schema they leave unchecked. The packages are loaded
 * when they are needed. Throws a `Refusal` where the text is no JSON (`schema-no-json`) or no schema, where
 * it refers to what is elsewhere, and where a package refuses it, with its message.
 */
export async function typesOf({ schema: text, name, language }: TypesInput): Promise<TypeCode> {
  const schema = parsed(text);
  refuseForeign(schema);
  try {
    return { code: await codeOf(schema, name, language), ...lostRules(schema, language) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('schema-unusable', `No types can be made of it: ${messageOf(error)}`);
  }
}

async function codeOf(schema: JsonValue, name: string, language: TypeLanguage): Promise<string> {
  if (language === 'json-schema') return `${JSON.stringify(schema, null, 2)}\n`;
  if (language === 'pydantic') return pydanticCode(schema, name);
  if (language === 'zod') return (await import('./zod.ts')).zodCode(schema, name);
  return (await import('./typescript.ts')).typescriptCode(schema, name);
}

function parsed(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new Refusal('schema-no-json', 'The schema is no JSON.', messageOf(error));
  }
  if (isObject(value) || typeof value === 'boolean') return value;
  throw new Refusal('schema-unusable', 'A schema is an object; this is none.');
}

/** Nothing is ever fetched: what is elsewhere has no type. */
function refuseForeign(schema: JsonValue): void {
  walkSchema(schema, ({ $ref }, pointer) => {
    if (typeof $ref !== 'string' || $ref.startsWith('#')) return;
    throw new Refusal(
      'schema-unusable',
      `The reference to ${$ref} at ${pointer || 'the root'} leads out of the schema, and nothing is fetched. Copy what it names into $defs.`,
    );
  });
}
