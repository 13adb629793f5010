import { compile, type Options } from 'json-schema-to-typescript';
import { isObject, type JsonValue } from '../../../src-core/json.ts';
import { typeName } from '../../../src-core/type-code/names.ts';
import { laidOut } from './layout.ts';
import { plainSchema } from './plain-schema.ts';

const OPTIONS: Partial<Options> = {
  bannerComment: '',
  format: false,
  unreachableDefinitions: false,
  // Lengths as tuples make types that nothing parsed can be assigned to.
  ignoreMinAndMaxItems: true,
  // An object that does not say is open; an index signature on each would make it useless as a type.
  additionalProperties: false,
  // No reference leads anywhere but into the schema itself.
  $refOptions: { resolve: { external: false, http: false, file: false } },
};

/** TypeScript types of a schema, whose root has the name given. */
export async function typescriptCode(schema: JsonValue, name: string): Promise<string> {
  const root = plainSchema(schema);
  // The package names the root by its title, and resolves references against its `$id`.
  const { $id: _id, title: _title, ...rest } = isObject(root) ? root : {};
  const titled = { ...rest, title: typeName(name) } as Parameters<typeof compile>[0];
  const code = await compile(titled, typeName(name), OPTIONS);
  return laidOut(code);
}
