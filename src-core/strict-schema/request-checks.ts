import type { Api } from '../apis.ts';
import { isObject, type JsonObject } from '../json.ts';
import { FORMAT_PLACES, valueAt } from '../request-body/format-place.ts';
import type { SchemaKind } from '../schema.ts';

/** OpenAPI description of the Responses API, 2026-08; Chat Completions takes 64 for functions as well. */
const LONGEST_NAME: Readonly<Record<SchemaKind, number>> = { format: 64, tool: 128 };
const PATTERN = '^[a-zA-Z0-9_-]+$';
const PARAM: Readonly<Record<SchemaKind, string>> = {
  format: 'text.format.name',
  tool: 'tools[0].name',
};

export interface NameFinding {
  rule: 'S26';
  message: string;
  /** What the server was seen to answer; null where that is not known. */
  server: string | null;
  /** A name that is allowed; null where nothing is left of this one. */
  fixed: string | null;
}

/** S26: what a schema or a function may be called; null where the name is allowed. */
export function nameFinding(name: string, kind: SchemaKind = 'format'): NameFinding | null {
  const longest = LONGEST_NAME[kind];
  const isPlain = new RegExp(PATTERN).test(name);
  if (isPlain && name.length <= longest) return null;
  const fixed = name
    .trim()
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .slice(0, longest);
  return {
    rule: 'S26',
    message: `${faultOf(name, kind, isPlain)}.`,
    server: answerTo(name, kind, isPlain),
    fixed: fixed === '' ? null : fixed,
  };
}

function faultOf(name: string, kind: SchemaKind, isPlain: boolean): string {
  if (name === '') return kind === 'tool' ? 'The function has no name' : 'The schema has no name';
  if (!isPlain) return 'A name has only letters, digits, _ and -';
  return `The name has ${name.length} characters; ${LONGEST_NAME[kind]} are allowed`;
}

function answerTo(name: string, kind: SchemaKind, isPlain: boolean): string | null {
  if (name === '') return null;
  if (!isPlain)
    return `Invalid '${PARAM[kind]}': string does not match pattern. Expected a string that matches the pattern '${PATTERN}'.`;
  const [most, own] = [LONGEST_NAME[kind], name.length];
  return `Invalid '${PARAM[kind]}': string too long. Expected a string with maximum length ${most}, but got a string with length ${own} instead.`;
}

/** S29: JSON mode in a request that says nowhere that JSON is wanted; null where that is all right. */
export function jsonModeFinding(
  body: JsonObject,
  api: Api = 'responses',
): { rule: 'S29'; message: string; server: string } | null {
  const format = valueAt(body, FORMAT_PLACES[api].format);
  if (!isObject(format) || format.type !== 'json_object') return null;
  const { instructions = '', input = '', messages = '' } = body;
  if (/json/i.test(JSON.stringify(api === 'chat' ? messages : [instructions, input]))) return null;
  if (api === 'chat')
    return {
      rule: 'S29',
      message:
        'JSON mode needs the word JSON in a message; the server refuses the request without.',
      server:
        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    };
  const message =
    'JSON mode needs the word JSON in the instructions or the input; the server refuses the request without.';
  const server =
    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.";
  return { rule: 'S29', message, server };
}
