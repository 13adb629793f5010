import { isChunk } from '../dialects/chat/reduce.ts';
import { objectsOf } from '../dialects/facts.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import { indexOf } from '../responses/router.ts';
import type { DialectFacts, LaneReader } from './dialect-run.ts';

export interface ChoiceFacts {
  index: number;
  /** '' while it goes on. */
  finish: string;
  hasRole: boolean;
  hasDelta: boolean;
  /** Ends with the time at which its audio expires, and without a finish_reason. */
  isAudioOver: boolean;
  /** The ids of its tool calls, by index; '' where none was given. */
  calls: Map<number, string>;
}

/**
 * What is known of a stream of chunks. Bounded by its choices and tool calls; texts are read where the
 * indexer has them.
 */
export class ChatFacts implements DialectFacts {
  readonly textOf: LaneReader;
  event: JsonObject = {};
  /** The choice that is being read, as the chunk has it and as it is known. */
  raw: JsonObject = {};
  delta: JsonObject = {};
  choice: ChoiceFacts = newChoice(0);
  /** The tool call that is being read. */
  call: JsonObject = {};

  /** Of the first chunk that has choices. */
  id = '';
  created: unknown = undefined;
  chunks = 0;
  /** Text completions, the API of before. */
  isText = false;
  readonly choices = new Map<number, ChoiceFacts>();
  /** How many of them have no finish_reason. */
  #open = 0;
  /** Chunks with usage so far. */
  usages = 0;
  isFailed = false;
  isDone = false;
  /** What is told once a stream. */
  readonly told = new Set<string>();

  constructor(textOf: LaneReader) {
    this.textOf = textOf;
  }

  *take(event: JsonObject, type: string): Generator<string> {
    this.event = event;
    if (type === 'error' && !isChunk(event)) {
      yield 'error';
      this.isFailed = true;
      return;
    }
    if (!isChunk(event)) return;
    if (this.#isAnother()) this.#begin();
    if (this.chunks === 0) this.isText = event.object === 'text_completion';
    yield 'chunk';
    this.chunks++;
    const choices = objectsOf(event.choices);
    if (choices.length > 0 && this.id === '') {
      this.id = stringOf(event.id);
      this.created = event.created;
    }
    for (const raw of choices) yield* this.#choice(raw);
    if (isObject(event.usage)) {
      yield 'usage';
      this.usages++;
    }
    if (type === 'error') {
      yield 'error';
      this.isFailed = true;
    }
  }

  done(): void {
    this.isDone = true;
  }

  get isFinished(): boolean {
    return this.choices.size > 0 && this.#open === 0;
  }

  /** Whether this has not been told yet. */
  once(what: string): boolean {
    if (this.told.has(what)) return false;
    this.told.add(what);
    return true;
  }

  *#choice(raw: JsonObject): Generator<string> {
    this.raw = raw;
    this.delta = isObject(raw.delta) ? raw.delta : {};
    const index = Math.max(0, indexOf(raw.index));
    let known = this.choices.get(index);
    if (!known) {
      this.choices.set(index, (known = newChoice(index)));
      this.#open++;
    }
    this.choice = known;
    yield 'choice';
    if (Object.keys(this.delta).length > 0) known.hasDelta = true;
    if (stringOf(this.delta.role) !== '') known.hasRole = true;
    const { audio } = this.delta;
    known.isAudioOver = isObject(audio) && typeof audio.expires_at === 'number';
    for (const call of objectsOf(this.delta.tool_calls)) {
      this.call = call;
      yield 'call';
      const at = indexOf(call.index);
      if (at >= 0) known.calls.set(at, stringOf(call.id) || (known.calls.get(at) ?? ''));
    }
    const finish = stringOf(raw.finish_reason);
    if (finish === '') return;
    yield 'finish';
    if (known.finish === '') this.#open--;
    known.finish = finish;
  }

  #isAnother(): boolean {
    const id = stringOf(this.event.id);
    return (
      this.isFinished && id !== '' && id !== this.id && objectsOf(this.event.choices).length > 0
    );
  }

  #begin(): void {
    this.id = '';
    this.choices.clear();
    this.#open = 0;
    this.usages = 0;
    this.chunks = 0;
    this.isFailed = false;
    this.isDone = false;
    this.told.clear();
  }
}

function newChoice(index: number): ChoiceFacts {
  return {
    ...{ index, finish: '', hasRole: false, hasDelta: false, isAudioOver: false },
    calls: new Map(),
  };
}
