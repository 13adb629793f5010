/** How to point a client at a server: lines to copy, by the name of their tab. */
export function sdkLines(url: string): Record<string, string> {
  return {
    // Anthropic's clients add /v1 themselves.
    Environment: `export OPENAI_BASE_URL=${url}
export OPENAI_API_KEY=anything
export ANTHROPIC_BASE_URL=${url.replace(/\/v1$/, '')}
export ANTHROPIC_API_KEY=anything`,
    curl: `curl -N ${url}/responses \\
  -H 'Content-Type: application/json' \\
  -d '{"model": "example/person", "input": "Describe a person.", "stream": true}'`,
    Python: `from openai import OpenAI

client = OpenAI(base_url="${url}", api_key="anything")
stream = client.responses.create(
    model="example/person", input="Describe a person.", stream=True
)
for event in stream:
    print(event.type)`,
    TypeScript: `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${url}', apiKey: 'anything' });
const stream = await client.responses.create({
  model: 'example/person',
  input: 'Describe a person.',
  stream: true,
});
for await (const event of stream) console.log(event.type);`,
    Anthropic: `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  baseURL: '${url.replace(/\/v1$/, '')}',
  apiKey: 'anything',
});
const stream = client.messages.stream({
  model: 'example/messages-thinking',
  max_tokens: 1024,
  messages: [{ role: 'user', content: 'What is the meaning of life?' }],
});
for await (const event of stream) console.log(event.type);`,
  };
}
