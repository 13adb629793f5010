import { isObject, type JsonObject, parseJson } from '../json.ts';
import { type EventRule, responseIn } from '../responses/event-types.ts';
import { leavesOfElement, leavesOfItem, subIndexField } from '../responses/leaf.ts';
import { indexOf, Router } from '../responses/router.ts';
import { decodeUtf8 } from '../text.ts';
import { EventFlag, type LaneKind } from './batch.ts';
import { DeltaShapes } from './delta-shapes.ts';
import { type LaneText, LaneTexts } from './lane-texts.ts';
import type { OpenBatch } from './open-batch.ts';
import { TextRun } from './text-run.ts';

/** What deltas may come between without being other deltas. */
const KEEPS_SHAPES: ReadonlySet<EventRule['op']> = new Set([
  'append',
  'shell-output',
  'annotation',
  'status',
  'none',
  'renew',
]);

/**
 * What the events of a Responses stream do to its lanes. The fold of `Snapshots` relies on one
 * thing: the first delta after anything that may have changed the delta's place is structural.
 */
export class ResponseLanes {
  readonly #batch: OpenBatch;
  readonly #router = new Router();
  readonly #texts: LaneTexts;
  readonly #shapes = new DeltaShapes();
  readonly #run: TextRun;
  /** The text that the last event appended to, as its only one. */
  #appended: LaneText | null = null;
  /** How many responses began before this one. */
  #responses = 0;
  #begun = false;

