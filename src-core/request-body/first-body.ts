import type { Api } from '../apis.ts';
import { schemaRequest } from '../schema-request/schema-request.ts';

const PERSON = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    occupation: { type: 'string' },
  },
  required: ['name', 'age', 'occupation'],
  additionalProperties: false,
};

const MODELS: Readonly<Record<Api, string>> = {
  responses: 'gpt-4o-mini',
  chat: 'gpt-4o-mini',
  messages: 'claude-haiku-4-5',
};

/** The request that Compose begins with: it asks for a person by a schema, in the form of an API. */
export function firstBody(api: Api): string {
  return schemaRequest({
    api,
    model: MODELS[api],
    instructions: 'You make up people.',
    prompt: 'Describe a software engineer called Alice.',
    schema: JSON.stringify(PERSON, null, 2),
    name: 'person',
    description: '',
    strict: true,
    kind: 'format',
    stream: true,
    ...(api === 'messages' && { maxOutputTokens: 1024 }),
  });
}
