import { isObject, type JsonObject, parseJson, stringOf } from '../../src-core/json.ts';
import { valueText, withoutValue, withValue } from '../../src-core/json-edit.ts';
import {
  type JsonFault,
  type JsonScan,
  nodeAt,
  placeOf,
  scanJsonText,
} from '../../src-core/json-text.ts';
import { jsonModeFinding } from '../../src-core/strict-schema/request-checks.ts';
import type { SchemaFacts } from '../../src-core/schema.ts';
import { withSchema } from '../compose/body-schema.ts';
import type { SettingsState } from './settings.svelte.ts';

const FIRST_BODY = {
  model: 'gpt-4o-mini',
  instructions: 'You make up people.',
  input: 'Describe a software engineer called Alice.',
  text: {
    format: {
      type: 'json_schema',
      name: 'person',
      strict: true,
      schema: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          age: { type: 'integer' },
          occupation: { type: 'string' },
        },
        required: ['name', 'age', 'occupation'],
        additionalProperties: false,
      },
    },
  },
  stream: true,
};

const FORMAT = ['text', 'format'];
const SCHEMA = ['text', 'format', 'schema'];
/** Main keeps drafts up to this length: see `Settings` in the contract. */
const MAX_DRAFT = 4_000_000;

export const format = (value: unknown) => JSON.stringify(value, null, 2);

/** A body that is a JSON object: its text, where its parts stand, and what they mean. */
interface Body {
  text: string;
  root: NonNullable<JsonScan['root']>;
  value: JsonObject;
}

/**
 * The request being written. The body's JSON text is the truth; the fields are a view of it, and
 * writing in a field rewrites that part of the body and leaves the rest as it stands. While the body
 * is not a JSON object the fields show the last good one and can't be written.
 */
export class Compose {
  readonly #settings: SettingsState;
  #text = $state('');
  #fault = $state.raw<JsonFault | null>(null);
  #good = $state.raw<Body>(null!);
  /** The schema's own text while it is being typed and is not JSON yet. */
  #schemaText = $state<string | null>(null);
  /** What a schema stands in; kept when it is cleared, so that the next one gets the same name. */
  #lastFormat: JsonObject = { type: 'json_schema', name: 'output', strict: true };

  constructor(settings: SettingsState) {
    this.#settings = settings;
    this.#good = read(format(FIRST_BODY)).body!;
    this.#take(settings.values.draft || this.#good.text);
  }

