import type { Api } from '../../src-core/apis.ts';
import { isObject, type JsonObject, parseJson } from '../../src-core/json.ts';
import { valueText, withoutValue, withValue } from '../../src-core/json-edit.ts';
import { type JsonNode, nodeAt, scanJsonText } from '../../src-core/json-text.ts';
import { emptyFormat, FORMAT_PLACES, formatOf } from '../../src-core/request-body/format-place.ts';
import { listText } from '../../src-core/request-body/prompt.ts';
import { type RequestSchema, toolText } from '../../src-core/request-body/schema-text.ts';
import type { SchemaFacts } from '../../src-core/schema.ts';

/**
 * A request body with a schema in it; the rest of it stays as it is written.
 *
 * @param body a JSON object, `root` being its scan
 * @throws Error where the schema's text is not JSON
 */
export function withSchema(
  api: Api,
  body: string,
  root: JsonNode,
  schema: SchemaFacts & { text: string },
): string {
  if (scanJsonText(schema.text).fault) throw new Error('The schema is not JSON.');
  return schema.kind === 'tool' ? withTool(api, body, root, schema) : withFormat(api, body, schema);
}

function withFormat(
  api: Api,
  body: string,
  { name, description, strict, text }: RequestSchema,
): string {
  const { format, holder, isNamed } = FORMAT_PLACES[api];
  const value = parseJson(body);
  let made =
    isObject(value) && formatOf(api, value)
      ? body
      : put(body, format, JSON.stringify(emptyFormat(api, '', strict), null, 2));
  if (isNamed) {
    made = put(made, [...holder, 'name'], JSON.stringify(name));
    made =
      description === ''
        ? withoutValue(made, [...holder, 'description'])
        : put(made, [...holder, 'description'], JSON.stringify(description));
    made = put(made, [...holder, 'strict'], JSON.stringify(strict));
  }
  return put(made, [...holder, 'schema'], text.trim());
}

function withTool(api: Api, body: string, root: JsonNode, schema: RequestSchema): string {
  const tool = toolText(api, schema);
  const list = nodeAt(root, ['tools']);
  const items = list?.kind === 'array' ? list.items : [];
  const texts = items.map((item) => valueText(body, item));
  const at = items.findIndex((item) => {
    const value = parseJson(body.slice(item.start, item.end));
    return isObject(value) && functionName(api, value) === schema.name;
  });
  if (at < 0) texts.push(tool);
  else texts[at] = tool;
  return put(body, ['tools'], listText(texts));
}

function functionName(api: Api, tool: JsonObject): unknown {
  if (api === 'messages') return tool.name;
  if (tool.type !== 'function') return null;
  return api === 'chat' ? isObject(tool.function) && tool.function.name : tool.name;
}

function put(text: string, path: readonly string[], value: string): string {
  const { root } = scanJsonText(text);
  return root ? withValue(text, root, path, value) : text;
}
