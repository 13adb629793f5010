import type { LaneKind } from '../index/batch.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { type EventRule, finalStatus, responseIn } from '../responses/event-types.ts';
import { impliedItem, impliedPart, leafPath, subIndexField } from '../responses/leaf.ts';
import { indexOf } from '../responses/router.ts';
import { Draft, fillHoles, type Path, type Place } from './draft.ts';

/** A place in the response that deltas write, from the event that bound it on. */
export interface Binding {
  lane: number;
  /** From the response, e.g. `['output', 0, 'content', 0, 'text']`. */
  path: Path;
  /** The text that stood there; what the lane holds from `from` on follows it. */
  before: string;
  from: number;
  /** The first event whose log probabilities extend those of the part. */
  sinceSeq: number;
}

/** The structure after some event: nothing in it is ever changed afterwards. */
export interface Checkpoint {
  response: JsonObject | null;
  /** By path. */
  bindings: ReadonlyMap<string, Binding>;
  /** Which entries of `FoldContext.done` are of this response, up to here. */
  doneFrom: number;
  doneTo: number;
  /** Of a reduced object: how much was put into it. */
  size?: number;
}

export const EMPTY: Checkpoint = { response: null, bindings: new Map(), doneFrom: 0, doneTo: 0 };

/** What the fold must know of the index that the event does not say. */
export interface FoldContext {
  /** The output index of the item an event is about. */
  item(seq: number): number;
  /** The lanes that a delta writes: one, or two for output of a shell. */
  lanes(seq: number): { number: number; kind: LaneKind; subIndex: number; lengthBefore: number }[];
  /** The text of a binding before event `seq`. */
  text(binding: Binding, beforeSeq: number): string;
  /** The log probabilities that deltas brought to a binding before event `seq`. */
  logprobs(binding: Binding, beforeSeq: number): JsonValue[];
  /**
   * The output indexes of items in the order they were done. It only grows, the first time that an
   * event is folded, so that checkpoints need no list of their own.
   */
  readonly done: number[];
}

/**
 * Folds structural events into the response object, as the protocol reduces a stream. Deltas are
 * not applied: the place they write is bound to its lane, and `Snapshots` fills in the lane's text
 * at the event asked for.
 */
export class Fold {
  readonly #context: FoldContext;
  readonly #draft: Draft;
  readonly #bindings: Map<string, Binding>;
  #doneFrom: number;
  #doneTo: number;

  constructor(from: Checkpoint, context: FoldContext) {
    this.#context = context;
    this.#draft = new Draft(from.response);
    this.#bindings = new Map(from.bindings);
    this.#doneFrom = from.doneFrom;
    this.#doneTo = from.doneTo;
  }

  get itemCount(): number {
    const output = this.#draft.root?.output;
    return Array.isArray(output) ? output.length : 0;
  }

  /** The state so far; the fold may go on. */
  checkpoint(): Checkpoint {
    return {
      response: this.#draft.seal(),
      bindings: new Map(this.#bindings),
      doneFrom: this.#doneFrom,
      doneTo: this.#doneTo,
    };
  }

  /**
   * The state at the end; the fold is of no more use. Nearly all of these are short-lived, unlike
   * checkpoints: made at one place with them, the engine would take both for long-lived, and every
   * seek would leave its state to a full collection.
   */
  finish(): Checkpoint {
    return {
      response: this.#draft.seal(),
      bindings: this.#bindings,
      doneFrom: this.#doneFrom,
      doneTo: this.#doneTo,
    };
  }

  apply(rule: EventRule, event: JsonObject, seq: number): void {
    switch (rule.op) {
      case 'begin':
        this.#doneFrom = this.#doneTo;
        this.#replaceResponse(isObject(event.response) ? event.response : null);
        return;
      case 'renew':
        this.#renew(event);
        return;
      case 'final':
        this.#final(finalStatus(rule, event) !== 'completed', event, seq);
        return;
      case 'item-added':
      case 'item-done':
        this.#item(rule.op === 'item-done', event, seq);
        return;
      case 'part-added':
      case 'part-done':
        this.#part(rule.list, event, seq);
        return;
      case 'append':
      case 'shell-output':
        this.#bind(rule.op === 'append' ? rule.lane : null, event, seq);
        return;
      case 'replace':
        this.#replaceText(rule.lane, event, event[rule.field], seq);
        return;
      case 'shell-output-done':
        this.#shellOutput(event, seq);
        return;
      case 'annotation':
        this.#annotation(event, seq);
        return;
      case 'status': {
        const index = this.#context.item(seq);
        if (isObject(this.#outputAt(index))) this.#draft.at(['output', index]).status = rule.status;
        return;
      }
      case 'fatal':
      case 'none':
        return;
    }
  }

  #outputAt(index: number): JsonValue | undefined {
    const output = this.#draft.root?.output;
    return Array.isArray(output) ? output[index] : undefined;
  }

  #replaceResponse(response: JsonObject | null): void {
    this.#bindings.clear();
    this.#draft.replace(response);
  }

  #renew(event: JsonObject): void {
    if (!isObject(event.response)) return;
    const output = this.#draft.root?.output;
    // Such events carry `output: []`; what has accumulated stays.
    const renewed = Array.isArray(output) ? { ...event.response, output } : event.response;
    this.#draft.replace(renewed);
  }

