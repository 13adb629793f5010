import { type EventRule, ruleOf } from '../responses/event-types.ts';

/** The column has 16 bits. Beyond this many names, those that no protocol lists share a number. */
const MAX_UNLISTED = 65_000;
const SHARED_NAME = '(more than 65,000 types)';

/** Numbers for the type names of a capture, in the order they came. */
export class TypeTable {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #rules: (EventRule | undefined)[] = [];
  #fresh: string[] = [];
  // Streams repeat one type for long runs.
  #lastName: string | null = null;
  #lastNumber = 0;

  numberOf(name: string): number {
    if (name === this.#lastName) return this.#lastNumber;
    let number = this.#numbers.get(name);
    if (number === undefined) {
      const rule = ruleOf(name);
      number =
        rule === undefined && this.#numbers.size >= MAX_UNLISTED
          ? (this.#numbers.get(SHARED_NAME) ?? this.#add(SHARED_NAME, undefined))
          : this.#add(name, rule);
    }
    this.#lastName = name;
    this.#lastNumber = number;
    return number;
  }

  nameOf(number: number): string {
    return this.#names[number]!;
  }

  ruleOf(number: number): EventRule | undefined {
    return this.#rules[number];
  }

  /** The names added since the last call. */
  takeFresh(): string[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  #add(name: string, rule: EventRule | undefined): number {
    const number = this.#rules.length;
    this.#numbers.set(name, number);
    this.#names.push(name);
    this.#rules.push(rule);
    this.#fresh.push(name);
    return number;
  }
}
