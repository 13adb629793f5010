import { isObject, type JsonObject } from '../json.ts';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

export interface NameFinding {
  rule: 'S26';
  message: string;
  server: string;
  /** A name that is allowed; null where nothing is left of this one. */
  fixed: string | null;
}

/** S26: what a schema or a function may be called; null where the name is allowed. */
export function nameFinding(name: string): NameFinding | null {
  if (NAME.test(name)) return null;
  const what =
    name === ''
      ? 'The schema has no name'
      : name.length > 64 && NAME.test(name.slice(0, 64))
        ? `The name has ${name.length} characters; 64 are allowed`
        : 'A name has only letters, digits, _ and -';
  const fixed = name
    .trim()
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .slice(0, 64);
  return {
    rule: 'S26',
    message: `${what}.`,
    server:
      "Invalid 'text.format.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
    fixed: NAME.test(fixed) ? fixed : null,
  };
}

/** S29: JSON mode in a request that says nowhere that JSON is wanted; null where that is all right. */
export function jsonModeFinding(body: JsonObject): { rule: 'S29'; message: string } | null {
  const format = isObject(body.text) ? body.text.format : undefined;
  if (!isObject(format) || format.type !== 'json_object') return null;
  if (/json/i.test(JSON.stringify([body.instructions ?? '', body.input ?? '']))) return null;
  const message =
    'JSON mode needs the word JSON in the instructions or the input; the server refuses the request without.';
  return { rule: 'S29', message };
}
