import type { CaptureMeta } from '../capture.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import type { ResponseFacts } from './response-facts.ts';

/** Where a stream comes from, as far as the capture says. */
export interface ServerFacts {
  /** Of the request; empty for files and pasted text. */
  url: string;
  /** The names of the response's headers, in lower case, with their values. */
  headers: ReadonlyMap<string, string>;
}

/** What tells servers apart, beside their address: gathered from the stream as it comes. */
export interface Traits extends ServerFacts {
  /** Of the first lifecycle event, or chunk of Chat Completions, that has one. */
  responseId: string;
  model: string;
  /** Of a chunk of Chat Completions. */
  fingerprint: string;
  /**
   * The members of the response in that event; of the first chunks, with those of their choices and
   * deltas: `choices.text`, `delta.token_id`.
   */
  members: ReadonlySet<string>;
  /** The members that have a value other than null. */
  filled: ReadonlySet<string>;
  /** Texts of the first comments. */
  comments: readonly string[];
  /** Types that are not listed, the first of them. */
  unlisted: ReadonlySet<string>;
  /** Frames without an event name come. */
  isNameless: boolean;
  /** Items have another id at each event. */
  rotatesIds: boolean;
  /** The final response has no items though some were streamed. */
  isEmptied: boolean;
}

const MOST = 8;
/** So many ids of one item are no mistake. */
const MANY_IDS = 3;
const LONGEST = 80;
/** So many chunks of Chat Completions are looked at. */
const MOST_CHUNKS = 4;
const MOST_MEMBERS = 200;

/** Gathers the traits of a stream; bounded, whatever comes. */
export class TraitLog implements Traits {
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  responseId = '';
  model = '';
  fingerprint = '';
  #chunks = 0;
  members = new Set<string>();
  filled = new Set<string>();
  readonly comments: string[] = [];
  readonly unlisted = new Set<string>();
  isNameless = false;
  rotatesIds = false;
  isEmptied = false;
  /** Whether something was added since it was last asked about. */
  isChanged = true;

  constructor({ url, headers }: ServerFacts) {
    this.url = url;
    this.headers = headers;
  }

  /** The response that a lifecycle event brings. */
  #response(response: JsonObject): void {
    if (this.responseId !== '') return;
    this.responseId = stringOf(response.id);
    this.model = stringOf(response.model);
    this.members = new Set(Object.keys(response));
    this.filled = new Set([...this.members].filter((name) => response[name] !== null));
    this.isChanged = true;
  }

  /** An event of the Responses API, with what is known of the stream after it. */
  event({ name, rule, response, item, items, type }: ResponseFacts): void {
    if (name === '') this.#say('isNameless');
    if (item && item.otherIds.size >= MANY_IDS) this.#say('rotatesIds');
    if (!response) return;
    this.#response(response);
    const { output } = response;
    if (rule?.op === 'final' && type !== 'response.failed' && items.size > 0)
      if (Array.isArray(output) && output.length === 0) this.#say('isEmptied');
  }

  /** A chunk of Chat Completions. */
  chunk(event: JsonObject): void {
    if (this.#chunks >= MOST_CHUNKS) return;
    this.#chunks++;
    this.responseId ||= stringOf(event.id);
    this.model ||= stringOf(event.model);
    this.fingerprint ||= stringOf(event.system_fingerprint);
    this.#has('', event);
    const { choices } = event;
    const [choice] = Array.isArray(choices) ? choices : [];
    if (isObject(choice)) this.#has('choices.', choice);
    if (isObject(choice) && isObject(choice.delta)) this.#has('delta.', choice.delta);
    this.isChanged = true;
  }

  #has(place: string, value: JsonObject): void {
    for (const name in value) {
      if (this.members.size >= MOST_MEMBERS) return;
      this.members.add(`${place}${name}`.slice(0, LONGEST));
    }
  }

  get wantsComments(): boolean {
    return this.comments.length < MOST;
  }

  comment(text: string): void {
    this.comments.push(text.slice(0, LONGEST));
    this.isChanged = true;
  }

  unlistedType(type: string): void {
    if (this.unlisted.size >= MOST || this.unlisted.has(type)) return;
    this.unlisted.add(type.slice(0, LONGEST));
    this.isChanged = true;
  }

  #say(trait: 'isNameless' | 'rotatesIds' | 'isEmptied'): void {
    if (this[trait]) return;
    this[trait] = true;
    this.isChanged = true;
  }
}

export const NO_SERVER: ServerFacts = { url: '', headers: new Map() };

/** Where a capture comes from. */
export function serverOf(meta: Pick<CaptureMeta, 'request' | 'response'>): ServerFacts {
  const headers = (meta.response?.headers ?? []).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return { url: meta.request?.url ?? '', headers: new Map(headers) };
}
