import type { LaneKind } from '../index/batch.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import type { EventRule } from '../responses/event-types.ts';
import { leavesOfElement, leavesOfItem, subIndexField } from '../responses/leaf.ts';
import { indexOf, Router } from '../responses/router.ts';
import { fingerprint, memberPrints } from './fingerprint.ts';
import {
  idOf,
  ItemFacts,
  listOf,
  type PartFacts,
  type PartList,
  type TextFacts,
} from './item-facts.ts';
import type { RequestFacts } from './request-facts.ts';
import { SequenceFacts } from './sequence-facts.ts';
import { toolOf } from './tool-types.ts';

/** The text of a lane before the event that is being read, null where there is none. */
export type TextReader = (kind: LaneKind, outputIndex: number, subIndex: number) => string | null;

/** So many wrong ids of a response, or of an item, are told. */
export const MAX_OTHER_IDS = 3;

/** What an event does, and what else happens to a stream: when rules are asked. */
export type Moment =
  | EventRule['op']
  /** Any event that says something of the response, of whatever op. */
  | 'every'
  /** `[DONE]`. */
  | 'done'
  /** The stream is over. */
  | 'end';

/**
 * What is known of a stream of the Responses API before the event that is being read, and where that
 * event belongs. Bounded by what is open: of a closed item only fingerprints stay, and texts are
 * read where the indexer has them.
 *
 * Facts are repaired after each break, so that it is reported once: an item that was never announced
 * counts as announced from its first event on, and so on.
 */
export class ResponseFacts {
  readonly textOf: TextReader;
  readonly request: RequestFacts | null;

  // The event that is being read.
  type = '';
  event: JsonObject = {};
  rule: EventRule | undefined;
  /** The name of its frame, '' for none; null where frames have no names. */
  name: string | null = null;
  hasId = false;
  /** The item it belongs to; undefined where it belongs to none, or to one that is not known. */
  item: ItemFacts | undefined;
  /** -1 where it belongs to none. */
  outputIndex = -1;
  part: PartFacts | undefined;
  text: TextFacts | undefined;
  /** The content, summary or command index. */
  subIndex = -1;

  // The stream.
  readonly sequence = new SequenceFacts();
  /** Events of this response before this one. */
  events = 0;
  isNamed = true;
  /** Whether the event before had a number. */
  isNumbered = true;

  // The response.
  readonly items = new Map<number, ItemFacts>();
  /** The first output index that no item had. */
  nextItem = 0;
  /** It began before the one before it had ended. */
  interrupts = false;
  /** Without `response.created`: what lies before is not known. */
  isJoined = false;
  /** The first of its ids, and others as far as they are told. */
  readonly ids = new Set<string>();
  /** `response.created` came again with numbers that began anew: a replay from the start. */
  isReplayed = false;
  /** As `response.created` says. */
  isQueued = false;
  isInProgress = false;
  isOrderSaid = false;
  isPaddingSaid = false;
  isIndexSaid = false;
  isPartIndexSaid = false;
  /** The first item that was done as incomplete, until that was told to be wrong. */
  cutItem: ItemFacts | null = null;
  /** The event that is being read was said to have another text than was streamed. */
  isTextSaid = false;
  /** The type of the event that ended it, '' while it goes on. */
  ended = '';
  isDoneSeen = false;
  /** The event before could not be read: what it would have said is not known. */
  isLastUnread = false;
  /** An `error` event came and nothing after it. */
  isFatal = false;
  isFailedExpected = false;
  format: JsonObject | null = null;
  readonly #router = new Router();

  constructor(textOf: TextReader, request: RequestFacts | null) {
    this.textOf = textOf;
    this.request = request;
  }

  /** Before the checks: finds where an event belongs. */
  take(type: string, rule: EventRule | undefined, event: JsonObject, sequence: number): void {
    this.type = type;
    this.rule = rule;
    this.event = event;
    this.sequence.take(event, sequence);
    this.item = undefined;
    this.outputIndex = -1;
    this.part = undefined;
    this.text = undefined;
    this.subIndex = -1;
    this.isTextSaid = false;
    this.isLastUnread = false;
    this.isReplayed = false;
    if (!rule) {
      if (indexOf(event.output_index) >= 0) this.#locate(this.#router.of(event));
      return;
    }
    if (rule.op !== 'begin' && this.events === 0) this.isJoined = true;
    switch (rule.op) {
      case 'begin':
        this.isReplayed = this.isAgain && this.sequence.value < this.sequence.last;
        if (!this.isAgain || this.isReplayed) this.#begin();
        return;
      case 'item-added':
      case 'item-done':
        if (isObject(event.item)) this.#locate(this.#router.ofItem(event, rule.op === 'item-done'));
        return;
      case 'append':
      case 'replace': {
        if (rule.lane === 'transcript') return;
        const item = this.#locate(this.#router.of(event));
        const field = subIndexField(rule.lane);
        this.subIndex = field === null ? -1 : Math.max(0, indexOf(event[field]));
        this.text = item?.text(rule.lane, this.subIndex);
        const list = listOf(rule.lane);
        if (list) this.part = item?.part(list, this.subIndex);
        return;
      }
      case 'part-added':
      case 'part-done':
        this.#locate(this.#router.of(event));
        this.#locatePart(rule.list);
        return;
      case 'annotation':
        this.#locate(this.#router.of(event));
        this.#locatePart('content');
        return;
      case 'shell-output':
      case 'shell-output-done':
        this.#locate(this.#router.of(event));
        this.subIndex = Math.max(0, indexOf(event.command_index));
        return;
      case 'status':
        this.#locate(this.#router.of(event));
        return;
      case 'none':
        if (indexOf(event.output_index) >= 0) this.#locate(this.#router.of(event));
        return;
      default:
        return;
    }
  }

