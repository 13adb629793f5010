import { isObject, type JsonValue } from '../json.ts';
import { callsTool, clientUrl, CREATE, membersOf, type RequestParts } from './parts.ts';

/** The request by the official Python client, which reads the key from the environment. */
export function pythonCode(parts: RequestParts): string {
  const { form, request } = parts;
  const url = clientUrl(parts);
  const client = url === null ? '' : `base_url=${pythonLiteral(url)}`;
  const [module, name] = form === 'messages' ? ['anthropic', 'Anthropic'] : ['openai', 'OpenAI'];
  const isTool = callsTool(request);
  const args = membersOf({ ...request, stream: true }).map(
    ([key, value]) => `    ${key}=${pythonLiteral(value).replaceAll('\n', '\n    ')},`,
  );
  return lines([
    `from ${module} import ${name}`,
    '',
    `client = ${name}(${client})`,
    `stream = client.${CREATE[form]}(`,
    ...args,
    ')',
    ...{ responses: responsesLoop, chat: chatLoop, messages: messagesLoop }[form](isTool),
  ]);
}

function chatLoop(isTool: boolean): string[] {
  const loop = ['for chunk in stream:', '    for choice in chunk.choices:'];
  if (!isTool)
    return [...loop, printed('        ', 'choice.delta.content or choice.delta.refusal or ""')];
  return [
    ...loop,
    '        for call in choice.delta.tool_calls or []:',
    printed('            ', 'call.function.arguments or ""'),
  ];
}

function responsesLoop(isTool: boolean): string[] {
  const test = isTool
    ? 'event.type == "response.function_call_arguments.delta"'
    : 'event.type in ("response.output_text.delta", "response.refusal.delta")';
  return [
    'for event in stream:',
    `    if ${test}:`,
    printed('        ', 'event.delta'),
    '    elif event.type == "response.completed":',
    '        print("\\n", event.response.usage)',
  ];
}

function messagesLoop(isTool: boolean): string[] {
  const [type, field] = isTool ? ['input_json_delta', 'partial_json'] : ['text_delta', 'text'];
  return [
    'for event in stream:',
    `    if event.type == "content_block_delta" and event.delta.type == "${type}":`,
    printed('        ', `event.delta.${field}`),
    '    elif event.type == "message_delta":',
    '        print("\\n", event.usage)',
  ];
}

function printed(indent: string, what: string): string {
  return `${indent}print(${what}, end="", flush=True)`;
}

const lines = (all: readonly string[]) => `${all.join('\n')}\n`;

/** A Python literal of a value: JSON's strings are Python's, its words are not. */
export function pythonLiteral(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(value) : `float("${value > 0 ? '' : '-'}inf")`;
  if (typeof value === 'string') return JSON.stringify(value);
  const inner = Array.isArray(value)
    ? value.map(pythonLiteral)
    : isObject(value)
      ? membersOf(value).map(([key, one]) => `${JSON.stringify(key)}: ${pythonLiteral(one)}`)
      : [];
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (inner.length === 0) return `${open}${close}`;
  const short = `${open}${inner.join(', ')}${close}`;
  if (short.length <= 60 && !short.includes('\n')) return short;
  return `${open}\n${inner.map((one) => `    ${one.replaceAll('\n', '\n    ')},\n`).join('')}${close}`;
}
