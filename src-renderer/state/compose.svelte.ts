import type { Api } from '../../src-core/apis.ts';
import { isObject, type JsonObject, parseJson, stringOf } from '../../src-core/json.ts';
import { valueText, withoutValue, withValue } from '../../src-core/json-edit.ts';
import {
  type JsonFault,
  type JsonScan,
  nodeAtKeys,
  placeOf,
  scanJsonText,
} from '../../src-core/json-text.ts';
import { firstBody } from '../../src-core/request-body/first-body.ts';
import {
  emptyFormat,
  FORMAT_PLACES,
  formatOf,
  type FormatPlace,
  valueAt,
} from '../../src-core/request-body/format-place.ts';
import {
  inputPath,
  promptOf,
  withInput,
  withInstructions,
} from '../../src-core/request-body/prompt.ts';
import { jsonModeFinding } from '../../src-core/strict-schema/request-checks.ts';
import type { SchemaFacts } from '../../src-core/schema.ts';
import { withSchema } from '../compose/body-schema.ts';
import type { SettingsState } from './settings.svelte.ts';

/** Main keeps drafts up to this length: see `Settings` in the contract. */
const MAX_DRAFT = 4_000_000;
/** The setting that keeps the draft for each API. */
const DRAFTS = { responses: 'draft', chat: 'chatDraft', messages: 'messagesDraft' } as const;
/** Where a limit of tokens stands; of several the first that is there, else the last. */
const MAX_TOKENS: Readonly<Record<Api, readonly string[]>> = {
  responses: ['max_output_tokens'],
  // The older name is the one that many servers know alone.
  chat: ['max_tokens', 'max_completion_tokens'],
  messages: ['max_tokens'],
};

export const format = (value: unknown) => JSON.stringify(value, null, 2);

/** A body that is a JSON object: its text, where its parts stand, and what they mean. */
interface Body {
  text: string;
  root: NonNullable<JsonScan['root']>;
  value: JsonObject;
}

/**
 * The request being written for one of the APIs; each has a draft of its own. The body's JSON text is the truth; the fields are a view of it, and
 * writing in a field rewrites that part of the body and leaves the rest as it stands. While the body
 * is not a JSON object the fields show the last good one and can't be written.
 */
export class Compose {
  readonly api: Api;
  readonly #settings: SettingsState;
  readonly #place: FormatPlace;
  #text = $state('');
  #fault = $state.raw<JsonFault | null>(null);
  #good = $state.raw<Body>(null!);
  /** The schema's own text while it is being typed and is not JSON yet. */
  #schemaText = $state<string | null>(null);
  /** What a schema stands in; kept when it is cleared, so that the next one gets the same name. */
  #lastFormat: JsonObject;

  constructor(settings: SettingsState, api: Api = 'responses') {
    this.#settings = settings;
    this.api = api;
    this.#place = FORMAT_PLACES[api];
    this.#lastFormat = emptyFormat(api, 'output', true);
    this.#good = read(firstBody(api)).body!;
    this.#take(settings.values[DRAFTS[api]] || this.#good.text);
  }

