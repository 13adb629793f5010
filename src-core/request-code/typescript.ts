import { isObject, type JsonValue } from '../json.ts';
import { callsTool, DEFAULT_BASE_URL, membersOf, type RequestParts } from './parts.ts';

/** The request by the official client for TypeScript, which reads the key from the environment. */
export function typescriptCode({ form, request, baseUrl }: RequestParts): string {
  const options = baseUrl === DEFAULT_BASE_URL ? '' : `{ baseURL: ${literal(baseUrl)} }`;
  const create = form === 'chat' ? 'client.chat.completions.create' : 'client.responses.create';
  const code = [
    "import OpenAI from 'openai';",
    '',
    `const client = new OpenAI(${options});`,
    `const stream = await ${create}(${literal({ ...request, stream: true })});`,
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
function literal(value: JsonValue): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (!isObject(value) && !Array.isArray(value)) return JSON.stringify(value);
  const inner = Array.isArray(value)
    ? value.map(literal)
    : membersOf(value).map(([key, one]) => `${keyOf(key)}: ${literal(one)}`);
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
