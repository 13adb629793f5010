import type { Lane } from '../index/batch.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import type { EventRule } from '../responses/event-types.ts';
import { impliedItem, impliedPart, leafPath, subIndexField } from '../responses/leaf.ts';
import { indexOf, Router } from '../responses/router.ts';

type Container = JsonObject | JsonValue[];
type Path = readonly (string | number)[];

/** A place in the response whose text is a lane's, from the event that bound it on. */
export interface Binding {
  lane: number;
  /** From the response, e.g. `['output', 0, 'content', 0, 'text']`. */
  path: Path;
  /** The event from which on the lane's log probabilities extend those of the part. */
  sinceSeq: number;
}

/** The structure after some event: nothing in it is ever changed afterwards. */
export interface Checkpoint {
  response: JsonObject | null;
  bindings: ReadonlyMap<string, Binding>;
  done: readonly number[];
  router: Router;
}

export const EMPTY: Checkpoint = {
  response: null,
  bindings: new Map(),
  done: [],
  router: new Router(),
};

/** What the fold must know of lanes that the event does not say. */
export interface FoldContext {
  /** The lanes that an event writes: one, or two for output of a shell. */
  lanes(seq: number): { number: number; lane: Lane }[];
  /** The text of a lane before event `seq`. */
  text(lane: number, beforeSeq: number): string;
  /** The log probabilities that deltas brought to a binding up to and without `seq`. */
  logprobs(binding: Binding, beforeSeq: number): JsonValue[];
}

/**
 * Folds structural events into the response object, as the protocol reduces a stream. Deltas are
 * not applied: the place they write is bound to its lane, and `Snapshots` fills in the lane's text
 * at the event asked for.
 *
 * Containers are copied on the first write after a checkpoint, so a checkpoint costs nothing and
 * shares with its neighbours all that did not change between them.
 */
export class Fold {
  readonly #context: FoldContext;
  #owned = new Set<Container>();
  #response: JsonObject | null;
  #bindings: Map<string, Binding>;
  #done: number[];
  #router: Router;

  constructor(from: Checkpoint, context: FoldContext) {
    this.#context = context;
    this.#response = from.response;
    this.#bindings = new Map(from.bindings);
    this.#done = [...from.done];
    this.#router = from.router.copy();
  }

  checkpoint(): Checkpoint {
    this.#owned.clear();
    return {
      response: this.#response,
      bindings: new Map(this.#bindings),
      done: [...this.#done],
      router: this.#router.copy(),
    };
  }

  apply(rule: EventRule, event: JsonObject, seq: number): void {
    switch (rule.op) {
      case 'begin':
        this.#router.reset();
        this.#done = [];
        this.#replaceResponse(event);
        return;
      case 'renew':
        this.#renew(event);
        return;
      case 'final':
        this.#final(event, seq);
        return;
      case 'item-added':
      case 'item-done':
        this.#item(rule.op, event);
        return;
      case 'part-added':
      case 'part-done':
        this.#part(rule.list, event);
        return;
      case 'append':
      case 'shell-output':
        this.#bind(event, seq);
        return;
      case 'replace':
      case 'command-added':
        this.#replaceText(event, seq, rule.op === 'replace' ? rule.field : 'command');
        return;
      case 'shell-output-done':
        this.#shellOutput(event);
        return;
      case 'annotation':
        this.#annotation(event);
        return;
      case 'status': {
        const index = this.#router.of(event);
        if (isObject(this.#outputAt(index))) this.#edit(['output', index]).status = rule.status;
        return;
      }
      case 'fatal':
      case 'none':
        return;
    }
  }

  #outputAt(index: number): JsonValue | undefined {
    const output = this.#response?.output;
    return Array.isArray(output) ? output[index] : undefined;
  }

  /** The container at a path, made if it is missing, copied unless it was since the checkpoint. */
  #edit(path: Path): JsonObject {
    this.#response = this.#own(this.#response ?? { object: 'response', output: [] });
    let container: Container = this.#response;
    path.forEach((key, depth) => {
      const parent = container as Record<string | number, JsonValue>;
      // What stands at the next key tells whether this one is a list.
      const isList = typeof path[depth + 1] === 'number' || LISTS.has(String(key));
      const value = parent[key];
      const usable = isList ? Array.isArray(value) : isObject(value);
      const child = this.#own(usable ? (value as Container) : isList ? [] : {});
      if (Array.isArray(parent)) fillHoles(parent, Number(key));
      parent[key] = child;
      container = child;
    });
    return container as JsonObject;
  }

  #own<T extends Container>(container: T): T {
    if (this.#owned.has(container)) return container;
    const copy = (Array.isArray(container) ? container.slice() : { ...container }) as T;
    this.#owned.add(copy);
    return copy;
  }

  #parentOf(path: Path): Record<string | number, JsonValue> {
    return this.#edit(path.slice(0, -1)) as unknown as Record<string | number, JsonValue>;
  }

  #list(path: Path): JsonValue[] {
    return this.#edit(path) as unknown as JsonValue[];
  }

