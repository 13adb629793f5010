import { API_FACTS, type Api } from '../../src-core/apis.ts';
import type { ProxyConfig, ServerState } from '../../src-ipc/server-contract.ts';
import { apiOfUpstream } from './upstreams.ts';

/** What clients are pointed at. */
export interface Target {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** For clients that add `/responses` or `/chat/completions` to it. */
  base: string;
  /** For clients that add `/v1/messages` to it, as Anthropic's do; null: no address would fit. */
  root: string | null;
  /** What most is asked for there. */
  api: Api;
  model: string;
  /** Whether the client needs a key of its own, which is taken from its environment. */
  needsKey: boolean;
}

/** With the server stopped the lines show where the port will be. */
const NO_PORT = 'http://127.0.0.1:PORT';
/** Where a server listens, or will with the port that it is given. */
export function originOf({ url, config }: Pick<ServerState, 'url' | 'config'>): string | null {
  return url ?? (config.port === 0 ? null : `http://127.0.0.1:${config.port}`);
}

/** A version in the path of a base URL: `/v1`, `/v1beta/openai`. */
const VERSION = /\/v\d[^/]*(\/|$)/;

/** As a client of the upstream itself would be pointed: the proxy drops what its upstream's path has already. */
export function proxyTarget(url: string | null, config: ProxyConfig): Target {
  const origin = url ?? NO_PORT;
  const path = /^https?:\/\/[^/?#]*([^?#]*)/.exec(config.upstream)?.[1]?.replace(/\/+$/, '') ?? '';
  const api = apiOfUpstream(config.upstream);
  return {
    ...basesOf(origin, VERSION.test(path) ? path : `${path}/v1`),
    origin,
    api,
    model: MODELS[api],
    needsKey: config.keyOf === null,
  };
}

/** A replay server, which looks at what follows the version only. */
export function replayTarget(url: string | null, api: Api, model: string): Target {
  const origin = url ?? NO_PORT;
  const bases = basesOf(origin, '/v1');
  return { ...bases, origin, api, model: model || MODELS[api], needsKey: false };
}

function basesOf(origin: string, path: string): Pick<Target, 'base' | 'root'> {
  const root = path.endsWith('/v1') ? origin + path.slice(0, -3) : null;
  return { base: origin + path, root };
}

const MODELS: Record<Api, string> = {
  responses: 'gpt-4o-mini',
  chat: 'gpt-4o-mini',
  messages: 'claude-haiku-4-5',
};

/** Lines to copy, by the name of their tab. */
export function clientLines(target: Target): { name: string; text: string }[] {
  const { api } = target;
  const isMessages = api === 'messages';
  return [
    { name: 'Shell', text: shell(target, (name, value) => `export ${name}=${value}`) },
    { name: 'PowerShell', text: shell(target, (name, value) => `$env:${name} = '${value}'`) },
    { name: 'curl', text: curl(target) },
    { name: 'Python', text: isMessages ? anthropicPython(target) : openaiPython(target) },
    { name: 'Node', text: isMessages ? anthropicNode(target) : openaiNode(target) },
    { name: 'AI SDK', text: aiSdk(target) },
    { name: 'LangChain', text: langChain(target) },
    ...(isMessages ? [] : [{ name: 'Anthropic', text: anthropicNode(target) }]),
  ];
}

/** Why there is nothing that Anthropic's clients could be pointed at. */
const NO_ROOT =
  'Anthropic’s clients add /v1/messages, and this upstream’s path does not end in /v1.';

function shell(
  { base, root, api, needsKey }: Target,
  set: (name: string, value: string) => string,
): string {
  const lines = api === 'messages' && root !== null ? [] : [set('OPENAI_BASE_URL', base)];
  if (lines.length > 0 && !needsKey) lines.push(set('OPENAI_API_KEY', 'anything'));
  if (root !== null) {
    lines.push(set('ANTHROPIC_BASE_URL', root));
    if (!needsKey) lines.push(set('ANTHROPIC_API_KEY', 'anything'));
  }
  return lines.join('\n');
}

function curl({ base, api, model, needsKey }: Target): string {
  const body = {
    responses: `{"model": "${model}", "input": "Hello", "stream": true}`,
    chat: `{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}], "stream": true}`,
    messages: `{"model": "${model}", "max_tokens": 1024, "messages": [{"role": "user", "content": "Hello"}], "stream": true}`,
  }[api];
  const headers = ['Content-Type: application/json'];
  const { keyHeader, headers: fixed } = API_FACTS[api];
  for (const [name, value] of fixed) headers.push(`${name}: ${value}`);
  const lines = headers.map((header) => `  -H '${header}' \\`);
  // In double quotes: the shell puts the key there.
  if (needsKey)
    lines.push(
      keyHeader === 'authorization'
        ? '  -H "Authorization: Bearer $OPENAI_API_KEY" \\'
        : `  -H "${keyHeader}: $ANTHROPIC_API_KEY" \\`,
    );
  return [`curl -N ${base}${API_FACTS[api].path} \\`, ...lines, `  -d '${body}'`].join('\n');
}

const pythonKey = ({ needsKey }: Target) => (needsKey ? '' : ', api_key="anything"');
const nodeKey = ({ needsKey }: Target) => (needsKey ? '' : ", apiKey: 'anything'");

function openaiPython(target: Target): string {
  const { base, api, model } = target;
  const call =
    api === 'responses'
      ? `client.responses.create(
    model="${model}", input="Hello", stream=True
)`
      : `client.chat.completions.create(
    model="${model}", stream=True,
    messages=[{"role": "user", "content": "Hello"}],
)`;
  return `from openai import OpenAI

client = OpenAI(base_url="${base}"${pythonKey(target)})
stream = ${call}
for event in stream:
    print(event)`;
}

function openaiNode(target: Target): string {
  const { base, api, model } = target;
  const call =
    api === 'responses'
      ? `client.responses.create({
  model: '${model}',
  input: 'Hello',
  stream: true,
})`
      : `client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
})`;
  return `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${base}'${nodeKey(target)} });
const stream = await ${call};
for await (const event of stream) console.log(event);`;
}

const messagesModel = ({ api, model }: Target) => (api === 'messages' ? model : MODELS.messages);

function anthropicPython(target: Target): string {
  if (target.root === null) return NO_ROOT;
  return `from anthropic import Anthropic

client = Anthropic(base_url="${target.root}"${pythonKey(target)})
with client.messages.stream(
    model="${messagesModel(target)}", max_tokens=1024,
    messages=[{"role": "user", "content": "Hello"}],
) as stream:
    for event in stream:
        print(event)`;
}

function anthropicNode(target: Target): string {
  if (target.root === null) return NO_ROOT;
  return `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({ baseURL: '${target.root}'${nodeKey(target)} });
const stream = client.messages.stream({
  model: '${messagesModel(target)}',
  max_tokens: 1024,
  messages: [{ role: 'user', content: 'Hello' }],
});
for await (const event of stream) console.log(event);`;
}

function aiSdk(target: Target): string {
  const { base, api, model } = target;
  const [make, from] =
    api === 'messages'
      ? ['createAnthropic', '@ai-sdk/anthropic']
      : ['createOpenAI', '@ai-sdk/openai'];
  const chosen = api === 'chat' ? `provider.chat('${model}')` : `provider('${model}')`;
  return `import { ${make} } from '${from}';
import { streamText } from 'ai';

const provider = ${make}({
  baseURL: '${base}'${nodeKey(target)},
});
const { textStream } = streamText({
  model: ${chosen},
  prompt: 'Hello',
});
for await (const text of textStream) console.log(text);`;
}

function langChain(target: Target): string {
  const { base, root, api, model } = target;
  if (api === 'messages') {
    if (root === null) return NO_ROOT;
    return `from langchain_anthropic import ChatAnthropic

llm = ChatAnthropic(model="${model}", base_url="${root}"${pythonKey(target)})
for chunk in llm.stream("Hello"):
    print(chunk.content)`;
  }
  const way = api === 'responses' ? ', use_responses_api=True' : '';
  return `from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="${model}", base_url="${base}"${pythonKey(target)}${way})
for chunk in llm.stream("Hello"):
    print(chunk.content)`;
}
