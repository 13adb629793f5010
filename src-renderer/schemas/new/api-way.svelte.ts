import type { ApiListing, ApiSchema } from '../../../src-core/schema-sources/api-listing.ts';
import type { TakenSchema } from '../../../src-core/schema-sources/api-schema.ts';
import { allowedName } from '../../../src-core/schema-sources/found-schema.ts';
import { isObject, parseJson, stringOf } from '../../../src-core/json.ts';
import type { JsonFault } from '../../../src-core/json-text.ts';
import type { Proposal, Given, Way } from './proposal.ts';
import { Newest, type SourceReader } from './source-reader.ts';

/** A schema of a description of an API. */
export class ApiWay implements Way {
  readonly #reader: SourceReader;
  readonly #taken: Newest<string>;
  #given = $state.raw<Given | null>(null);
  #listing = $state.raw<ApiListing | null>(null);
  #fault = $state.raw<JsonFault | null>(null);
  #pointer = $state('');
  #schema = $state.raw<(TakenSchema & { pointer: string }) | null>(null);
  search = $state('');

  constructor(reader: SourceReader) {
    this.#reader = reader;
    this.#taken = new Newest(async (pointer) => {
      const taken = await reader.ask('take', { pointer });
      if (this.#pointer === pointer) this.#schema = { ...taken, pointer };
    });
  }

  get given(): Given | null {
    return this.#given;
  }
  get fault(): JsonFault | null {
    return this.#fault;
  }
  /** Null before it was read. */
  get listing(): ApiListing | null {
    return this.#listing;
  }
  readonly shown: readonly ApiSchema[] = $derived.by(() => {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    return (this.#listing?.schemas ?? []).filter(({ name, group, about }) => {
      const text = `${name} ${group} ${about}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  });
  get pointer(): string {
    return this.#pointer;
  }

  async take(given: Given): Promise<void> {
    this.#given = given;
    this.#listing = null;
    this.#fault = null;
    this.#schema = null;
    this.#pointer = '';
    this.search = '';
    const { listing, fault } = await this.#reader.ask('api', given);
    if (this.#given !== given) return;
    this.#listing = listing;
    this.#fault = fault;
    const [first] = listing?.schemas ?? [];
    if (first) this.choose(first.pointer);
  }
  choose(pointer: string): void {
    this.#pointer = pointer;
    void this.#taken.ask(pointer);
  }

  readonly proposal: Proposal | null = $derived.by(() => {
    const taken = this.#schema;
    const chosen = this.#listing?.schemas.find(({ pointer }) => pointer === taken?.pointer);
    if (!taken || !chosen || taken.text === '') return null;
    const value = parseJson(taken.text);
    return {
      name: allowedName(chosen.name),
      description: isObject(value) ? stringOf(value.description).slice(0, 2000) : '',
      strict: true,
      kind: 'format',
      text: taken.text,
      source: { kind: 'openapi', detail: `${this.#given!.name}: ${chosen.name}`.slice(0, 1000) },
      remarks: taken.remarks.map((text) => ({ pointer: '', text })),
    };
  });
}
