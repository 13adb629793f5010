/** Whose rules a schema is held to. */
export const TARGETS = ['openai', 'openai-fine-tuned', 'azure', 'json-schema'] as const;
export type Target = (typeof TARGETS)[number];

export const TARGET_NAMES: Readonly<Record<Target, string>> = {
  openai: 'OpenAI',
  'openai-fine-tuned': 'OpenAI fine-tuned',
  azure: 'Azure',
  'json-schema': 'JSON Schema',
};
