import type { JsonObject } from '../json.ts';
import { type Made, made } from '../strict-schema/json-tree.ts';
import { treeText } from '../strict-schema/tree-layout.ts';
import { EXTRACTION_TEMPLATES } from './extraction-templates.ts';
import { STRUCTURE_TEMPLATES } from './structure-templates.ts';

/** A schema to begin with. */
export interface SchemaTemplate {
  id: string;
  /** What it is for, in a few words, and what is worth knowing of how it is made. */
  title: string;
  about: string;
  /** The name in the request. */
  name: string;
  description: string;
  kind: 'format' | 'tool';
  schema: JsonObject;
}

/** All of them keep to the rules of strict mode. */
export const TEMPLATES: readonly SchemaTemplate[] = [
  ...EXTRACTION_TEMPLATES,
  ...STRUCTURE_TEMPLATES,
];

/** What a new schema without a template begins with. */
export const BLANK_SCHEMA = `{
  "type": "object",
  "properties": {},
  "required": [],
  "additionalProperties": false
}
`;

export function templateText({ schema }: SchemaTemplate): string {
  return treeText(made(schema as Made));
}
