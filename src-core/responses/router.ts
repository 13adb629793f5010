import { isObject, type JsonObject } from '../json.ts';

/** Indexes beyond this are taken for damage: an array of that many holes would exhaust memory. */
const MAX_INDEX = 100_000;

/** A usable index, or -1. */
export function indexOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < MAX_INDEX
    ? value
    : -1;
}

/**
 * Finds the item that an event speaks of. The rule is `output_index`; ids are a check only, since
 * some proxies give every event a new one. Servers exist that omit the index: then the id decides,
 * then the item that was announced last.
 */
export class Router {
  #byId = new Map<string, number>();
  #next = 0;
  #last = 0;

  /** Forgets the items: another response begins. */
  reset(): void {
    this.#byId.clear();
    this.#next = 0;
    this.#last = 0;
  }

  copy(): Router {
    const copy = new Router();
    copy.#byId = new Map(this.#byId);
    copy.#next = this.#next;
    copy.#last = this.#last;
    return copy;
  }

  /** The output index of an event about an item, and what it announces is remembered. */
  ofItem(event: JsonObject): number {
    const id = isObject(event.item) ? event.item.id : undefined;
    let index = indexOf(event.output_index);
    if (index < 0 && typeof id === 'string') index = this.#byId.get(id) ?? -1;
    if (index < 0) index = this.#next;
    if (typeof id === 'string' && id !== '') this.#byId.set(id, index);
    this.#next = Math.max(this.#next, index + 1);
    this.#last = index;
    return index;
  }

  /** The output index of any other event. */
  of(event: JsonObject): number {
    const index = indexOf(event.output_index);
    if (index >= 0) return index;
    const id = event.item_id;
    return (typeof id === 'string' ? this.#byId.get(id) : undefined) ?? this.#last;
  }
}
