import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { countOf, listOf, membersOf, namesOf, referred, typesOf } from './schema-node.ts';

/**
 * How many containers stand within each other in the flattest instance of a schema; Infinity where
 * recursion never ends. It tells which branch of a union leads out of a recursion.
 */
export class Heights {
  readonly #root: JsonValue;
  readonly #heights = new Map<JsonValue, number>();

  /** Linear in the schema, times the nesting of its recursions. */
  constructor(root: JsonValue) {
    this.#root = root;
    this.#collect();
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const [schema, known] of this.#heights) {
        const height = this.#of(schema as JsonObject);
        if (height >= known) continue;
        this.#heights.set(schema, height);
        isChanged = true;
      }
    }
  }

  of(schema: JsonValue | undefined): number {
    if (schema === false) return Infinity;
    return isObject(schema) ? (this.#heights.get(schema) ?? 0) : 0;
  }

  #collect(): void {
    const waiting: (JsonValue | undefined)[] = [this.#root];
    while (waiting.length > 0) {
      const schema = waiting.pop();
      if (!isObject(schema) || this.#heights.has(schema)) continue;
      this.#heights.set(schema, Infinity);
      for (const keyword of ['anyOf', 'oneOf', 'allOf', 'prefixItems'])
        waiting.push(...listOf(schema[keyword]));
      waiting.push(...membersOf(schema.properties).map(([, one]) => one));
      waiting.push(schema.items, schema.additionalProperties);
      if (schema.$ref !== undefined) waiting.push(referred(this.#root, schema.$ref));
    }
  }

  #of(schema: JsonObject): number {
    const heights = [this.#own(schema)];
    if (schema.$ref !== undefined) heights.push(this.of(referred(this.#root, schema.$ref)));
    heights.push(...listOf(schema.allOf).map((one) => this.of(one)));
    for (const keyword of ['anyOf', 'oneOf']) {
      const branches = listOf(schema[keyword]);
      if (branches.length > 0) heights.push(Math.min(...branches.map((one) => this.of(one))));
    }
    return Math.max(...heights);
  }

  #own(schema: JsonObject): number {
    if (schema.enum !== undefined || schema.const !== undefined) return 0;
    const types = typesOf(schema);
    if (types.some((type) => type !== 'object' && type !== 'array')) return 0;
    const below: number[] = [];
    if (types.includes('array')) {
      const least = countOf(schema.minItems, 0);
      if (least === 0) return 0;
      const prefix = listOf(schema.prefixItems).slice(0, least);
      const rest = least > prefix.length ? [schema.items] : [];
      below.push(1 + Math.max(0, ...[...prefix, ...rest].map((one) => this.of(one))));
    }
    if (types.includes('object')) {
      const properties = isObject(schema.properties) ? schema.properties : {};
      const needed = namesOf(schema.required).map((name) => this.of(properties[name]));
      below.push(1 + Math.max(0, ...needed));
    }
    return Math.min(...below);
  }
}