  /** Whether a delta of a text that deltas are writing is in place. */
  get isSettled(): boolean {
    return (
      this.isNamed &&
      this.events > 0 &&
      this.ended === '' &&
      !this.isFatal &&
      !this.isDoneSeen &&
      (this.isInProgress || this.isOrderSaid || this.isJoined)
    );
  }

  /** Whether `response.created` comes a second time for the response that is going on. */
  get isAgain(): boolean {
    const id = isObject(this.event.response) ? idOf(this.event.response.id) : null;
    return this.ended === '' && id !== null && this.ids.has(id);
  }

  /** The response that a lifecycle event brings. */
  get response(): JsonObject | null {
    return isObject(this.event.response) ? this.event.response : null;
  }

  /** After the checks: takes note of the event. */
  note(): void {
    const { rule, event } = this;
    this.events++;
    this.sequence.note();
    if (this.name !== null && rule) this.isNamed = this.name !== '';
    if (rule) this.isNumbered = this.sequence.raw !== undefined;
    if (!rule) {
      if (this.item) this.item.isUnlistedSeen = true;
      return;
    }
    this.isFatal = rule.op === 'fatal' || (this.isFatal && this.type === 'keepalive');
    switch (rule.op) {
      case 'begin':
        if (this.isAgain) for (const item of this.items.values()) item.losesTexts();
        this.isQueued = this.response?.status === 'queued';
        this.#lifecycle();
        break;
      case 'renew':
        if (this.type === 'response.in_progress') this.isInProgress = true;
        this.#lifecycle();
        break;
      case 'final':
        this.#lifecycle();
        this.ended = this.type;
        for (const item of this.items.values()) item.texts.clear();
        break;
      case 'item-added':
        this.#noteItemAdded();
        break;
      case 'item-done':
        this.#noteItemDone();
        break;
      case 'part-added':
      case 'part-done':
        this.#notePart(rule.list, rule.op === 'part-done');
        break;
      case 'append':
        if (rule.lane !== 'transcript') {
          const text = this.#noteText(rule.lane);
          text.hasDeltas = true;
          if (typeof event[rule.field] !== 'string') text.isPartial = true;
        }
        break;
      case 'replace':
        if (!this.type.endsWith('.added')) {
          const text = this.#noteText(rule.lane);
          text.isDone = true;
          text.isPartial = false;
        } else this.#noteText(rule.lane).isPartial = event[rule.field] !== '';
        break;
      case 'shell-output':
        for (const kind of ['shell_stdout', 'shell_stderr'] as const) {
          const field = kind === 'shell_stdout' ? 'stdout' : 'stderr';
          if (isObject(event.delta) && typeof event.delta[field] === 'string')
            this.#noteText(kind).hasDeltas = true;
        }
        break;
      case 'shell-output-done':
        for (const kind of ['shell_stdout', 'shell_stderr'] as const)
          Object.assign(this.#noteText(kind), { isDone: true, isPartial: false });
        break;
      case 'annotation': {
        const part = this.#noteItem('message').ensurePart('content', this.subIndex, '');
        const index = indexOf(event.annotation_index);
        if (index !== part.annotations.length) part.missesAnnotations = true;
        part.annotations.push(fingerprint(event.annotation));
        break;
      }
      case 'status':
      case 'none': {
        if (this.outputIndex < 0) break;
        const tool = toolOf(this.type);
        const item = this.#noteItem(tool?.itemType ?? '');
        if (tool) item.rank = Math.max(item.rank, tool.rank);
        break;
      }
      case 'fatal':
        this.isFailedExpected = true;
        break;
    }
  }

  /** The frame that ends many streams, of any dialect. */
  noteDone(): void {
    this.isDoneSeen = true;
  }

  /** An event that can't be read took a sequence number, if it had one. */
  noteUnread(): void {
    if (this.events === 0) this.isJoined = true;
    this.isLastUnread = true;
    this.events++;
    this.sequence.skip();
  }

  #begin(): void {
    const isBegun = this.ids.size > 0 || this.items.size > 0;
    this.interrupts =
      isBegun &&
      !this.isReplayed &&
      this.ended === '' &&
      !this.isDoneSeen &&
      !this.isFailedExpected;
    if (this.events > 0) this.sequence.restart();
    this.events = 0;
    this.items.clear();
    this.nextItem = 0;
    this.isJoined = false;
    this.ids.clear();
    this.isQueued = false;
    this.isInProgress = false;
    this.isOrderSaid = false;
    this.isPaddingSaid = false;
    this.isIndexSaid = false;
    this.isPartIndexSaid = false;
    this.cutItem = null;
    this.ended = '';
    this.isDoneSeen = false;
    this.isFatal = false;
    this.isFailedExpected = false;
    this.#router.reset();
    this.format = this.request?.format ?? null;
    const text = this.response?.text;
    if (isObject(text) && isObject(text.format)) this.format = text.format;
  }

