import { GrowingDocument } from '../growing/growing-document.ts';
import { type JsonObject, parseJson } from '../json.ts';
import { planOf } from '../schema-check/compile.ts';
import type { Plan } from '../schema-check/plan.ts';
import { SchemaCheck } from '../schema-check/schema-check.ts';

/** Texts beyond this many UTF-16 units are not read again for their schema. */
const LONGEST = 8 * 1024 * 1024;

const plans = new WeakMap<JsonObject, Plan>();

/**
 * What is wrong with the text of an output by the schema it was asked for with, null where nothing is
 * that can be judged. @param format `text.format` of the type `json_schema`
 */
export function schemaFault(format: JsonObject, text: string): string | null {
  if (text.length > LONGEST) return null;
  if (parseJson(text) === undefined) return 'it is not JSON.';
  const { schema } = format;
  if (schema === undefined) return null;
  let plan = plans.get(format);
  if (!plan) plans.set(format, (plan = planOf(schema)));
  const document = new GrowingDocument(null);
  document.append(text);
  const check = new SchemaCheck(plan, document);
  check.advance();
  const { outcome, errors } = check.at(document.length);
  if (outcome !== 'failed') return null;
  const [first] = errors;
  if (!first) return 'it fits none of the choices.';
  const pointer = document.pointerOf(first.node);
  const others = check.errorCount > 1 ? ` (and ${check.errorCount - 1} more)` : '';
  return `${pointer === '' ? 'the root' : pointer} ${first.message} (${first.schemaPath})${others}`;
}