  #replaceResponse(event: JsonObject): void {
    this.#bindings.clear();
    this.#response = isObject(event.response) ? event.response : null;
  }

  #renew(event: JsonObject): void {
    if (!isObject(event.response)) return;
    const output = this.#response?.output;
    const renewed = this.#own({ ...event.response });
    // Such events carry `output: []`; what has accumulated stays.
    if (output !== undefined) renewed.output = output;
    this.#response = renewed;
  }

  #final(event: JsonObject, seq: number): void {
    if (!isObject(event.response)) return;
    const final = event.response;
    if (final.output !== undefined && final.output !== null) {
      this.#replaceResponse(event);
      return;
    }
    // Bindings name places in the output, which moves: the texts are written out.
    for (const binding of this.#bindings.values()) {
      const parent = this.#parentOf(binding.path);
      parent[binding.path[binding.path.length - 1]!] = this.#context.text(binding.lane, seq);
      this.#keepLogprobs(parent as JsonObject, binding, seq);
    }
    this.#bindings.clear();
    const output = Array.isArray(this.#response?.output) ? this.#response.output : [];
    const partial = event.type !== 'response.completed';
    const kept = output.filter(
      (item, index) => item !== null && (partial || this.#done.includes(index)),
    );
    this.#response = this.#own({ ...final, output: kept });
  }

  #item(op: 'item-added' | 'item-done', event: JsonObject): void {
    const index = this.#router.ofItem(event);
    if (op === 'item-done' && !this.#done.includes(index)) this.#done.push(index);
    if (!isObject(event.item)) return;
    this.#unbind((path) => path[1] === index);
    const output = this.#list(['output']);
    fillHoles(output, index);
    output[index] = event.item;
  }

  #part(list: 'content' | 'summary', event: JsonObject): void {
    if (!isObject(event.part)) return;
    const index = this.#router.of(event);
    const field = list === 'summary' ? 'summary_index' : 'content_index';
    const subIndex = Math.max(0, indexOf(event[field]));
    this.#ensureItem(index, list === 'summary' || event.part.type === 'reasoning_text' ? 'reasoning_text' : 'output_text', event);
    this.#unbind((path) => path[1] === index && path[2] === list && path[3] === subIndex);
    const parts = this.#list(['output', index, list]);
    fillHoles(parts, subIndex);
    parts[subIndex] = event.part;
  }

  #ensureItem(index: number, kind: Lane['kind'], event: JsonObject): void {
    if (isObject(this.#outputAt(index))) return;
    const output = this.#list(['output']);
    fillHoles(output, index);
    output[index] = impliedItem(kind, event.item_id);
  }

  /** Makes what a lane's text stands in, where no event announced it. Returns the text's path. */
  #place(lane: Lane, event: JsonObject): Path {
    const leaf = leafPath(lane.kind, lane.subIndex);
    this.#ensureItem(lane.outputIndex, lane.kind, event);
    const path = ['output', lane.outputIndex, ...leaf];
    if (leaf.length === 3 && typeof leaf[1] === 'number') {
      const list = this.#list(path.slice(0, 3));
      if (!isObject(list[leaf[1]])) {
        fillHoles(list, leaf[1]);
        list[leaf[1]] = impliedPart(lane.kind);
      }
    }
    return path;
  }

  #bind(event: JsonObject, seq: number): void {
    for (const { number, lane } of this.#context.lanes(seq)) {
      if (lane.kind === 'transcript') continue;
      const path = this.#place(lane, event);
      // The place is made, so that the key order is the one a plain fold gives.
      const parent = this.#parentOf(path);
      const key = path[path.length - 1]!;
      if (Array.isArray(parent)) fillHoles(parent, Number(key));
      if (typeof parent[key] !== 'string') parent[key] = '';
      this.#bindings.set(path.join('/'), { lane: number, path, sinceSeq: seq });
    }
  }

  #replaceText(event: JsonObject, seq: number, field: string): void {
    const value = event[field];
    const lane = this.#context.lanes(seq)[0]?.lane;
    if (typeof value !== 'string' || !lane || lane.kind === 'transcript') return;
    const path = this.#place(lane, event);
    const name = path.join('/');
    const binding = this.#bindings.get(name);
    const parent = this.#parentOf(path);
    const key = path[path.length - 1]!;
    if (Array.isArray(parent)) fillHoles(parent, Number(key));
    parent[key] = value;
    if (lane.kind === 'output_text') {
      if (Array.isArray(event.logprobs) && event.logprobs.length > 0) parent.logprobs = event.logprobs;
      else if (binding) this.#keepLogprobs(parent as JsonObject, binding, seq);
    }
    this.#bindings.delete(name);
  }

  #keepLogprobs(part: JsonObject, binding: Binding, seq: number): void {
    const more = this.#context.logprobs(binding, seq);
    if (more.length === 0) return;
    part.logprobs = [...(Array.isArray(part.logprobs) ? part.logprobs : []), ...more];
  }

  #shellOutput(event: JsonObject): void {
    const output = Array.isArray(event.output) ? event.output[0] : undefined;
    if (!isObject(output)) return;
    const index = this.#router.of(event);
    const subIndex = Math.max(0, indexOf(event[subIndexField('shell_stdout')!]));
    this.#ensureItem(index, 'shell_stdout', event);
    this.#unbind((path) => path[1] === index && path[2] === 'output' && path[3] === subIndex);
    const outputs = this.#list(['output', index, 'output']);
    fillHoles(outputs, subIndex);
    outputs[subIndex] = output;
  }

  #annotation(event: JsonObject): void {
    const index = this.#router.of(event);
    const subIndex = Math.max(0, indexOf(event.content_index));
    this.#ensureItem(index, 'output_text', event);
    const list = this.#list(['output', index, 'content']);
    if (!isObject(list[subIndex])) {
      fillHoles(list, subIndex);
      list[subIndex] = impliedPart('output_text');
    }
    const annotations = this.#list(['output', index, 'content', subIndex, 'annotations']);
    const at = indexOf(event.annotation_index);
    const place = at < 0 ? annotations.length : at;
    fillHoles(annotations, place);
    annotations[place] = event.annotation ?? null;
  }

  #unbind(isGone: (path: Path) => boolean): void {
    for (const [name, { path }] of this.#bindings) if (isGone(path)) this.#bindings.delete(name);
  }
}

const LISTS = new Set(['output', 'content', 'summary', 'annotations', 'commands', 'logprobs']);

/** JSON has no holes: an index beyond the end is reached over nulls. */
function fillHoles(list: JsonValue[], index: number): void {
  while (list.length < index) list.push(null);
}