  get text(): string {
    return this.#text;
  }
  set text(text: string) {
    if (text === this.#text) return;
    this.#take(text);
    if (text.length <= MAX_DRAFT) this.#settings.set({ [DRAFTS[this.api]]: text });
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

  /** What the model is told about its task; null where it is no text, which only the body can edit. */
  get instructions(): string | null {
    return this.#prompt.instructions;
  }
  set instructions(value: string) {
    if (!this.isReadable) return;
    this.text = withInstructions(this.api, this.#text, this.#good.value, value);
  }

  /** The input as plain text; null where it is a list of items, which only the body can edit. */
  get input(): string | null {
    return this.#prompt.input;
  }
  set input(value: string) {
    if (this.isReadable) this.text = withInput(this.api, this.#text, this.#good.value, value);
  }
  /** How many items the input has, or messages the conversation, where it is a list. */
  get inputItems(): number {
    return this.#prompt.count;
  }
  /** The path to the input in the body. */
  get inputPath(): readonly string[] {
    return inputPath(this.api);
  }
  get #prompt() {
    return promptOf(this.api, this.#good.value);
  }

  /** How many tokens the answer may have; null where the body does not say, or says no number. */
  get maxTokens(): number | null {
    const value = this.#good.value[this.maxTokensKey];
    return typeof value === 'number' ? value : null;
  }
  set maxTokens(value: number | null) {
    if (value === null) this.#remove([this.maxTokensKey]);
    else this.#putText([this.maxTokensKey], String(value));
  }
  /** What the limit is called in the body. */
  get maxTokensKey(): string {
    const keys = MAX_TOKENS[this.api];
    return keys.find((key) => key in this.#good.value) ?? keys.at(-1)!;
  }
  /** The body lacks what a Messages server insists on. */
  get lacksMaxTokens(): boolean {
    return this.api === 'messages' && !('max_tokens' in this.#good.value);
  }
  /** Without being asked, Chat Completions count no tokens of a stream. */
  get lacksUsage(): boolean {
    return (
      this.api === 'chat' && valueAt(this.#good.value, ['stream_options', 'include_usage']) !== true
    );
  }
  askForUsage(): void {
    this.#put(['stream_options', 'include_usage'], true);
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
    else {
      if (!this.#format()) this.#putText(this.#place.format, format(this.#lastFormat));
      this.#putText(this.#schemaPath, text.trim());
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
    this.text = withSchema(this.api, before, this.#good.root, schema);
    return before;
  }

  get hasSchema(): boolean {
    return this.#format() !== null;
  }
  /** What JSON mode lacks, where the body asks for that instead of a schema. */
  get jsonModeProblem(): string | null {
    const finding = jsonModeFinding(this.#good.value, this.api);
    return finding && `${finding.rule}: ${finding.message}`;
  }
  /** Where requests name no schema, it is what the library may call it. */
  get schemaName(): string {
    if (!this.namesSchema) return this.#format() ? 'output' : '';
    return stringOf(this.#format()?.name);
  }
  set schemaName(name: string) {
    if (this.namesSchema && this.#format()) this.#put([...this.#place.holder, 'name'], name);
  }
  get schemaDescription(): string {
    return stringOf(this.#format()?.description);
  }
  /** Whether a schema has a name in this API, a description, and a flag whether the output is kept to it. */
  get namesSchema(): boolean {
    return this.#place.isNamed;
  }
  get strict(): boolean {
    return this.#format()?.strict === true;
  }
  set strict(strict: boolean) {
    if (this.namesSchema && this.#format()) this.#put([...this.#place.holder, 'strict'], strict);
  }

  /** Where a part of the body stands: line and column from 1, null where there is none. */
  placeOf(path: readonly string[]): { line: number; column: number } | null {
    const { text, root } = this.#good;
    const node = nodeAtKeys(root, path);
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
    this.text = firstBody(this.api);
    return before;
  }

  #format(): JsonObject | null {
    return formatOf(this.api, this.#good.value);
  }
  get #schemaPath(): readonly string[] {
    return [...this.#place.holder, 'schema'];
  }

  #goodSchema(): string {
    const node = this.#format() ? nodeAtKeys(this.#good.root, this.#schemaPath) : null;
    return node ? valueText(this.#good.text, node) : '';
  }

  #removeFormat(): void {
    const { format: path, holder } = this.#place;
    const [outer] = path;
    const known = valueAt(this.#good.value, path);
    if (!this.#format() || !isObject(known)) return;
    this.#lastFormat = withoutSchema(known, holder.slice(path.length));
    const around = this.#good.value[outer!];
    const isAlone = path.length > 1 && isObject(around) && Object.keys(around).length === 1;
    this.#remove(isAlone ? [outer!] : path);
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

/** A format with all but its schema. @param path to the object that holds it */
function withoutSchema(known: JsonObject, path: readonly string[]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) {
    const { schema: _schema, ...others } = known;
    return others;
  }
  const inner = known[key];
  return isObject(inner) ? { ...known, [key]: withoutSchema(inner, rest) } : known;
}

function read(text: string): { body: Body | null; fault: JsonFault | null } {
  const { root, fault } = scanJsonText(text);
  if (fault) return { body: null, fault };
  const value = parseJson(text);
  if (root && isObject(value)) return { body: { text, root, value }, fault: null };
  const message = 'a JSON object was expected, such as {"model": "…"}';
  return { body: null, fault: { offset: 0, line: 1, column: 1, message } };
}

function said(what: string, fault: JsonFault): string {
  return `${what}: line ${fault.line}, column ${fault.column}: ${fault.message}.`;
}
