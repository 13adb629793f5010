import { isObject, type JsonObject } from '../json.ts';

/** Indexes beyond this are taken for damage: an array of that many holes would exhaust memory. */
const MAX_INDEX = 10_000;

/** A usable index, or -1. */
export function indexOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < MAX_INDEX
    ? value
    : -1;
}

/**
 * Finds the item that an event speaks of. The rule is `output_index`; ids are a check only, since
 * some proxies give every event a new one. Servers exist that omit the index: then the id decides,
 * then the item that was announced last; an item that is announced without either is a new one.
 */
export class Router {
  #byId = new Map<string, number>();
  #next = 0;
  #last = 0;
  #lastIsOpen = false;

  /** Forgets the items: another response begins. */
  reset(): void {
    this.#byId.clear();
    this.#next = 0;
    this.#last = 0;
    this.#lastIsOpen = false;
  }

  /** The output index of an event that announces an item, or with `done` closes one. */
  ofItem(event: JsonObject, done: boolean): number {
    const id = isObject(event.item) ? event.item.id : undefined;
    let index = indexOf(event.output_index);
    if (index < 0 && typeof id === 'string') index = this.#byId.get(id) ?? -1;
    // Items that come as a whole, in a `done` alone, must not replace each other.
    if (index < 0) index = done && this.#lastIsOpen ? this.#last : this.#next;
    if (typeof id === 'string' && id !== '') this.#byId.set(id, index);
    this.#next = Math.max(this.#next, index + 1);
    this.#last = index;
    this.#lastIsOpen = !done;
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
