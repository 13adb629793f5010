import {
  type JsonSchema,
  type JsonSchemaObject,
  jsonSchemaToZod,
  type ParserOverride,
} from 'json-schema-to-zod';
import type { JsonValue } from '../../../src-core/json.ts';
import { localPointer, typesOfSchema, valueAt } from '../../../src-core/schema-walk.ts';
import { typeName, UniqueNames } from '../../../src-core/type-code/names.ts';
import { laidOut } from './layout.ts';
import { plainSchema } from './plain-schema.ts';
import { formatCode, UNIQUE } from './zod-words.ts';

/**
 * Zod 4 code of a schema. The package writes `z.any()` for a reference; here each referenced schema
 * becomes a constant and a type of its own, those that are needed first. Where one refers to itself the
 * property is a getter, as Zod 4 infers its type then, and elsewhere it is `z.lazy`.
 */
export async function zodCode(schema: JsonValue, name: string): Promise<string> {
  return laidOut(new ZodWriter(plainSchema(schema)).write(typeName(name)));
}

class ZodWriter {
  readonly #root: JsonValue;
  readonly #names = new UniqueNames(['z']);
  readonly #named = new Map<string, { name: string; isWritten: boolean }>();
  readonly #blocks: string[] = [];
  /** Whether what is being written refers to a constant that is not written yet. */
  #isLate = false;
  #isInGetter = false;

  constructor(root: JsonValue) {
    this.#root = root;
  }

  write(name: string): string {
    this.#reference('', name);
    return `import { z } from 'zod';\n\n${this.#blocks.join('\n')}`;
  }

  /** The constant of the schema at a pointer, which is written first unless that is going on. */
  #reference(pointer: string, wanted: string): string {
    const known = this.#named.get(pointer);
    if (known) {
      this.#isLate ||= !known.isWritten;
      return known.isWritten || this.#isInGetter ? known.name : `z.lazy(() => ${known.name})`;
    }
    const entry = { name: this.#names.take(wanted), isWritten: false };
    this.#named.set(pointer, entry);
    const around = [this.#isLate, this.#isInGetter] as const;
    [this.#isLate, this.#isInGetter] = [false, false];
    const code = this.#code(valueAt(this.#root, pointer) as JsonSchema | undefined);
    // TypeScript can't infer the type of a constant from itself.
    const annotation = this.#isLate ? ': z.ZodType<unknown>' : '';
    [this.#isLate, this.#isInGetter] = around;
    entry.isWritten = true;
    this.#blocks.push(
      `export const ${entry.name}${annotation} = ${code};`,
      `export type ${entry.name} = z.infer<typeof ${entry.name}>;\n`,
    );
    return entry.name;
  }

  #code(schema: JsonSchema | undefined): string {
    return jsonSchemaToZod(schema ?? true, {
      module: 'none',
      // A default would fill in what the model left out.
      withoutDefaults: true,
      parserOverride: this.#override,
    });
  }

  /** What is written otherwise than by the package. */
  readonly #override: ParserOverride = (schema) => {
    if (schema.$ref !== undefined) {
      const pointer = localPointer(schema.$ref as JsonValue);
      if (pointer === null || valueAt(this.#root, pointer) === undefined) return 'z.any()';
      return this.#reference(pointer, typeName(pointer.split('/').pop() ?? ''));
    }
    const code = this.#special(schema);
    if (code === null) return undefined;
    const { description } = schema;
    return typeof description === 'string' && description !== ''
      ? `${code}.describe(${JSON.stringify(description)})`
      : code;
  };

  #special(schema: JsonSchemaObject): string | null {
    const { description: _description, ...rest } = schema;
    const values = schema.enum ?? (schema.const === undefined ? null : [schema.const]);
    if (values) return values.some((value) => isContainer(value)) ? 'z.any()' : null;
    const types = typesOfSchema(schema as never);
    const { oneOf, ...withoutOne } = rest;
    if (oneOf && !schema.anyOf) return this.#code({ ...withoutOne, anyOf: oneOf });
    if (schema.anyOf && schema.type === undefined) return this.#nullableUnion(schema.anyOf);
    const others = types.filter((type) => type !== 'null');
    if (types.length === 2 && others.length === 1)
      return `${this.#code({ ...rest, type: others[0]! })}.nullable()`;
    if (types.length === 1 && schema.type === undefined)
      return schema.allOf ? null : this.#code({ ...rest, type: types[0]! });
    if (types.length === 1 && types[0] === 'object') return this.#object(schema);
    if (schema.uniqueItems === true && types[0] === 'array') {
      const { uniqueItems: _unique, ...array } = rest;
      return this.#code(array) + UNIQUE;
    }
    return formatCode(schema);
  }

  /** `anyOf` with a branch for null is the rest, nullable. Null of any other. */
  #nullableUnion(branches: JsonSchema[]): string | null {
    const others = branches.filter(
      (branch) => typeof branch !== 'object' || branch.type !== 'null',
    );
    if (others.length === branches.length || others.length === 0) return null;
    return `${this.#code(others.length === 1 ? others[0]! : { anyOf: others })}.nullable()`;
  }

  /** An object with properties, each of which may refer to what is not written yet. */
  #object(schema: JsonSchemaObject): string | null {
    const { properties, required, additionalProperties: open } = schema;
    if (!properties || schema.patternProperties) return null;
    if (schema.anyOf || schema.oneOf || schema.allOf) return null;
    const needed = Array.isArray(required) ? required : [];
    const members = Object.entries(properties).map(([key, property]) => {
      const around = this.#isLate;
      const write = () => this.#code(property) + (needed.includes(key) ? '' : '.optional()');
      this.#isLate = false;
      let code = write();
      const name = keyOf(key);
      let member = `${name}: ${code}`;
      if (this.#isLate && !this.#isInGetter) {
        this.#isInGetter = true;
        code = write();
        this.#isInGetter = false;
        member = `get ${name}() { return ${code}; }`;
      }
      this.#isLate = around;
      return member;
    });
    const code = `z.object({ ${members.join(', ')} })`;
    if (open === false) return `${code}.strict()`;
    return typeof open === 'object' ? `${code}.catchall(${this.#code(open)})` : code;
  }
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The key of a member in a literal. */
function keyOf(key: string): string {
  // Any other way of writing it sets the prototype.
  return key === '__proto__' ? "['__proto__']" : JSON.stringify(key);
}
