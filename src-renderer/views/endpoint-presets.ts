import { API_FACTS, type Api, type KeyHeader } from '../../src-core/apis.ts';
import type { EndpointDraft } from './endpoint-draft.ts';

/** A server that many people use: what its manual says of requests to it. */
export interface EndpointPreset {
  name: string;
  baseUrl: string;
  /** The one that it is mostly used with. */
  api: Api;
  /** Where it is another one than that of the API. */
  keyHeader?: KeyHeader;
  headers?: readonly (readonly [name: string, value: string])[];
}

/** By where the server runs. Names within `{}` are the person's to fill in. */
export const PRESETS: Readonly<Record<'On the network' | 'On this computer', EndpointPreset[]>> = {
  'On the network': [
    { name: 'OpenAI', baseUrl: 'https://api.openai.com/v1', api: 'responses' },
    {
      name: 'Azure OpenAI',
      baseUrl: 'https://{resource}.openai.azure.com/openai/v1',
      api: 'responses',
      keyHeader: 'api-key',
    },
    {
      name: 'Anthropic',
      baseUrl: 'https://api.anthropic.com/v1',
      api: 'messages',
      // What @anthropic-ai/sdk 1.12 sends; it can be set back to 2023-06-01.
      headers: [['anthropic-version', '2026-10-21']],
    },
    { name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', api: 'chat' },
    { name: 'xAI', baseUrl: 'https://api.x.ai/v1', api: 'responses' },
    { name: 'DeepSeek', baseUrl: 'https://api.deepseek.com/v1', api: 'chat' },
    { name: 'Mistral', baseUrl: 'https://api.mistral.ai/v1', api: 'chat' },
    { name: 'Groq', baseUrl: 'https://api.groq.com/openai/v1', api: 'chat' },
    { name: 'Together', baseUrl: 'https://api.together.xyz/v1', api: 'chat' },
    { name: 'Cerebras', baseUrl: 'https://api.cerebras.ai/v1', api: 'chat' },
    { name: 'Hugging Face', baseUrl: 'https://router.huggingface.co/v1', api: 'chat' },
    { name: 'Vercel AI Gateway', baseUrl: 'https://ai-gateway.vercel.sh/v1', api: 'chat' },
    {
      name: 'Gemini',
      baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
      api: 'chat',
    },
  ],
  'On this computer': [
    { name: 'Ollama', baseUrl: 'http://localhost:11434/v1', api: 'chat' },
    { name: 'LM Studio', baseUrl: 'http://localhost:1234/v1', api: 'responses' },
    { name: 'vLLM', baseUrl: 'http://localhost:8000/v1', api: 'chat' },
    { name: 'llama.cpp', baseUrl: 'http://localhost:8080/v1', api: 'chat' },
    { name: 'LiteLLM', baseUrl: 'http://localhost:4000/v1', api: 'chat' },
  ],
};

/** A draft filled in by a preset. */
export function draftOfPreset(preset: EndpointPreset): EndpointDraft {
  const { name, baseUrl, api, keyHeader = API_FACTS[api].keyHeader, headers = [] } = preset;
  return {
    name,
    api,
    baseUrl,
    keyHeader,
    headers: headers.map(([header, value]) => ({ name: header, value })),
  };
}
