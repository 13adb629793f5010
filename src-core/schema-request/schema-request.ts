import type { Api } from '../apis.ts';
import { FORMAT_PLACES } from '../request-body/format-place.ts';
import {
  choiceText,
  formatText,
  type Member,
  moved,
  objectText,
  toolText,
} from '../request-body/schema-text.ts';

/** A request that tries a schema. */
export interface SchemaRequest {
  /** Responses where it is left out. */
  api?: Api;
  /** The schema's text as it was written: it stands in the body like that. */
  schema: string;
  /** Of the format or the function. */
  name: string;
  description: string;
  strict: boolean;
  /** The output's format, or the parameters of a function that has to be called. */
  kind: 'format' | 'tool';
  model: string;
  prompt: string;
  /** Empty: none. */
  instructions?: string;
  maxOutputTokens?: number | null;
  /** `metadata`: pairs that a Responses server repeats. */
  metadata?: Readonly<Record<string, string>>;
  /** Only where it is given: whoever sends the body may decide. */
  stream?: boolean;
}

/** Messages must be told how long an answer may be; this is enough for most. */
export const MESSAGES_MAX_TOKENS = 4096;

/**
 * The body of a request as a JSON text, in the form of its API (protocol: request side). The schema's key
 * order, which the output follows (rule S27), numbers and layout are kept: its text is put in as it is,
 * its lines moved to where it stands. A text that is no JSON gives a body that is none.
 */
export function schemaRequest(request: SchemaRequest): string {
  const { api = 'responses', kind, model, maxOutputTokens = null } = request;
  const members: Member[] = [['model', JSON.stringify(model)]];
  if (api === 'messages')
    members.push(['max_tokens', String(maxOutputTokens ?? MESSAGES_MAX_TOKENS)]);
  members.push(...promptMembers(api, request));
  const schema = { ...request, text: request.schema };
  if (kind === 'format') {
    const [first, ...rest] = FORMAT_PLACES[api].format;
    const value = rest.reduceRight(
      (inner, key) => objectText([[key, inner]]),
      formatText(api, schema),
    );
    members.push([first!, value]);
  } else {
    members.push(['tools', `[\n  ${moved(toolText(api, schema))}\n]`]);
    members.push(['tool_choice', choiceText(api, request.name)]);
  }
  if (maxOutputTokens !== null && api !== 'messages')
    members.push([
      api === 'chat' ? 'max_completion_tokens' : 'max_output_tokens',
      String(maxOutputTokens),
    ]);
  const metadata = Object.entries(request.metadata ?? {});
  if (metadata.length > 0)
    members.push([
      'metadata',
      objectText(metadata.map(([key, value]) => [key, JSON.stringify(value)])),
    ]);
  if (request.stream !== undefined) members.push(['stream', String(request.stream)]);
  return objectText(members);
}

function promptMembers(api: Api, { prompt, instructions = '' }: SchemaRequest): Member[] {
  const told: Member[] =
    instructions === ''
      ? []
      : [[api === 'messages' ? 'system' : 'instructions', JSON.stringify(instructions)]];
  if (api === 'responses') return [...told, ['input', JSON.stringify(prompt)]];
  const message = (role: string, content: string) =>
    objectText([
      ['role', JSON.stringify(role)],
      ['content', JSON.stringify(content)],
    ]);
  const system = api === 'chat' && instructions !== '' ? [message('system', instructions)] : [];
  const all = [...system, message('user', prompt)].map((one) => `\n  ${moved(one)}`);
  return [...(api === 'messages' ? told : []), ['messages', `[${all.join(',')}\n]`]];
}
