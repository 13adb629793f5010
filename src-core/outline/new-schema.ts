import type { TreeNode } from '../strict-schema/json-tree.ts';
import { made, type Made } from '../strict-schema/json-tree.ts';
import type { EditOptions } from './schema-spot.ts';

/** What a schema can be made: a type, or a reference, whose target is told beside. */
export const NEW_TYPES = [
  ...['string', 'number', 'integer', 'boolean', 'object', 'array', 'enum', 'const', 'union'],
  ...['null', 'any'],
] as const;
export type NewType =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'object'
  | 'array'
  | 'enum'
  | 'const'
  | 'union'
  | 'null'
  | 'any';

/** What a type or reference needs to be whole; for strict mode what that asks for as well. */
export function newSchema(type: NewType | { ref: string }, { isStrict }: EditOptions): TreeNode {
  if (typeof type !== 'string') return made({ $ref: type.ref });
  const made_: Record<NewType, Made> = {
    string: { type: 'string' },
    number: { type: 'number' },
    integer: { type: 'integer' },
    boolean: { type: 'boolean' },
    null: { type: 'null' },
    object: isStrict
      ? { type: 'object', properties: {}, required: [], additionalProperties: false }
      : { type: 'object', properties: {} },
    array: { type: 'array', items: { type: 'string' } },
    enum: { type: 'string', enum: ['value'] },
    const: { type: 'string', const: 'value' },
    union: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    any: {},
  };
  return made(made_[type]);
}
