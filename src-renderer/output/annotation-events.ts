import { isObject, type JsonObject, type JsonValue } from '../../src-core/json.ts';
import type { PartEvents } from '../../src-core/provenance/part-events.ts';
import type { EventIndex } from '../../src-core/index/event-index.ts';

/** As much of a capture as is read to find them. */
interface Source {
  readonly index: EventIndex;
  event(seq: number): { value: JsonValue | undefined };
}

/**
 * The events that brought the annotations of one part of an item. Each event that may have brought
 * one is looked at once, when an event after it is first asked about; that there is none up to there
 * is known from then on as well.
 */
export class AnnotationEvents {
  readonly #source: Source;
  readonly #events: PartEvents;
  readonly #start: number;
  readonly #item: number;
  readonly #part: number;
  /** By the annotation's index: the event that added it as such. */
  readonly #added = new Map<number, number>();
  /** By the annotation's index: the first event that set a whole with so many of them. */
  readonly #set: number[] = [];
  #rows = { annotation: -1, whole: -1 };

  /** @param start the event with which the response began that the part is in */
  constructor(source: Source, events: PartEvents, start: number, item: number, part: number) {
    this.#source = source;
    this.#events = events;
    this.#start = start;
    this.#item = item;
    this.#part = part;
  }

  /** The event up to `seq` that brought the annotation with an index, null where none is found. */
  at(annotation: number, seq: number): number | null {
    this.#readTo('annotation', seq, (event, one) => {
      const own = event.annotation_index;
      if (typeof own !== 'number' || partOf(event) !== this.#part || this.#added.has(own)) return;
      this.#added.set(own, one);
    });
    this.#readTo('whole', seq, (event, one) => {
      const count = this.#countIn(event);
      while (this.#set.length < count) this.#set.push(one);
    });
    for (const found of [this.#added.get(annotation), this.#set[annotation]])
      if (found !== undefined && found <= seq) return found;
    return null;
  }

  #readTo(kind: 'annotation' | 'whole', seq: number, read: Read): void {
    const list = this.#events.of(kind);
    const { index } = this.#source;
    if (this.#rows[kind] < 0) this.#rows[kind] = list.countUpTo(this.#start - 1);
    for (; this.#rows[kind] < list.length; this.#rows[kind]++) {
      const one = list.at(this.#rows[kind]);
      if (one > seq) return;
      const about = index.columns.item[one]!;
      if (about !== this.#item && about >= 0) continue;
      const { value } = this.#source.event(one);
      if (isObject(value)) read(value, one);
    }
  }

  /** How many annotations an event that sets a part, an item or a response gives to the part. */
  #countIn(event: JsonObject): number {
    const { part, item, response } = event;
    if (isObject(part)) return partOf(event) === this.#part ? countOf(part) : 0;
    const whole = isObject(item)
      ? item
      : inList(isObject(response) ? response.output : null, this.#item);
    return countOf(inList(isObject(whole) ? whole.content : null, this.#part));
  }
}

type Read = (event: JsonObject, seq: number) => void;

function partOf(event: JsonObject): number {
  return typeof event.content_index === 'number' ? event.content_index : 0;
}

function inList(list: JsonValue | undefined, at: number): JsonValue | undefined {
  return Array.isArray(list) ? list[at] : undefined;
}

function countOf(part: JsonValue | undefined): number {
  return isObject(part) && Array.isArray(part.annotations) ? part.annotations.length : 0;
}
