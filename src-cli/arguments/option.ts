/** One option of a command, as the parser, the help and the documentation know it. */
export interface OptionSpec {
  /** Without the dashes. */
  name: string;
  /** A single letter that means the same. */
  short?: string;
  /** What its value is called in the help, in capitals; a flag has none. */
  value?: string;
  /** The only values there are. */
  choices?: readonly string[];
  /** May be given several times; commas separate values as well. */
  many?: boolean;
  /** One sentence or two for the help. */
  text: string;
}

/** What was given on a command line, by the names of the options. */
export class Values {
  readonly #given: ReadonlyMap<string, readonly string[]>;

  constructor(given: ReadonlyMap<string, readonly string[]>) {
    this.#given = given;
  }

  flag(name: string): boolean {
    return this.#given.has(name);
  }

  /** The last value given, as it overrides those before. */
  value(name: string): string | undefined {
    return this.#given.get(name)?.at(-1);
  }

  /** All values given, those between commas each by itself. */
  list(name: string): string[] {
    const given = this.#given.get(name) ?? [];
    return given.flatMap((value) => value.split(',').map((one) => one.trim())).filter(Boolean);
  }

  /** All values given, as they are: for texts, which may have commas. */
  all(name: string): readonly string[] {
    return this.#given.get(name) ?? [];
  }

  /** One of the option's choices, which the parser has checked. */
  choice<T extends string>(name: string, fallback: T): T {
    return (this.value(name) as T | undefined) ?? fallback;
  }
}