  constructor(batch: OpenBatch) {
    this.#batch = batch;
    this.#texts = new LaneTexts({
      lane: (lane) => batch.begin(lane),
      grow: (lane, text, length) => {
        batch.text(lane, text);
        batch.grew(lane, length);
      },
    });
    this.#run = new TextRun((text, delta) => {
      text.text += delta;
      batch.text(text.lane, delta);
    });
  }

  /** What deltas wrote is in the batch after this. */
  flush(): void {
    this.#run.flush();
  }

  /** The text of a lane, whole after `flush`; null where there is none. */
  textAt(kind: LaneKind, outputIndex: number, subIndex: number): string | null {
    return this.#texts.textAt(kind, outputIndex, subIndex);
  }

  /**
   * Applies the event whose JSON text is `bytes[start..end)` if it is a delta of a known shape.
   * Returns its type's number, or -1: then nothing has changed, and `apply` is for the event.
   */
  applyKnown(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const shape = this.#shapes.find(bytes, view, start, end);
    if (!shape) return -1;
    const { text, deltaStart, deltaEnd } = shape;
    if (shape.isPlain) this.#run.append(text, bytes, deltaStart, deltaEnd);
    else {
      const delta = stringAt(bytes, deltaStart, deltaEnd);
      if (delta === null) return -1;
      this.#run.flush();
      this.#texts.append(text, delta, this.#batch.seq);
      this.#batch.text(text.lane, delta);
    }
    const batch = this.#batch;
    batch.item = text.outputIndex;
    batch.sequence = shape.sequence;
    batch.wrote(text.lane, text.length);
    return shape.type;
  }

  /** After `apply`: if the event was a delta, others of its shape need not be parsed. */
  learn(event: JsonObject, bytes: Uint8Array, start: number, end: number, type: number): void {
    const text = this.#appended;
    const isUsual =
      text !== null &&
      typeof event.type === 'string' &&
      typeof event.delta === 'string' &&
      // Something else in its place is a problem whose message names it.
      (event.sequence_number === undefined || typeof event.sequence_number === 'number') &&
      // Without an index the item is that of the moment, or of the id.
      indexOf(event.output_index) >= 0 &&
      (this.#batch.flags & EventFlag.logprobs) === 0;
    if (isUsual) this.#shapes.learn(bytes, start, end, type, text);
  }

  /** Applies an event to the lanes and completes its row. */
  apply(rule: EventRule, event: JsonObject): void {
    const batch = this.#batch;
    const { seq } = batch;
    this.#run.flush();
    this.#appended = null;
    // Whatever closes or replaces something, be it malformed, may make the next delta one to be told of.
    if (!KEEPS_SHAPES.has(rule.op)) this.#shapes.clear();
    switch (rule.op) {
      case 'append':
        this.#appended = this.#append(rule.lane, event, event.delta);
        if (rule.lane !== 'output_text' || !Array.isArray(event.logprobs)) return;
        if (event.logprobs.length > 0) batch.flags |= EventFlag.logprobs;
        return;
      case 'shell-output': {
        batch.item = this.#router.of(event);
        if (!isObject(event.delta)) return;
        const { stdout, stderr } = event.delta;
        if (typeof stdout === 'string') this.#append('shell_stdout', event, stdout);
        if (typeof stderr === 'string') this.#append('shell_stderr', event, stderr);
        return;
      }
      case 'none':
        batch.item = indexOf(event.output_index);
        return;
      case 'fatal':
        return;
      case 'replace': {
        batch.item = this.#router.of(event);
        const value = event[rule.field];
        if (typeof value !== 'string') return;
        const text = this.#textOf(rule.lane, event);
        this.#texts.set(text, value, seq);
        batch.wrote(text.lane, text.length);
        break;
      }
      case 'begin':
        // A first response may have begun without this event, in a stream joined in its middle.
        if (this.#begun) {
          this.#responses++;
          batch.nextResponse();
        }
        this.#router.reset();
        this.#texts.reset(this.#responses);
        this.#setResponse(event);
        break;
      case 'renew':
        break;
      case 'final':
        this.#setResponse(event);
        break;
      case 'item-added':
      case 'item-done':
        batch.item = indexOf(event.output_index);
        if (!isObject(event.item)) return;
        batch.item = this.#router.ofItem(event, rule.op === 'item-done');
        this.#texts.setItem(batch.item, leavesOfItem(event.item), seq);
        break;
      case 'part-added':
      case 'part-done':
        this.#setElement(rule.list, event, event.part);
        break;
      case 'shell-output-done':
        this.#setElement('output', event, Array.isArray(event.output) ? event.output[0] : null);
        break;
      case 'annotation':
      case 'status':
        batch.item = this.#router.of(event);
        break;
    }
    this.#begun = true;
    batch.flags |= EventFlag.structural;
  }

  #textOf(kind: LaneKind, event: JsonObject): LaneText {
    const field = subIndexField(kind);
    const subIndex = field === null ? -1 : Math.max(0, indexOf(event[field]));
    return this.#texts.of(kind, this.#batch.item, subIndex);
  }

  #append(kind: LaneKind, event: JsonObject, value: unknown): LaneText {
    const batch = this.#batch;
    batch.item = this.#router.of(event);
    // A null delta counts as empty (code interpreter).
    const delta = typeof value === 'string' ? value : '';
    const text = this.#textOf(kind, event);
    if (this.#texts.append(text, delta, batch.seq)) {
      batch.flags |= EventFlag.binds | EventFlag.structural;
      this.#begun = true;
    }
    batch.text(text.lane, delta);
    batch.wrote(text.lane, text.length);
    return text;
  }

  #setElement(list: 'content' | 'summary' | 'output', event: JsonObject, value: unknown): void {
    const batch = this.#batch;
    batch.item = this.#router.of(event);
    if (!isObject(value)) return;
    const field = { content: 'content_index', summary: 'summary_index', output: 'command_index' };
    const subIndex = Math.max(0, indexOf(event[field[list]]));
    const address = { outputIndex: batch.item, list, subIndex };
    this.#texts.setElement(address, leavesOfElement(list, value, subIndex), batch.seq);
  }

  #setResponse(event: JsonObject): void {
    const response = responseIn(event);
    if (!response) return;
    const { seq } = this.#batch;
    const output = response.output;
    // Without an output the items collected so far stand.
    this.#texts.setResponse((index) => !Array.isArray(output) || isObject(output[index]), seq);
    if (!Array.isArray(output)) return;
    output.forEach((item, index) => {
      if (!isObject(item)) return;
      this.#router.ofItem({ output_index: index, item }, false);
      this.#texts.setItem(index, leavesOfItem(item), seq);
    });
  }
}

/** A JSON string's value from the bytes between its quotes, null if it is malformed. */
function stringAt(bytes: Uint8Array, start: number, end: number): string | null {
  const value = parseJson(decodeUtf8(bytes.subarray(start - 1, end + 1)));
  // U+FFFD may stand for bytes that are no UTF-8, which is to be looked into.
  return typeof value === 'string' && !value.includes('\ufffd') ? value : null;
}
