import {
  lostComment,
  type TypeCode,
  type TypeLanguage,
} from '../../src-core/type-code/languages.ts';

export interface TypesWanted {
  schema: string;
  name: string;
  language: TypeLanguage;
}

/** How long typing rests before types are made, in ms. */
const REST_MS = 300;

/** The types of a schema, made anew when it is another: always those of the newest text. */
export class MadeTypes {
  readonly #make: (wanted: TypesWanted) => Promise<TypeCode>;
  #wanted: TypesWanted | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #made = $state.raw<{ of: TypesWanted; types: TypeCode } | null>(null);
  #fault = $state<string | null>(null);

  constructor(make: (wanted: TypesWanted) => Promise<TypeCode>) {
    this.#make = make;
  }

  /** What was made last; null before the first. */
  get types(): TypeCode | null {
    return this.#made?.types ?? null;
  }
  get language(): TypeLanguage | null {
    return this.#made?.of.language ?? null;
  }
  /** The schema's text that they were made of. */
  get of(): string | null {
    return this.#made?.of.schema ?? null;
  }
  /** Why none can be made of what is wanted; null while they can, or it is not known yet. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Asks for the types of a text: soon where only the text is another, as somebody is typing then. */
  want(wanted: TypesWanted): void {
    const before = this.#wanted;
    if (before && isSame(before, wanted)) return;
    this.#wanted = wanted;
    clearTimeout(this.#timer);
    const isTyping = before !== null && before.language === wanted.language;
    if (isTyping) this.#timer = setTimeout(() => void this.#ask(wanted), REST_MS);
    else void this.#ask(wanted);
  }

  /** Forgets what was asked for: nothing is shown any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#wanted = null;
  }

  async #ask(wanted: TypesWanted): Promise<void> {
    try {
      const types = await this.#make(wanted);
      if (wanted !== this.#wanted) return;
      this.#made = { of: wanted, types };
      this.#fault = null;
    } catch (error) {
      if (wanted === this.#wanted)
        this.#fault = error instanceof Error ? error.message : String(error);
    }
  }
}

/** The code as it is copied and saved. */
export function fullCode(language: TypeLanguage, types: TypeCode, withComment: boolean): string {
  const comment = withComment ? lostComment(language, types) : '';
  return comment === '' ? types.code : `${comment}\n${types.code}`;
}

function isSame(one: TypesWanted, other: TypesWanted): boolean {
  return one.schema === other.schema && one.name === other.name && one.language === other.language;
}
