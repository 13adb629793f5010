import { objectsOf } from '../dialects/facts.ts';
import { isFrame } from '../dialects/gemini/reduce.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import { indexOf } from '../responses/router.ts';
import type { DialectFacts } from './dialect-run.ts';

export interface CandidateFacts {
  index: number;
  /** '' while it goes on. */
  finish: string;
  /** The name of a call whose arguments are still to come, null for none. */
  openCall: string | null;
}

/** What is known of a stream of GenerateContentResponse frames: a few words a candidate. */
export class GeminiFacts implements DialectFacts {
  event: JsonObject = {};
  /** The candidate that is being read, as the frame has it and as it is known. */
  raw: JsonObject = {};
  candidate: CandidateFacts = { index: 0, finish: '', openCall: null };
  part: JsonObject = {};

  frames = 0;
  responseId = '';
  modelVersion = '';
  readonly candidates = new Map<number, CandidateFacts>();
  /** How many of them have no finishReason. */
  #open = 0;
  isBlocked = false;
  isFailed = false;
  readonly told = new Set<string>();

  *take(event: JsonObject, type: string): Generator<string> {
    this.event = event;
    if (type === 'error') {
      this.isFailed = true;
      return;
    }
    if (!isFrame(event)) return;
    if (this.#isAnother()) this.#begin();
    yield 'frame';
    this.frames++;
    this.responseId ||= stringOf(event.responseId);
    this.modelVersion ||= stringOf(event.modelVersion);
    if (isObject(event.promptFeedback) && stringOf(event.promptFeedback.blockReason) !== '')
      this.isBlocked = true;
    let position = 0;
    for (const raw of objectsOf(event.candidates)) yield* this.#candidate(raw, position++);
  }

  done(): void {}

  /** Whether this has not been told yet. */
  once(what: string): boolean {
    if (this.told.has(what)) return false;
    this.told.add(what);
    return true;
  }

  *#candidate(raw: JsonObject, position: number): Generator<string> {
    this.raw = raw;
    const given = indexOf(raw.index);
    const index = given < 0 ? position : given;
    let known = this.candidates.get(index);
    if (!known) {
      this.candidates.set(index, (known = { index, finish: '', openCall: null }));
      this.#open++;
    }
    this.candidate = known;
    yield 'candidate';
    const parts = isObject(raw.content) ? objectsOf(raw.content.parts) : [];
    for (const part of parts) {
      this.part = part;
      yield 'part';
      if (!isObject(part.functionCall)) continue;
      const { willContinue, name } = part.functionCall;
      known.openCall = willContinue === true ? stringOf(name) || (known.openCall ?? '') : null;
    }
    const finish = stringOf(raw.finishReason);
    if (finish === '') return;
    yield 'finish';
    if (known.finish === '') this.#open--;
    known.finish = finish;
  }

  #isAnother(): boolean {
    const id = stringOf(this.event.responseId);
    const isOther = id !== '' && this.responseId !== '' && id !== this.responseId;
    return isOther && this.#open === 0;
  }

  #begin(): void {
    this.frames = 0;
    this.responseId = '';
    this.modelVersion = '';
    this.candidates.clear();
    this.#open = 0;
    this.isBlocked = false;
    this.isFailed = false;
    this.told.clear();
  }
}
