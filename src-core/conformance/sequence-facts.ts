import type { JsonObject } from '../json.ts';

/** After a break, what may come next: the new number, or the old one if only one event was wrong. */
const KEPT = 4;

/** The numbers that a server gives its events. */
export class SequenceFacts {
  /** The number of the event that is being read; NaN where it has none that can be used. */
  value = NaN;
  /** What it brings as its number. */
  raw: unknown;
  /** The number of the event before; NaN before the first. */
  last = NaN;
  /** What the next number may be. */
  #expected: number[] = [];

  /** The number that should come, NaN where none is known. */
  get expected(): number {
    return this.#expected[0] ?? NaN;
  }
  get isFirst(): boolean {
    return this.#expected.length === 0;
  }
  get isExpected(): boolean {
    return this.#expected.includes(this.value);
  }

  take(event: JsonObject | null, value: number): void {
    this.raw = event ? event.sequence_number : value;
    this.value = Number.isSafeInteger(value) && value >= 0 ? value : NaN;
  }

  /** Takes an event that is as expected, and says whether it is. For what comes often. */
  goesOn(value: number): boolean {
    const expected = this.#expected;
    if (expected.length !== 1 || expected[0] !== value) return false;
    this.value = value;
    this.last = value;
    expected[0] = value + 1;
    return true;
  }

  /** Takes note of the event's number. */
  note(): void {
    const { value } = this;
    if (Number.isNaN(value)) {
      this.skip();
      return;
    }
    const others = this.isFirst || this.isExpected ? [] : this.#expected;
    this.#expected = [value, ...others].map((number) => number + 1).slice(0, KEPT);
    this.last = value;
  }

  /** An event without a number: it took one, or it did not. */
  skip(): void {
    const taken = this.#expected.map((number) => number + 1);
    this.#expected = [...new Set([...this.#expected, ...taken])].slice(0, KEPT);
  }

  /** Another response begins, whose numbers may begin anew. */
  restart(): void {
    this.#expected = [0, ...this.#expected].slice(0, KEPT);
    this.last = NaN;
  }
}
