import type { FoundSchema } from '../../../src-core/schema-sources/found-schema.ts';
import type { Choice } from './ChoiceList.svelte';

/** Schemas that were found somewhere, as a list to choose from. */
export function foundChoices(found: readonly FoundSchema[]): Choice[] {
  return found.map(({ kind, name, description, strict }, at) => ({
    id: String(at),
    title: name || 'no name',
    about: description,
    tag: `${kind === 'tool' ? 'function' : 'output format'}${strict ? '' : ', not strict'}`,
  }));
}
