import type { JsonSchemaObject } from 'json-schema-to-zod';

/** Zod 4's words for formats. Its `time` has no offset, which RFC 3339 asks for; its `uuid` asks for more. */
const FORMATS: Readonly<Record<string, string | undefined>> = {
  'date-time': 'z.iso.datetime({ offset: true })',
  date: 'z.iso.date()',
  time: String.raw`z.string().regex(/^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i)`,
  duration: 'z.iso.duration()',
  email: 'z.email()',
  uuid: 'z.guid()',
  ipv4: 'z.ipv4()',
  ipv6: 'z.ipv6()',
  uri: 'z.url()',
  hostname: 'z.hostname()',
};

/** A string of a format that Zod knows, null of any other schema. */
export function formatCode(schema: JsonSchemaObject): string | null {
  const format = typeof schema.format === 'string' ? FORMATS[schema.format] : undefined;
  if (schema.type !== 'string' || !format || schema.enum || schema.const !== undefined) return null;
  const { pattern, minLength, maxLength } = schema;
  let code = format;
  if (typeof pattern === 'string') code += `.regex(new RegExp(${JSON.stringify(pattern)}))`;
  if (typeof minLength === 'number') code += `.min(${minLength})`;
  if (typeof maxLength === 'number') code += `.max(${maxLength})`;
  return code;
}

/** What checks that no element of an array is there twice. */
export const UNIQUE = `.refine(
  (items) => new Set(items.map((item) => JSON.stringify(item))).size === items.length,
  'No element may be there twice',
)`;