  #final(partial: boolean, event: JsonObject, seq: number): void {
    const final = responseIn(event);
    if (!final) return;
    if (final.output !== undefined && final.output !== null) {
      this.#replaceResponse(final);
      return;
    }
    // Bindings name places in the output, which moves: the texts are written out.
    for (const name of [...this.#bindings.keys()]) this.#unbind(name, seq);
    const output = this.#draft.root?.output;
    const done = new Set(this.#context.done.slice(this.#doneFrom, this.#doneTo));
    const kept = (Array.isArray(output) ? output : []).filter(
      (item, index) => item !== null && (partial || done.has(index)),
    );
    this.#replaceResponse({ ...final, output: kept });
  }

  #item(isDone: boolean, event: JsonObject, seq: number): void {
    // Open Responses allows `item: null` on `added`: nothing to place yet.
    if (!isObject(event.item)) return;
    const index = this.#context.item(seq);
    if (isDone) this.#context.done[this.#doneTo++] = index;
    this.#forget(['output', index]);
    this.#draft.put(['output'], index, event.item);
  }

  #part(list: 'content' | 'summary', event: JsonObject, seq: number): void {
    if (!isObject(event.part)) return;
    const index = this.#context.item(seq);
    const subIndex = subIndexOf(event, list === 'summary' ? 'summary_index' : 'content_index');
    const isReasoning = list === 'summary' || event.part.type === 'reasoning_text';
    this.#ensureItem(index, isReasoning ? 'reasoning_text' : 'output_text', event);
    this.#forget(['output', index, list, subIndex]);
    this.#draft.put(['output', index, list], subIndex, event.part);
  }

  #ensureItem(index: number, kind: LaneKind, event: JsonObject): void {
    if (isObject(this.#outputAt(index))) return;
    this.#draft.put(['output'], index, impliedItem(kind, event.item_id));
  }

  /** Makes what a text stands in, where no event announced it. Returns the text's path. */
  #place(kind: LaneKind, index: number, subIndex: number, event: JsonObject): Path {
    this.#ensureItem(index, kind, event);
    const leaf = leafPath(kind, subIndex);
    const [list, at] = leaf;
    if (leaf.length === 3 && typeof at === 'number') {
      const parts: Path = ['output', index, list!];
      if (!isObject(this.#draft.list(parts)[at])) this.#draft.put(parts, at, impliedPart(kind));
    }
    return ['output', index, ...leaf];
  }

  /** The container of a text and the text's key in it. */
  #holder(path: Path): [Place, string | number] {
    const holder = this.#draft.at(path.slice(0, -1));
    const key = path[path.length - 1]!;
    if (Array.isArray(holder)) fillHoles(holder, Number(key));
    return [holder, key];
  }

  #bind(kind: LaneKind | null, event: JsonObject, seq: number): void {
    const index = this.#context.item(seq);
    for (const lane of this.#context.lanes(seq)) {
      if (lane.kind === 'transcript') continue;
      const path = this.#place(kind ?? lane.kind, index, lane.subIndex, event);
      const name = path.join('/');
      this.#unbind(name, seq);
      const [holder, key] = this.#holder(path);
      const text = holder[key];
      const before = typeof text === 'string' ? text : '';
      // The place is made, so that the key order is the one that a plain fold gives.
      holder[key] = before;
      const { number, lengthBefore: from } = lane;
      this.#bindings.set(name, { lane: number, path, before, from, sinceSeq: seq });
    }
  }

  /** Writes the text and the log probabilities of a bound place into the response. */
  #unbind(name: string, seq: number): void {
    const binding = this.#bindings.get(name);
    if (!binding) return;
    this.#bindings.delete(name);
    const [holder, key] = this.#holder(binding.path);
    holder[key] = this.#context.text(binding, seq);
    const more = this.#context.logprobs(binding, seq);
    if (more.length > 0)
      holder.logprobs = Array.isArray(holder.logprobs) ? holder.logprobs.concat(more) : more;
  }

  #replaceText(kind: LaneKind, event: JsonObject, value: JsonValue | undefined, seq: number): void {
    if (typeof value !== 'string') return;
    const field = subIndexField(kind);
    const subIndex = field === null ? -1 : subIndexOf(event, field);
    const path = this.#place(kind, this.#context.item(seq), subIndex, event);
    const name = path.join('/');
    const logprobs = kind === 'output_text' && Array.isArray(event.logprobs) ? event.logprobs : [];
    // With a list of its own the event replaces those of the deltas: no need to collect them.
    if (logprobs.length > 0) this.#bindings.delete(name);
    else this.#unbind(name, seq);
    const [holder, key] = this.#holder(path);
    holder[key] = value;
    if (logprobs.length > 0) holder.logprobs = logprobs;
  }

  #shellOutput(event: JsonObject, seq: number): void {
    const output = Array.isArray(event.output) ? event.output[0] : undefined;
    if (!isObject(output)) return;
    const index = this.#context.item(seq);
    const subIndex = subIndexOf(event, 'command_index');
    this.#ensureItem(index, 'shell_stdout', event);
    this.#forget(['output', index, 'output', subIndex]);
    this.#draft.put(['output', index, 'output'], subIndex, output);
  }

  #annotation(event: JsonObject, seq: number): void {
    const subIndex = subIndexOf(event, 'content_index');
    const text = this.#place('output_text', this.#context.item(seq), subIndex, event);
    const path = [...text.slice(0, -1), 'annotations'];
    const at = indexOf(event.annotation_index);
    const place = at < 0 ? this.#draft.list(path).length : at;
    this.#draft.put(path, place, event.annotation ?? null);
  }

  /** Drops the bindings at and below a path: what stands there is replaced. */
  #forget(path: Path): void {
    for (const [name, binding] of this.#bindings) {
      if (path.every((key, depth) => binding.path[depth] === key)) this.#bindings.delete(name);
    }
  }
}

function subIndexOf(event: JsonObject, field: string): number {
  return Math.max(0, indexOf(event[field]));
}
