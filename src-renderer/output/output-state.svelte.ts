import { SvelteSet } from 'svelte/reactivity';
import type { PieceCaret } from './piece-caret.ts';
import type { LanePlace } from './place-in-page.ts';

/** How a person set up the Output of a capture, and what they point at in it. */
export class OutputState {
  /** Containers of documents that are folded, as `lane/node`: it stays while the playhead moves. */
  readonly #folded = new SvelteSet<string>();
  /** The character under the pointer. */
  pointed = $state.raw<LanePlace | null>(null);
  /** The piece that was gone to by keyboard. */
  caret = $state.raw<PieceCaret | null>(null);

  isFolded(lane: number, node: number): boolean {
    return this.#folded.has(`${lane}/${node}`);
  }

  fold(lane: number, node: number, folded: boolean): void {
    if (folded) this.#folded.add(`${lane}/${node}`);
    else this.#folded.delete(`${lane}/${node}`);
  }

  /** The folded containers of a lane. */
  foldedIn(lane: number): number[] {
    const nodes: number[] = [];
    for (const name of this.#folded) {
      const [of, node] = name.split('/').map(Number);
      if (of === lane) nodes.push(node!);
    }
    return nodes;
  }
}