  get text(): string {
    return this.#text;
  }
  set text(text: string) {
    if (text === this.#text) return;
    this.#take(text);
    if (text.length <= MAX_DRAFT) this.#settings.set({ draft: text });
  }

  #take(text: string): void {
    const before = this.#goodSchema();
    const { body, fault } = read(text);
    this.#text = text;
    this.#fault = fault;
    if (body) this.#good = body;
    // A schema that was written into the body takes over from one that is being typed.
    if (before !== this.#goodSchema()) this.#schemaText = null;
  }

  /** Whether the body is a JSON object, so that the fields can be written. */
  get isReadable(): boolean {
    return this.#fault === null;
  }
  /** Where and why the body is not a JSON object. */
  get bodyFault(): JsonFault | null {
    return this.#fault;
  }
  /** What the body says of `stream`, as it writes it, where that is not what is sent: it is sent as true. */
  get unsentStream(): string | null {
    const { stream } = this.#good.value;
    return stream === undefined || stream === true ? null : JSON.stringify(stream);
  }
  /** Where and why the schema being typed is not JSON; line and column are those of its own text. */
  readonly schemaFault: JsonFault | null = $derived.by(() =>
    this.#schemaText === null ? null : scanJsonText(this.#schemaText).fault,
  );
  /** Why the request can't be sent, null if it can. */
  get fault(): string | null {
    if (this.#fault) return said('The request body is not a JSON object', this.#fault);
    return this.schemaFault && said('The schema is not JSON', this.schemaFault);
  }

  get model(): string {
    return stringOf(this.#good.value.model);
  }
  set model(model: string) {
    this.#put(['model'], model);
  }

  get instructions(): string {
    return stringOf(this.#good.value.instructions);
  }
  set instructions(instructions: string) {
    if (instructions === '') this.#remove(['instructions']);
    else this.#put(['instructions'], instructions);
  }

  /** The input as plain text; null where it is a list of items, which only the body can edit. */
  get input(): string | null {
    const input = this.#good.value.input ?? '';
    return typeof input === 'string' ? input : null;
  }
  set input(input: string) {
    this.#put(['input'], input);
  }
  /** How many items the input has, where it is a list. */
  get inputItems(): number {
    const { input } = this.#good.value;
    return Array.isArray(input) ? input.length : 0;
  }

  /** The schema as the body writes it, or as it is being typed. */
  get schema(): string {
    return this.#schemaText ?? this.#goodSchema();
  }
  set schema(text: string) {
    if (text === this.schema || !this.isReadable) return;
    this.#schemaText = null;
    if (text.trim() === '') this.#removeFormat();
    else if (scanJsonText(text).fault) this.#schemaText = text;
    else if (this.#format()) this.#putText(SCHEMA, text.trim());
    else {
      this.#putText(FORMAT, format({ ...this.#lastFormat, schema: 0 }));
      this.#putText(SCHEMA, text.trim());
    }
  }

  /**
   * Puts a schema of the library into the body: as the format of the output, or among the tools, where it
   * takes the place of the function of that name.
   *
   * @returns the body that was there
   * @throws Error what is wrong with the body, or that the schema is not JSON
   */
  use(schema: SchemaFacts & { text: string }): string {
    if (this.#fault) throw new Error(said('The request body is not a JSON object', this.#fault));
    const before = this.#text;
    this.text = withSchema(before, this.#good.root, schema);
    return before;
  }

  get hasSchema(): boolean {
    return this.#format() !== null;
  }
  /** What JSON mode lacks, where the body asks for that instead of a schema. */
  get jsonModeProblem(): string | null {
    const finding = jsonModeFinding(this.#good.value);
    return finding && `${finding.rule}: ${finding.message}`;
  }
  get schemaName(): string {
    return stringOf(this.#format()?.name);
  }
  set schemaName(name: string) {
    if (this.#format()) this.#put([...FORMAT, 'name'], name);
  }
  get schemaDescription(): string {
    return stringOf(this.#format()?.description);
  }
  get strict(): boolean {
    return this.#format()?.strict === true;
  }
  set strict(strict: boolean) {
    if (this.#format()) this.#put([...FORMAT, 'strict'], strict);
  }

  /** Where a part of the body stands: line and column from 1, null where there is none. */
  placeOf(path: readonly string[]): { line: number; column: number } | null {
    const { text, root } = this.#good;
    const node = nodeAt(root, path);
    return node && placeOf(text, node.start);
  }

  /** The body to send. Throws what `fault` says. */
  body(): string {
    if (this.fault !== null) throw new Error(this.fault);
    return this.#text;
  }

  /** Prints the body anew, two spaces a level. */
  tidy(): void {
    if (this.isReadable) this.text = format(this.#good.value);
  }

  /** Starts over; gives the text that was there. */
  reset(): string {
    const before = this.#text;
    this.#schemaText = null;
    this.text = format(FIRST_BODY);
    return before;
  }

  #format(): JsonObject | null {
    const holder = this.#good.value.text;
    const value = isObject(holder) ? holder.format : undefined;
    return isObject(value) && value.type === 'json_schema' ? value : null;
  }

  #goodSchema(): string {
    const node = this.#format() ? nodeAt(this.#good.root, SCHEMA) : null;
    return node ? valueText(this.#good.text, node) : '';
  }

  #removeFormat(): void {
    const holder = this.#good.value.text;
    const isAlone = isObject(holder) && Object.keys(holder).length === 1;
    const known = this.#format();
    if (!known) return;
    this.#lastFormat = known;
    this.#remove(isAlone ? ['text'] : FORMAT);
  }

  #put(path: readonly string[], value: string | boolean): void {
    this.#putText(path, JSON.stringify(value));
  }
  #putText(path: readonly string[], json: string): void {
    if (this.isReadable) this.text = withValue(this.#text, this.#good.root, path, json);
  }
  #remove(path: readonly string[]): void {
    if (this.isReadable) this.text = withoutValue(this.#text, path);
  }
}

function read(text: string): { body: Body | null; fault: JsonFault | null } {
  const { root, fault } = scanJsonText(text);
  if (fault) return { body: null, fault };
  const value = parseJson(text);
  if (root && isObject(value)) return { body: { text, root, value }, fault: null };
  const message = 'a JSON object was expected, such as {"model": "…", "input": "…"}';
  return { body: null, fault: { offset: 0, line: 1, column: 1, message } };
}

function said(what: string, fault: JsonFault): string {
  return `${what}: line ${fault.line}, column ${fault.column}: ${fault.message}.`;
}
