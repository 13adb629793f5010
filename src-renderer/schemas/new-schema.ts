import type { SchemaFacts, SchemaSource } from '../../src-core/schema.ts';

/** What makes a schema of the library. */
export interface NewSchema extends Partial<SchemaFacts> {
  /** What the request calls it; rule S26 is not enforced. */
  name: string;
  /** JSON or not. */
  text: string;
  source: SchemaSource;
}

/** A schema with nothing in it but what strict mode asks for. */
export const BLANK = `{
  "type": "object",
  "properties": {},
  "required": [],
  "additionalProperties": false
}
`;

/** What the first version of a schema says of where it came from. */
export function noteOf({ kind, detail }: SchemaSource): string {
  const of = detail === '' ? '' : ` ${detail}`;
  const words: Record<SchemaSource['kind'], string> = {
    blank: 'new',
    template: `from the template${of}`,
    example: 'inferred from JSON',
    capture: `from capture${of}`,
    file: `from file${of}`,
    openapi: `from OpenAPI${of}`,
    compose: 'from Compose',
    duplicate: `copy of${of}`,
  };
  return words[kind].slice(0, 200);
}
