import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { localPointer, typesOfSchema, valueAt } from '../schema-walk.ts';
import { typeName, UniqueNames } from './names.ts';
import {
  isClassSchema,
  literalText,
  membersOf,
  numberRules,
  sizeRules,
  typeOfValue,
  variantName,
} from './pydantic-shapes.ts';
import { PythonImports, pythonFile } from './python-file.ts';
import {
  docstring,
  fieldName,
  isRustPattern,
  PYTHON_FORMATS,
  pythonString,
  RESERVED_CLASSES,
} from './python-rules.ts';

/**
 * Pydantic v2 models of a schema, for Python 3.10 and newer: one class for each object, in which keys
 * keep their order; the root's has the name given. What has another name in Python than in JSON has an
 * alias. References that lead nowhere are `Any`.
 */
export function pydanticCode(schema: JsonValue, name: string): string {
  return new PydanticWriter(schema).write(typeName(name));
}

/** A type, and what else has to hold: arguments of `Field`. */
interface Annotation {
  text: string;
  rules: string[];
}

const DEEPEST = 100;

class PydanticWriter {
  readonly #root: JsonValue;
  readonly #names = new UniqueNames(RESERVED_CLASSES);
  readonly #imports = new PythonImports();
  /** Classes and aliases, those that are needed before those that need them. */
  readonly #blocks: string[] = [];
  /** The name of a referenced schema by its pointer, and whether its block is written. */
  readonly #named = new Map<string, { name: string; isWritten: boolean }>();
  #depth = 0;

  constructor(root: JsonValue) {
    this.#root = root;
  }

  write(name: string): string {
    const rootName = this.#reference('', name);
    return pythonFile(this.#imports, this.#blocks, rootName);
  }

  /** The name of what stands at a pointer, which is written first unless that is going on. */
  #reference(pointer: string, wanted: string): string {
    const known = this.#named.get(pointer);
    if (known) return known.name;
    const schema = valueAt(this.#root, pointer);
    const entry = { name: this.#names.take(wanted), isWritten: false };
    this.#named.set(pointer, entry);
    if (isObject(schema) && isClassSchema(schema)) this.#class(schema, entry.name);
    else if (pointer === '') this.#rootModel(schema ?? true, entry.name);
    else this.#alias(schema ?? true, entry.name);
    entry.isWritten = true;
    return entry.name;
  }

  #alias(schema: JsonValue, name: string): void {
    const text = annotated(this.#type(schema, name), this.#imports);
    const isUnfinished = [...this.#named.values()].some(
      (other) => !other.isWritten && mentions(text, other.name),
    );
    if (!isUnfinished) this.#blocks.push(`${name} = ${text}`);
    else {
      this.#imports.add('typing_extensions', 'TypeAliasType');
      this.#blocks.push(`${name} = TypeAliasType("${name}", ${pythonString(text)})`);
    }
  }

  #rootModel(schema: JsonValue, name: string): void {
    this.#imports.add('pydantic', 'RootModel');
    const text = annotated(this.#type(schema, `${name}Value`), this.#imports);
    this.#blocks.push(`class ${name}(RootModel):\n${docLines(schema)}    root: ${text}`);
  }

  #class(schema: JsonObject, name: string): void {
    const { properties, required, open } = membersOf(schema, this.#root);
    this.#imports.add('pydantic', 'BaseModel');
    const fields = new UniqueNames();
    let hasAlias = false;
    const lines = properties.map(([key, value]) => {
      const field = fields.take(fieldName(key));
      hasAlias ||= field !== key;
      return this.#field(field, key, value, required.has(key), name);
    });
    const config: string[] = [];
    if (open === false) config.push('extra="forbid"');
    else if (isObject(open)) {
      config.push('extra="allow"');
      const text = annotated(this.#type(open, `${name}Extra`), this.#imports);
      lines.push(`    __pydantic_extra__: dict[str, ${text}]`);
    }
    if (hasAlias) config.push('populate_by_name=True');
    if (config.length > 0) {
      this.#imports.add('pydantic', 'ConfigDict');
      lines.unshift(`    model_config = ConfigDict(${config.join(', ')})\n`);
    }
    const body = lines.length > 0 ? lines.join('\n').trimEnd() : '    pass';
    this.#blocks.push(`class ${name}(BaseModel):\n${docLines(schema)}${body}`);
  }

  #field(
    field: string,
    key: string,
    schema: JsonValue,
    isRequired: boolean,
    owner: string,
  ): string {
    const type = this.#type(schema, `${owner}${typeName(key)}`);
    const args: string[] = [];
    let text = type.text;
    if (!isRequired) {
      text = orNone(annotated(type, this.#imports));
      args.push('default=None');
    } else args.push(...type.rules);
    if (field !== key) args.push(`alias=${pythonString(key)}`);
    const description = isObject(schema) ? schema.description : undefined;
    if (typeof description === 'string' && description !== '')
      args.push(`description=${pythonString(description)}`);
    if (args.length === 0) return `    ${field}: ${text}`;
    if (args.length === 1 && args[0] === 'default=None') return `    ${field}: ${text} = None`;
    this.#imports.add('pydantic', 'Field');
    const line = `    ${field}: ${text} = Field(${args.join(', ')})`;
    if (line.length <= 88) return line;
    return `    ${field}: ${text} = Field(\n${args.map((arg) => `        ${arg},\n`).join('')}    )`;
  }

  #type(schema: JsonValue, name: string): Annotation {
    if (this.#depth >= DEEPEST) return this.#any();
    this.#depth++;
    const type = this.#typeOf(schema, name);
    this.#depth--;
    return type;
  }

  #typeOf(schema: JsonValue, name: string): Annotation {
    if (!isObject(schema)) return this.#any();
    if (schema.$ref !== undefined) {
      const pointer = localPointer(schema.$ref);
      if (pointer === null || valueAt(this.#root, pointer) === undefined) return this.#any();
      return plain(this.#reference(pointer, typeName(pointer.split('/').pop() ?? name)));
    }
    if (schema.const !== undefined) return this.#literal([schema.const], schema, name);
    if (Array.isArray(schema.enum)) return this.#literal(schema.enum, schema, name);
    const branches = schema.anyOf ?? schema.oneOf;
    if (Array.isArray(branches) && !isClassSchema(schema)) return this.#union(branches, name);
    if (isClassSchema(schema)) {
      const types = typesOfSchema(schema);
      const own = this.#inlineClass(schema, name);
      return plain(types.includes('null') ? orNone(own) : own);
    }
    const only = Array.isArray(schema.allOf) && schema.allOf.length === 1 ? schema.allOf[0] : null;
    if (only !== null && only !== undefined) return this.#type(only, name);
    const types = typesOfSchema(schema);
    if (types.length === 1) return this.#single(types[0]!, schema, name);
    if (types.length === 0) return this.#any();
    return this.#union(
      types.map((type) => ({ ...schema, type })),
      name,
    );
  }

  #inlineClass(schema: JsonObject, name: string): string {
    const own = this.#names.take(name);
    this.#class(schema, own);
    return own;
  }

  #union(branches: readonly JsonValue[], name: string): Annotation {
    const texts = branches.map((branch) =>
      annotated(
        this.#type(branch, branches.length > 1 ? variantName(branch, name) : name),
        this.#imports,
      ),
    );
    const unique = [...new Set(texts)];
    if (unique.includes('Any') || unique.length === 0) return this.#any();
    const isNullable = unique.includes('None');
    const others = unique.filter((text) => text !== 'None');
    return plain([...others, ...(isNullable ? ['None'] : [])].join(' | '));
  }

  #single(type: string, schema: JsonObject, name: string): Annotation {
    if (type === 'null') return plain('None');
    if (type === 'boolean') return plain('bool');
    if (type === 'integer' || type === 'number')
      return { text: type === 'integer' ? 'int' : 'float', rules: numberRules(schema) };
    if (type === 'string') return this.#string(schema);
    if (type === 'array') return this.#array(schema, name);
    if (type === 'object') return this.#map(schema, name);
    return this.#any();
  }

  #string(schema: JsonObject): Annotation {
    const format = typeof schema.format === 'string' ? PYTHON_FORMATS[schema.format] : undefined;
    if (format) {
      this.#imports.module(format.module);
      return plain(format.type);
    }
    const rules = sizeRules(schema.minLength, schema.maxLength);
    if (typeof schema.pattern === 'string' && isRustPattern(schema.pattern))
      rules.push(`pattern=${pythonString(schema.pattern)}`);
    return { text: 'str', rules };
  }

  #array(schema: JsonObject, name: string): Annotation {
    if (Array.isArray(schema.prefixItems)) {
      if (schema.items !== false) return plain(`list[${this.#any().text}]`);
      const items = schema.prefixItems.map((item, index) =>
        annotated(this.#type(item, `${name}${index + 1}`), this.#imports),
      );
      return plain(`tuple[${items.join(', ') || '()'}]`);
    }
    const item = schema.items === undefined ? this.#any() : this.#type(schema.items, `${name}Item`);
    return {
      text: `list[${annotated(item, this.#imports)}]`,
      rules: sizeRules(schema.minItems, schema.maxItems),
    };
  }

  /** An object whose keys are not known. */
  #map(schema: JsonObject, name: string): Annotation {
    const values: JsonValue[] = isObject(schema.patternProperties)
      ? Object.values(schema.patternProperties).filter((value) => value !== undefined)
      : [];
    if (isObject(schema.additionalProperties)) values.push(schema.additionalProperties);
    const value = values.length === 0 ? this.#any() : this.#union(values, `${name}Value`);
    return {
      text: `dict[str, ${value.text}]`,
      rules: sizeRules(schema.minProperties, schema.maxProperties),
    };
  }

