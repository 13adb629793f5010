import { isObject, type JsonObject, type JsonValue } from '../json.ts';

/**
 * The body of `POST /chat/completions` that asks for the same as one of `POST /responses`: the format and
 * the function are nested there, and the instructions are a message.
 */
export function chatBody(responses: JsonObject): JsonObject {
  const { model, instructions, input, text, tools, tool_choice, max_output_tokens, ...rest } =
    responses;
  const body: JsonObject = { model, messages: messages(instructions, input) };
  const format = isObject(text) ? text.format : undefined;
  if (isObject(format) && format.type === 'json_schema') {
    const { type: _type, ...json_schema } = format;
    body.response_format = { type: 'json_schema', json_schema };
  }
  if (Array.isArray(tools)) {
    body.tools = tools.map(nested);
    if (isObject(tool_choice)) body.tool_choice = nested(tool_choice);
    else if (tool_choice !== undefined) body.tool_choice = tool_choice;
  }
  if (max_output_tokens !== undefined) body.max_completion_tokens = max_output_tokens;
  return { ...body, ...rest };
}

function messages(instructions: JsonValue | undefined, input: JsonValue | undefined): JsonValue[] {
  const all: JsonValue[] = [];
  if (instructions !== undefined) all.push({ role: 'system', content: instructions });
  if (Array.isArray(input)) all.push(...input);
  else all.push({ role: 'user', content: input ?? '' });
  return all;
}

/** `{type: 'function', name, ...}` as `{type: 'function', function: {name, ...}}`. */
function nested(tool: JsonValue): JsonValue {
  if (!isObject(tool) || tool.type !== 'function') return tool;
  const { type, ...fields } = tool;
  return { type, function: fields };
}
