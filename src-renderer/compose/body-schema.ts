import { isObject, parseJson } from '../../src-core/json.ts';
import { valueText, withoutValue, withValue } from '../../src-core/json-edit.ts';
import { type JsonNode, nodeAt, scanJsonText } from '../../src-core/json-text.ts';
import type { SchemaFacts } from '../../src-core/schema.ts';

const FORMAT = ['text', 'format'];

/**
 * A request body with a schema in it; the rest of it stays as it is written.
 *
 * @param body a JSON object, `root` being its scan
 * @throws Error where the schema's text is not JSON
 */
export function withSchema(
  body: string,
  root: JsonNode,
  schema: SchemaFacts & { text: string },
): string {
  if (scanJsonText(schema.text).fault) throw new Error('The schema is not JSON.');
  return schema.kind === 'tool' ? withTool(body, root, schema) : withFormat(body, root, schema);
}

function withFormat(
  body: string,
  root: JsonNode,
  { name, description, strict, text }: SchemaFacts & { text: string },
): string {
  const known = nodeAt(root, FORMAT);
  const value = known ? parseJson(body.slice(known.start, known.end)) : undefined;
  const isFormat = isObject(value) && value.type === 'json_schema';
  let made = isFormat
    ? body
    : put(body, FORMAT, JSON.stringify({ type: 'json_schema', name: '' }, null, 2));
  made = put(made, [...FORMAT, 'name'], JSON.stringify(name));
  made =
    description === ''
      ? withoutValue(made, [...FORMAT, 'description'])
      : put(made, [...FORMAT, 'description'], JSON.stringify(description));
  made = put(made, [...FORMAT, 'strict'], JSON.stringify(strict));
  return put(made, [...FORMAT, 'schema'], text.trim());
}

function withTool(
  body: string,
  root: JsonNode,
  { name, description, strict, text }: SchemaFacts & { text: string },
): string {
  const head = { type: 'function', name, ...(description === '' ? {} : { description }), strict };
  const tool = put(JSON.stringify(head, null, 2), ['parameters'], text.trim());
  const list = nodeAt(root, ['tools']);
  const items = list?.kind === 'array' ? list.items : [];
  const texts = items.map((item) => valueText(body, item));
  const at = items.findIndex((item) => {
    const value = parseJson(body.slice(item.start, item.end));
    return isObject(value) && value.type === 'function' && value.name === name;
  });
  if (at < 0) texts.push(tool);
  else texts[at] = tool;
  const lines = texts.map((one) => `\n  ${one.replaceAll('\n', '\n  ')}`);
  return put(body, ['tools'], `[${lines.join(',')}\n]`);
}

function put(text: string, path: readonly string[], value: string): string {
  const { root } = scanJsonText(text);
  return root ? withValue(text, root, path, value) : text;
}
