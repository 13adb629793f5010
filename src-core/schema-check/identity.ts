import type { JsonValue } from '../json.ts';

/** Values in a schema that are deeper are not compared. */
const DEEPEST = 200;

/**
 * Numbers for values, the same for two exactly where JSON Schema takes them for equal: the order of
 * members is none of it, 1.0 is 1. The number of a container is made of those of what is in it, so that
 * values within each other are each read once, however deep they are and however many are compared.
 */
export class Identities {
  readonly #numbers = new Map<JsonValue, number>();
  readonly #lists = new Map<readonly JsonValue[], ReadonlySet<number | null>>();

  /** Of a value that is no container. */
  ofScalar(value: string | number | boolean | null): number {
    // What stands for a container begins with a bracket: texts are told from it by their quote.
    return this.#numberOf(typeof value === 'string' ? `"${value}` : value);
  }

  /** @param elements their numbers, in order */
  ofArray(elements: readonly number[]): number {
    return this.#numberOf(`[${elements.join()}`);
  }

  /** @param members their keys, each once, with the numbers of their values */
  ofObject(members: readonly (readonly [key: string, value: number])[]): number {
    const parts = members.map(([key, value]) => `${this.#numberOf(`"${key}`)}:${value}`);
    return this.#numberOf(`{${parts.sort().join()}`);
  }

  /** Of a value that is there as a whole; null where it is too deep. */
  of(value: JsonValue, depth = 0): number | null {
    if (typeof value !== 'object' || value === null) return this.ofScalar(value);
    if (depth > DEEPEST) return null;
    const inner: number[] = [];
    for (const one of Object.values(value)) {
      const number = this.of(one!, depth + 1);
      if (number === null) return null;
      inner.push(number);
    }
    if (Array.isArray(value)) return this.ofArray(inner);
    return this.ofObject(Object.keys(value).map((key, at) => [key, inner[at]!]));
  }

  /** Of the values of a list that stays as it is, with null where one is too deep; made once. */
  ofAll(list: readonly JsonValue[]): ReadonlySet<number | null> {
    let numbers = this.#lists.get(list);
    if (!numbers) this.#lists.set(list, (numbers = new Set(list.map((value) => this.of(value)))));
    return numbers;
  }

  #numberOf(value: JsonValue): number {
    let number = this.#numbers.get(value);
    if (number === undefined) this.#numbers.set(value, (number = this.#numbers.size));
    return number;
  }
}
