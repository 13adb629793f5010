import type { Api } from '../../src-core/apis.ts';
import { isObject, type JsonObject, stringOf } from '../../src-core/json.ts';
import { nodeAtKeys, scanJsonText } from '../../src-core/json-text.ts';
import { FORMAT_PLACES, formatOf } from '../../src-core/request-body/format-place.ts';

/** The schema that an answer has to fit. */
export interface Wanted {
  /** The text as the request has it: its numbers and the order of its keys are kept. */
  schema: string;
  /** Empty where the API names no formats. */
  name: string;
  strict: boolean;
  use: 'response_format' | 'function';
  /** Where the schema and its name stand in the request, as servers write it. */
  param: string;
  nameParam: string;
}

/**
 * Which schema of a request is to be answered: a format, or a function that may be called. Null where
 * there is none, or several functions of which none is chosen.
 * @param text the body as it came
 */
export function wantedBy(api: Api, body: JsonObject, text: string): Wanted | null {
  const format = formatOf(api, body);
  const { holder, isNamed } = FORMAT_PLACES[api];
  if (format && isObject(format.schema)) {
    return {
      schema: textAt(text, [...holder, 'schema']),
      name: stringOf(format.name),
      // Messages has no flag: it always keeps to the schema, but not by OpenAI's rules.
      strict: isNamed && format.strict === true,
      use: 'response_format',
      param: [...holder, 'schema'].join('.'),
      nameParam: [...holder, 'name'].join('.'),
    };
  }
  const tools = Array.isArray(body.tools) ? body.tools : [];
  const functions = tools.flatMap((tool, at) => {
    const found = isObject(tool) ? functionOf(api, tool) : null;
    return found ? [{ ...found, at }] : [];
  });
  const choice = isObject(body.tool_choice) ? body.tool_choice : null;
  const inner = choice && api === 'chat' ? choice.function : choice;
  const name = isObject(inner) ? stringOf(inner.name) : '';
  const chosen = name === '' ? functions : functions.filter(({ own }) => own.name === name);
  const must = body.tool_choice === 'required' || choice?.type === 'any';
  const [first] = chosen;
  if (!first || (chosen.length > 1 && !must)) return null;
  const { at, own, path, key } = first;
  const param = [`tools[${at}]`, ...path].join('.');
  return {
    schema: textAt(text, ['tools', String(at), ...path, key]),
    name: stringOf(own.name),
    strict: api !== 'messages' && own.strict === true,
    use: 'function',
    param: `${param}.${key}`,
    nameParam: `${param}.name`,
  };
}

/** What describes a function within a tool, and the key of its schema there. */
function functionOf(
  api: Api,
  tool: JsonObject,
): { own: JsonObject; path: string[]; key: string } | null {
  const path = api === 'chat' ? ['function'] : [];
  const own = api === 'chat' ? tool.function : tool;
  const key = api === 'messages' ? 'input_schema' : 'parameters';
  if (api !== 'messages' && tool.type !== 'function') return null;
  return isObject(own) && isObject(own[key]) ? { own, path, key } : null;
}

/** The text of a value as it stands in a JSON text. */
function textAt(text: string, path: readonly string[]): string {
  const { root } = scanJsonText(text);
  const node = root && nodeAtKeys(root, path);
  return node ? text.slice(node.start, node.end) : '{}';
}
