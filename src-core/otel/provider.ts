import type { DialectId } from '../dialects/dialect.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { AskedFor } from './asked-for.ts';

/** By the end of the host's name. Values are those of the conventions where they have one. */
const BY_HOST: readonly (readonly [suffix: string, provider: string])[] = [
  ['api.openai.com', 'openai'],
  ['openai.azure.com', 'azure.ai.openai'],
  ['cognitiveservices.azure.com', 'azure.ai.openai'],
  ['services.ai.azure.com', 'azure.ai.inference'],
  ['api.anthropic.com', 'anthropic'],
  ['generativelanguage.googleapis.com', 'gcp.gemini'],
  ['aiplatform.googleapis.com', 'gcp.vertex_ai'],
  ['amazonaws.com', 'aws.bedrock'],
  ['api.x.ai', 'x_ai'],
  ['api.deepseek.com', 'deepseek'],
  ['api.groq.com', 'groq'],
  ['api.mistral.ai', 'mistral_ai'],
  ['api.perplexity.ai', 'perplexity'],
  ['api.cohere.com', 'cohere'],
  ['api.cohere.ai', 'cohere'],
  ['api.moonshot.ai', 'moonshot_ai'],
  ['ml.cloud.ibm.com', 'ibm.watsonx.ai'],
  ['openrouter.ai', 'openrouter'],
];

/** Profiles of servers whose name in the conventions is another one than their id. */
const BY_PROFILE: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  xai: 'x_ai',
  mistral: 'mistral_ai',
  bedrock: 'aws.bedrock',
  'lm-studio': 'lm_studio',
  'llama-cpp': 'llama_cpp',
  'llama-stack': 'llama_stack',
  copilot: 'github_copilot',
  chatgpt: 'openai',
};
/** What any server may be: the flavour of its dialect is all that is known of it. */
const NO_PROVIDER = new Set(['open-responses', 'litellm']);

const BY_DIALECT: Readonly<Record<DialectId, string>> = {
  responses: 'openai',
  chat: 'openai',
  messages: 'anthropic',
  gemini: 'gcp.gemini',
  ollama: 'ollama',
  plain: '_OTHER',
};

/**
 * `gen_ai.provider.name`: of the host that was asked, else of the server that the stream shows, else
 * whose dialect is spoken.
 */
export function providerOf({ server, dialect, path }: AskedFor, { profile }: EventIndex): string {
  const host = server?.host ?? '';
  for (const [suffix, provider] of BY_HOST) {
    if (host !== suffix && !host.endsWith(`.${suffix}`)) continue;
    // One resource of Azure has both; OpenAI's part of it has a path of its own.
    return provider === 'azure.ai.inference' && path.startsWith('/openai/')
      ? 'azure.ai.openai'
      : provider;
  }
  if (profile !== null && !NO_PROVIDER.has(profile)) return BY_PROFILE[profile] ?? profile;
  return BY_DIALECT[dialect];
}

/** Whether the attributes of OpenAI (`openai.*`) belong to this provider. */
export function isOpenAi(provider: string): boolean {
  return provider === 'openai' || provider === 'azure.ai.openai';
}
