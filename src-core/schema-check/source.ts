import { isObject, type JsonObject, type JsonValue, parseJson, stringOf } from '../json.ts';

/** A schema that a text of a response is to fit, and what it is called. */
export interface SchemaSource {
  name: string;
  schema: JsonObject;
}

/** The parts of a request or a response that hold schemas: the two have them at the same places. */
interface Holder {
  format: SchemaSource | null;
  tools: readonly SchemaSource[];
}

/**
 * The schemas of a response: those of its request where that is known, else those that the response
 * itself repeats (`response.text.format`, `response.tools`). Requests of all dialects are understood.
 */
export class SchemaSources {
  readonly #holders: readonly Holder[];

  /**
   * @param body the request's body, a JSON text; null without a request
   * @param response of an event of its lifecycle, whatever that has
   */
  constructor(body: string | null, response: JsonValue | undefined) {
    const request = body === null ? undefined : parseJson(body);
    this.#holders = [request, response].filter(isObject).map(holderOf);
  }

  /** What the output text is to fit; null where no schema was asked for. */
  get format(): SchemaSource | null {
    return this.#holders.find(({ format }) => format)?.format ?? null;
  }

  /** What the arguments of a function are to fit. */
  parametersOf(name: string): SchemaSource | null {
    for (const { tools } of this.#holders) {
      const found = tools.find((tool) => tool.name === name);
      if (found) return found;
    }
    return null;
  }
}

function holderOf(body: JsonObject): Holder {
  return { format: formatOf(body), tools: listOf(body.tools).flatMap(toolsOf) };
}

/** Where the format of the answer's text stands: in Responses, Chat Completions, Messages, Gemini, Ollama. */
function formatOf(body: JsonObject): SchemaSource | null {
  const chat = objectOf(body.response_format);
  for (const [holder, needsType] of [
    [objectOf(objectOf(body.text)?.format), true],
    [objectOf(chat?.json_schema), false],
    [chat, true],
    [objectOf(body.output_format), true],
    [objectOf(objectOf(body.output_config)?.format), true],
  ] as const) {
    if (!holder || !isObject(holder.schema)) continue;
    if (!needsType || holder.type === 'json_schema')
      return { name: stringOf(holder.name) || 'schema', schema: holder.schema };
  }
  const config = objectOf(body.generationConfig) ?? objectOf(body.generation_config);
  const own = config?.responseJsonSchema ?? config?.response_json_schema;
  if (isObject(own)) return { name: 'schema', schema: own };
  const open = config?.responseSchema ?? config?.response_schema;
  if (isObject(open)) return { name: 'schema', schema: openSchema(open) };
  return isObject(body.format) ? { name: 'schema', schema: body.format } : null;
}

/** The functions of an entry of `tools`: one, or with Gemini several. */
function toolsOf(tool: JsonObject): SchemaSource[] {
  const declared = tool.functionDeclarations ?? tool.function_declarations;
  if (Array.isArray(declared))
    return declared.filter(isObject).flatMap(({ name, parameters, ...more }) => {
      const own = more.parametersJsonSchema ?? more.parameters_json_schema;
      const schema = isObject(own) ? own : isObject(parameters) ? openSchema(parameters) : null;
      return schema ? [{ name: stringOf(name), schema }] : [];
    });
  const call = objectOf(tool.function) ?? tool;
  const schema = call.parameters ?? call.input_schema;
  return isObject(schema) ? [{ name: stringOf(call.name), schema }] : [];
}

/** Keywords under which schemas stand, and how. */
const MAPS = new Set(['properties', '$defs', 'definitions']);
const LISTS = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const DEEPEST = 200;

/**
 * Gemini's `Schema` is that of OpenAPI 3.0: types are in capitals, numbers that limit may be strings, and
 * `nullable` adds null. As JSON Schema.
 */
function openSchema(schema: JsonObject, depth = 0): JsonObject {
  const made: JsonObject = {};
  if (depth > DEEPEST) return made;
  const inner = (value: JsonValue | undefined): JsonValue | undefined =>
    isObject(value) ? openSchema(value, depth + 1) : value;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'nullable' || key === 'propertyOrdering') continue;
    if (key === 'type' && typeof value === 'string') made.type = value.toLowerCase();
    else if (MAPS.has(key) && isObject(value))
      made[key] = Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, inner(one) ?? null]),
      );
    else if (LISTS.has(key) && Array.isArray(value))
      made[key] = value.map((one) => inner(one) ?? null);
    else if (key === 'items' || key === 'additionalProperties') made[key] = inner(value);
    else if (/^(min|max)/.test(key) && typeof value === 'string') made[key] = Number(value);
    else made[key] = value;
  }
  if (schema.nullable !== true) return made;
  if (typeof made.type === 'string' && made.enum === undefined) made.type = [made.type, 'null'];
  else return { anyOf: [made, { type: 'null' }] };
  return made;
}

function objectOf(value: JsonValue | undefined): JsonObject | null {
  return isObject(value) ? value : null;
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
