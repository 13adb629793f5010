import { countOf, objectsOf } from '../dialects/facts.ts';
import { dialectOf } from '../dialects/dialects.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import type { AskedFor } from './asked-for.ts';
import { isOpenAi } from './provider.ts';
import { idOf } from './request-attributes.ts';
import type { Attributes } from './span-facts.ts';

/** The attributes of what a stream amounts to: what its server did not say is left out. */
export function responseAttributes(
  asked: AskedFor,
  root: JsonObject | null,
  provider: string,
): Attributes {
  if (root === null) return {};
  const attributes: Attributes = {};
  const put = (name: string, value: string | number | null): void => {
    if (value !== null && value !== '') attributes[name] = value;
  };
  put('gen_ai.response.id', stringOf(root.id) || stringOf(root.responseId));
  put('gen_ai.response.model', stringOf(root.model) || stringOf(root.modelVersion));
  if (asked.dialect === 'responses') {
    put('gen_ai.conversation.id', idOf(root.conversation));
    if (objectsOf(root.output).some(({ type }) => type === 'compaction'))
      attributes['gen_ai.conversation.compacted'] = true;
  }
  // What a stored response cost was told when it was made.
  if (asked.operation === 'chat') Object.assign(attributes, usageAttributes(asked, root));
  if (!isOpenAi(provider)) return attributes;
  put('openai.response.service_tier', stringOf(root.service_tier));
  put('openai.response.system_fingerprint', stringOf(root.system_fingerprint));
  return attributes;
}

function usageAttributes({ dialect }: AskedFor, root: JsonObject): Attributes {
  const usage = dialectOf(dialect).usage(root);
  const counts: [name: string, count: number | null][] = [
    ['input_tokens', usage?.input ?? null],
    ['output_tokens', usage?.output ?? null],
    ['cache_read.input_tokens', usage?.cached ?? null],
    ['cache_write.input_tokens', usage ? cacheWrites(root) : null],
    ['reasoning.output_tokens', usage?.reasoning ?? null],
  ];
  const attributes: Attributes = {};
  for (const [name, count] of counts)
    if (count !== null) attributes[`gen_ai.usage.${name}`] = count;
  return attributes;
}

/** Tokens that were put into the server's cache, where its dialect counts them. */
function cacheWrites({ usage }: JsonObject): number | null {
  if (!isObject(usage)) return null;
  for (const details of [usage.input_tokens_details, usage.prompt_tokens_details]) {
    const written = isObject(details) ? countOf(details.cache_write_tokens) : null;
    if (written !== null) return written;
  }
  return countOf(usage.cache_creation_input_tokens);
}
