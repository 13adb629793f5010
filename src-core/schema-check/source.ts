import { isObject, type JsonObject, type JsonValue, parseJson, stringOf } from '../json.ts';

/** A schema that a text of a response is to fit, and what it is called. */
export interface SchemaSource {
  name: string;
  schema: JsonObject;
}

/** The parts of a request or a response that hold schemas: the two have them at the same places. */
interface Holder {
  format: SchemaSource | null;
  tools: readonly JsonObject[];
}

/**
 * The schemas of a response: those of its request where that is known, else those that the response
 * itself repeats (`response.text.format`, `response.tools`).
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
    for (const { tools } of this.#holders)
      for (const tool of tools)
        if (tool.type === 'function' && tool.name === name && isObject(tool.parameters))
          return { name, schema: tool.parameters };
    return null;
  }
}

function holderOf({ text, tools }: JsonObject): Holder {
  const format = isObject(text) && isObject(text.format) ? text.format : null;
  const schema = format?.type === 'json_schema' ? format.schema : undefined;
  return {
    format: isObject(schema) ? { name: stringOf(format!.name) || 'schema', schema } : null,
    tools: Array.isArray(tools) ? tools.filter(isObject) : [],
  };
}