  #lifecycle(): void {
    const id = idOf(this.response?.id);
    if (id !== null && this.ids.size <= MAX_OTHER_IDS) this.ids.add(id);
  }

  #locate(outputIndex: number): ItemFacts | undefined {
    this.outputIndex = outputIndex;
    this.item = this.items.get(outputIndex);
    return this.item;
  }

  #locatePart(list: PartList): void {
    const field = list === 'summary' ? 'summary_index' : 'content_index';
    this.subIndex = Math.max(0, indexOf(this.event[field]));
    this.part = this.item?.part(list, this.subIndex);
  }

  /** The item of the event; one that was never announced is implied from now on. */
  #noteItem(type: string): ItemFacts {
    let { item } = this;
    if (!item) {
      item = new ItemFacts(this.outputIndex);
      item.isImplied = true;
      item.type = type;
      this.#add(item);
    }
    if (!item.isOpen) item.isLateSaid = true;
    item.id ??= idOf(this.event.item_id);
    return item;
  }

  #add(item: ItemFacts): void {
    this.items.set(item.outputIndex, item);
    this.nextItem = Math.max(this.nextItem, item.outputIndex + 1);
  }

  #noteItemAdded(): void {
    const added = this.event.item;
    if (!isObject(added)) return;
    const item = this.item ?? new ItemFacts(this.outputIndex);
    if (this.item) item.losesTexts();
    else this.#add(item);
    item.isOpen = true;
    item.id = idOf(added.id) ?? item.id;
    item.callId = idOf(added.call_id) ?? item.callId;
    item.type = stringOf(added.type) || item.type;
    item.status = stringOf(added.status);
    for (const { kind, subIndex, text } of leavesOfItem(added)) {
      if (text !== '') item.ensureText(kind, subIndex).isPartial = true;
    }
  }

  #noteItemDone(): void {
    const done = this.event.item;
    if (!isObject(done)) return;
    const item = this.item ?? new ItemFacts(this.outputIndex);
    if (!this.item) {
      item.isImplied = true;
      this.#add(item);
    } else if (!item.isOpen) item.isLateSaid = true;
    item.id = idOf(done.id) ?? item.id;
    item.type = stringOf(done.type) || item.type;
    item.status = stringOf(done.status);
    if (item.status === 'incomplete') this.cutItem ??= item;
    item.close(memberPrints(done));
  }

  #notePart(list: PartList, isDone: boolean): void {
    const value = this.event.part;
    const item = this.#noteItem(list === 'summary' ? 'reasoning' : '');
    if (!item.isOpen) return;
    const isKnown = this.part !== undefined;
    const type = isObject(value) ? stringOf(value.type) : '';
    const part = item.ensurePart(list, this.subIndex, type);
    part.isDone = isDone;
    if (!isDone) part.isImplied = false;
    for (const { kind, subIndex, text } of leavesOfElement(list, value, this.subIndex)) {
      const facts = item.ensureText(kind, subIndex);
      facts.isDone = isDone;
      facts.isPartial = !isDone && (text !== '' || isKnown);
    }
  }

  /** A fragment with a wrong index, which was told, is missing where its id says that it belongs. */
  #lose(kind: LaneKind): void {
    const id = idOf(this.event.item_id);
    if (id === null) return;
    for (const item of this.items.values())
      if (item.isOpen && item.id === id) {
        const text = item.text(kind, this.subIndex);
        if (text) text.isPartial = true;
      }
  }

  /** The text that the event writes, with the part it stands in. */
  #noteText(kind: LaneKind): TextFacts {
    if (!this.item) this.#lose(kind);
    const item = this.#noteItem('');
    const list = listOf(kind);
    // A closed item keeps nothing; what comes late was reported.
    if (!item.isOpen) return new ItemFacts(-1).ensureText(kind, 0);
    const isStray = list !== null && !this.part && item.counts[list] > 0;
    if (isStray) item.losesTexts();
    if (list) item.ensurePart(list, this.subIndex, '', true);
    const isKnown = item.text(kind, this.subIndex) !== undefined;
    const text = item.ensureText(kind, this.subIndex);
    if (!isKnown && (isStray || (this.isJoined && item.isImplied))) text.isPartial = true;
    return text;
  }
}
