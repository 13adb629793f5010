import type { Api } from '../apis.ts';
import type { SchemaFacts } from '../schema.ts';
import { FORMAT_PLACES } from './format-place.ts';

/** A schema as a request has it; its text stands there as it was written. */
export type RequestSchema = Omit<SchemaFacts, 'kind'> & { text: string };

/** A key and the text of its value. */
export type Member = [key: string, value: string];

/** The JSON text of what asks for an output by a schema: what stands at `FORMAT_PLACES[api].format`. */
export function formatText(api: Api, schema: RequestSchema): string {
  const facts = FORMAT_PLACES[api].isNamed ? factsOf(schema) : [];
  const inner: Member[] = [...facts, ['schema', schema.text.trim()]];
  return api === 'chat'
    ? objectText([
        ['type', '"json_schema"'],
        ['json_schema', objectText(inner)],
      ])
    : objectText([['type', '"json_schema"'], ...inner]);
}

/** The JSON text of a function that the model may call. */
export function toolText(api: Api, schema: RequestSchema): string {
  const facts = factsOf(schema);
  const type: Member = ['type', '"function"'];
  const own = schema.text.trim();
  if (api === 'messages') return objectText([...facts, ['input_schema', own]]);
  if (api === 'responses') return objectText([type, ...facts, ['parameters', own]]);
  return objectText([type, ['function', objectText([...facts, ['parameters', own]])]]);
}

/** The JSON text that makes the model call a function. */
export function choiceText(api: Api, name: string): string {
  const named: Member = ['name', JSON.stringify(name)];
  if (api === 'messages') return objectText([['type', '"tool"'], named]);
  const type: Member = ['type', '"function"'];
  return objectText(api === 'chat' ? [type, ['function', objectText([named])]] : [type, named]);
}

function factsOf({ name, description, strict }: RequestSchema): Member[] {
  const described: Member[] =
    description === '' ? [] : [['description', JSON.stringify(description)]];
  return [['name', JSON.stringify(name)], ...described, ['strict', String(strict)]];
}

/** An object with a member a line, two spaces a level. */
export function objectText(members: readonly Member[]): string {
  const lines = members.map(([key, value]) => `  ${JSON.stringify(key)}: ${moved(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

/** Line breaks within JSON texts stand between tokens only: moving lines changes no value. */
export function moved(value: string): string {
  return value.replace(/\n(?=[^\r\n])/g, '\n  ');
}