  #literal(values: readonly JsonValue[], schema: JsonObject, name: string): Annotation {
    const literals = values.map(literalText);
    if (literals.length > 0 && literals.every((text) => text !== null)) {
      this.#imports.add('typing', 'Literal');
      const isNullable = literals.includes('None');
      const others = literals.filter((text) => text !== 'None');
      if (others.length === 0) return plain('None');
      const text = `Literal[${others.join(', ')}]`;
      return plain(isNullable ? orNone(text) : text);
    }
    const { enum: _enum, const: _const, ...rest } = schema;
    const types = [...new Set(values.map(typeOfValue))];
    return rest.type === undefined
      ? this.#union(
          types.map((type) => ({ type })),
          name,
        )
      : this.#type(rest, name);
  }

  #any(): Annotation {
    this.#imports.add('typing', 'Any');
    return plain('Any');
  }
}

const plain = (text: string): Annotation => ({ text, rules: [] });

/** The type with its rules, where nothing else can hold them. */
function annotated({ text, rules }: Annotation, imports: PythonImports): string {
  if (rules.length === 0) return text;
  imports.add('typing', 'Annotated');
  imports.add('pydantic', 'Field');
  return `Annotated[${text}, Field(${rules.join(', ')})]`;
}

function orNone(text: string): string {
  return text === 'None' || text === 'Any' || text.endsWith(' | None') ? text : `${text} | None`;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

function docLines(schema: JsonValue): string {
  const description = isObject(schema) ? schema.description : undefined;
  if (typeof description !== 'string' || description === '') return '';
  return `${docstring(description, '    ')}\n\n`;
}
