import type { JsonObject } from '../json.ts';

/** An object as strict mode wants it: all properties required, no others allowed. */
export function closedObject(properties: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    ...more,
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

export const described = (type: string, description: string): JsonObject => ({ type, description });
export const maybe = (type: string, description: string): JsonObject => ({
  type: [type, 'null'],
  description,
});
export const listOf = (items: JsonObject, description?: string): JsonObject => ({
  type: 'array',
  ...(description ? { description } : {}),
  items,
});
