import { type Api, API_FACTS } from '../../src-core/apis.ts';
import type { Settings } from '../../src-ipc/contract.ts';
import type { RunForm } from '../../src-ipc/run-contract.ts';

/** The model that the built-in endpoint calls what it makes from schemas. */
export const FROM_SCHEMA = 'from-schema';

/** What stands on the run bar for the built-in endpoint of an API. */
export function builtInName(api: Api): string {
  return api === 'responses'
    ? 'Built-in, from schema'
    : `Built-in, from schema (${API_FACTS[api].name})`;
}

/** What the run bar holds before anything was changed. */
export const NEW_FORM: RunForm = {
  prompt: 'Make an example.',
  instructions: '',
  count: 1,
  concurrency: 3,
  endpoint: 'built-in',
  model: 'gpt-4o-mini',
  outcome: 'valid',
  seed: 1,
  maxOutputTokens: null,
  instance: '',
  capture: null,
};

/** Schemas whose run bar is remembered: those that were used last. */
const MOST_FORMS = 100;

/** The forms with one changed, as the newest; the oldest are forgotten. */
export function withForm(
  forms: Settings['runForms'],
  schema: string,
  form: RunForm,
): Settings['runForms'] {
  const others = Object.entries(forms).filter(([id]) => id !== schema);
  return Object.fromEntries([...others.slice(1 - MOST_FORMS), [schema, form]]);
}
