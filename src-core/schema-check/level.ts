import type { Frame } from './frame.ts';
import type { Identities } from './identity.ts';

/** An open container with the schemas that hold for it. */
export class Level {
  readonly node: number;
  readonly kind: 'object' | 'array';
  readonly frames: readonly Frame[];
  /** Keys of an object so far. */
  readonly keys = new Set<string>();
  key = '';
  size = 0;
  /** Somebody compares it with other values; then what is in it is compared as well. */
  readonly isCompared: boolean;
  /** The elements of an array that must have no two equal ones; null of others. */
  readonly seen: Set<number> | null;
  /** Of the elements or members so far, as `Identities` has them. */
  readonly #numbers: number[] = [];

  constructor(node: number, kind: Level['kind'], frames: readonly Frame[], around?: Level) {
    this.node = node;
    this.kind = kind;
    this.frames = frames;
    const live = frames.filter(({ isLive }) => isLive);
    this.isCompared =
      around?.comparesInner ||
      live.some(({ plan }) => plan.values.some(({ hasContainers }) => hasContainers));
    this.seen = kind === 'array' && live.some(({ plan }) => plan.unique) ? new Set() : null;
  }

  get comparesInner(): boolean {
    return this.isCompared || this.seen !== null;
  }

  /** Takes the number of an element or a member that was closed. Returns whether it is there twice. */
  take(number: number): boolean {
    if (this.isCompared) this.#numbers.push(number);
    if (!this.seen) return false;
    const isTwice = this.seen.has(number);
    this.seen.add(number);
    return isTwice;
  }

  /** Its own number, once it is closed. */
  numberBy(identities: Identities): number {
    if (this.kind === 'array') return identities.ofArray(this.#numbers);
    return identities.ofObject([...this.keys].map((key, at) => [key, this.#numbers[at]!]));
  }
}
