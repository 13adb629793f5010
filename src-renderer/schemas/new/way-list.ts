/** The ways to make a schema, in the order of the dialog. */
export const WAYS = [
  { id: 'blank', name: 'Blank', hint: 'An object without properties' },
  { id: 'template', name: 'Template', hint: 'A schema to begin with' },
  { id: 'example', name: 'From example JSON', hint: 'What examples have in common' },
  { id: 'capture', name: 'From a capture', hint: 'What a request was sent with' },
  { id: 'file', name: 'From a file', hint: 'A schema, a request, a list of tools' },
  { id: 'openapi', name: 'From OpenAPI', hint: 'A component or a body of an API' },
] as const;
export type WayId = (typeof WAYS)[number]['id'];

/** What the dialog begins with. */
export interface NewSchemaStart {
  way?: WayId;
  /** A capture's id, for that way. */
  capture?: string;
}
