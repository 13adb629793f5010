import { objectsOf } from '../dialects/facts.ts';
import { isObject, type JsonObject, type JsonValue, jsonText, stringOf } from '../json.ts';
import type { AskedFor } from './asked-for.ts';
import { inputMessages, systemInstructions } from './input-messages.ts';
import { outputMessages } from './output-messages.ts';
import type { Attributes } from './span-facts.ts';

/**
 * Messages, instructions and tools as the conventions have them, each as a JSON text: attributes of
 * spans hold no structures in the official packages. Empty ones are left out.
 * @param finished the reason of each generation: `finishReasons`
 */
export function contentAttributes(
  asked: AskedFor,
  root: JsonObject | null,
  finished: readonly string[],
): Attributes {
  const lists: [name: string, list: JsonValue[]][] = [
    ['gen_ai.system_instructions', systemInstructions(asked)],
    ['gen_ai.input.messages', inputMessages(asked)],
    ['gen_ai.output.messages', root ? outputMessages(asked.dialect, root, finished) : []],
    ['gen_ai.tool.definitions', toolDefinitions(asked.body)],
  ];
  const attributes: Attributes = {};
  for (const [name, list] of lists) {
    const text = list.length > 0 ? jsonText(list) : null;
    if (text !== null) attributes[name] = text;
  }
  return attributes;
}

/** Functions have their name and parameters on top; other tools stay as they are. */
function toolDefinitions(body: JsonObject): JsonObject[] {
  return objectsOf(body.tools).flatMap((tool): JsonObject[] => {
    const declared = objectsOf(tool.functionDeclarations ?? tool.function_declarations);
    if (declared.length > 0) return declared.map((one) => ({ type: 'function', ...one }));
    if (isObject(tool.function)) return [{ type: 'function', ...tool.function }];
    if (isObject(tool.input_schema) && (tool.type === undefined || tool.type === 'custom')) {
      const { input_schema: parameters, type: _type, ...rest } = tool;
      return [{ type: 'function', ...rest, parameters }];
    }
    return [{ ...tool, type: stringOf(tool.type) || (Object.keys(tool)[0] ?? 'unknown') }];
  });
}
