import { jsonText, type JsonValue } from '../json.ts';
import type { Identities } from './identity.ts';
import { cut, type Fault } from './judge.ts';
import { typeOf } from './plan.ts';

const SHOWN = 5;

/** `enum` or `const` of a schema, made ready to be asked by every value without going through the list. */
export class AllowedValues {
  readonly keyword: 'enum' | 'const';
  /** The types that are among them, as bits. */
  readonly types: number;
  /** Whether containers are among them: then values have to be known as a whole. */
  readonly hasContainers: boolean;
  /** The texts among them by their units, so that those with a common beginning stand together. */
  readonly texts: readonly string[];
  readonly #list: readonly JsonValue[];
  readonly #scalars: ReadonlySet<JsonValue>;
  readonly #containers: readonly JsonValue[];

  constructor(keyword: 'enum' | 'const', list: readonly JsonValue[]) {
    this.keyword = keyword;
    this.#list = list;
    this.types = list.reduce<number>((some, value) => some | typeOf(value), 0);
    this.#containers = list.filter((value) => typeof value === 'object' && value !== null);
    this.hasContainers = this.#containers.length > 0;
    this.#scalars = new Set(list.filter((value) => typeof value !== 'object' || value === null));
    this.texts = list.filter((value) => typeof value === 'string').sort(byUnits);
  }

  hasScalar(value: JsonValue): boolean {
    return this.#scalars.has(value);
  }

  /**
   * Whether a container is among them; null where that can't be told, as one of them is too deep.
   * @param number what the identities have for it
   */
  hasContainer(identities: Identities, number: number): boolean | null {
    const numbers = identities.ofAll(this.#containers);
    return numbers.has(number) ? true : numbers.has(null) ? null : false;
  }

  /** What a value must be, in words that follow its pointer. */
  get fault(): Fault {
    const { keyword } = this;
    const shown = this.#list
      .slice(0, SHOWN)
      .map((value) => cut(jsonText(value) ?? 'a value that is nested too deeply'));
    if (keyword === 'const') return { keyword, message: `must be ${shown[0]}` };
    if (this.#list.length > SHOWN) shown.push(`${this.#list.length - SHOWN} others`);
    return { keyword, message: `must be one of ${shown.join(', ')}` };
  }
}

const byUnits = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
