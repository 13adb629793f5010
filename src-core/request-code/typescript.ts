import { isObject, type JsonValue } from '../json.ts';
import { callsTool, clientUrl, CREATE, membersOf, type RequestParts } from './parts.ts';

/** The request by the official client for TypeScript, which reads the key from the environment. */
export function typescriptCode(parts: RequestParts): string {
  const { form, request } = parts;
  const url = clientUrl(parts);
  const options = url === null ? '' : `{ baseURL: ${typescriptLiteral(url)} }`;
  const [module, name] =
    form === 'messages' ? ['@anthropic-ai/sdk', 'Anthropic'] : ['openai', 'OpenAI'];
  const code = [
    `import ${name} from '${module}';`,
    '',
    `const client = new ${name}(${options});`,
    `const stream = await client.${CREATE[form]}(${typescriptLiteral({ ...request, stream: true })});`,
  ];
  if (form === 'chat') {
    const text = callsTool(request)
      ? "choice.delta.tool_calls?.map((call) => call.function?.arguments ?? '').join('') ?? ''"
      : "choice.delta.content ?? choice.delta.refusal ?? ''";
    code.push(
      'for await (const chunk of stream)',
      '  for (const choice of chunk.choices)',
      `    process.stdout.write(${text});`,
    );
  } else if (form === 'messages') {
    const [type, field] = callsTool(request)
      ? ['input_json_delta', 'partial_json']
      : ['text_delta', 'text'];
    code.push(
      'for await (const event of stream) {',
      `  if (event.type === 'content_block_delta' && event.delta.type === '${type}')`,
      `    process.stdout.write(event.delta.${field});`,
      "  if (event.type === 'message_delta') console.log('\\n', event.usage);",
      '}',
    );
  } else {
    const types = callsTool(request)
      ? ['response.function_call_arguments.delta']
      : ['response.output_text.delta', 'response.refusal.delta'];
    const test = types.map((type) => `event.type === '${type}'`).join(' || ');
    code.push(
      'for await (const event of stream) {',
      `  if (${test}) process.stdout.write(event.delta);`,
      "  if (event.type === 'response.completed') console.log('\\n', event.response.usage);",
      '}',
    );
  }
  return `${code.join('\n')}\n`;
}

/** A value as people write it in TypeScript: keys that are names stand without quotes. */
export function typescriptLiteral(value: JsonValue): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (!isObject(value) && !Array.isArray(value)) return JSON.stringify(value);
  const inner = Array.isArray(value)
    ? value.map(typescriptLiteral)
    : membersOf(value).map(([key, one]) => `${keyOf(key)}: ${typescriptLiteral(one)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (inner.length === 0) return `${open}${close}`;
  const space = Array.isArray(value) ? '' : ' ';
  const short = `${open}${space}${inner.join(', ')}${space}${close}`;
  if (short.length <= 60 && !short.includes('\n')) return short;
  return `${open}\n${inner.map((one) => `  ${one.replaceAll('\n', '\n  ')},\n`).join('')}${close}`;
}

function stringLiteral(text: string): string {
  const json = JSON.stringify(text);
  return json.includes("'") || json.includes('\\"') ? json : `'${json.slice(1, -1)}'`;
}

function keyOf(key: string): string {
  // Any other way of writing it sets the prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringLiteral(key);
}
