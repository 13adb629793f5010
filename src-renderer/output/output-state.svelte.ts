import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { PieceCaret } from './piece-caret.ts';
import type { LanePlace, LaneRange } from './place-in-page.ts';

/** What differs from the default in the tree of a lane. */
export interface TreeState {
  /** Containers that are not open or closed as they are by default. */
  readonly nodes: SvelteSet<number>;
  /** How many pages of a container's members are listed, where it is more than one. */
  readonly pages: SvelteMap<number, number>;
}

/** Lanes, and images, that are drawn until more are asked for; as many more each time. */
export const LANES = 200;
export const PICTURES = 24;

/** How a person set up the Output of a capture, and what they point at in it. */
export class OutputState {
  /** Containers of documents that are folded, as `lane/node`: it stays while the playhead moves. */
  readonly #folded = new SvelteSet<string>();
  /** The character under the pointer. */
  pointed = $state.raw<LanePlace | null>(null);
  /** The value under the pointer, in a tree or a list of fields, or gone to there by keyboard. */
  pointedValue = $state.raw<(LaneRange & { pointer: string; byKey?: boolean }) | null>(null);
  /** The piece that was gone to by keyboard. */
  caret = $state.raw<PieceCaret | null>(null);

  /** How many of the lanes and of the images are drawn. */
  laneLimit = $state(LANES);
  pictureLimit = $state(PICTURES);

  readonly #trees = new Map<number, TreeState>();
  treeOf(lane: number): TreeState {
    let tree = this.#trees.get(lane);
    if (!tree) {
      tree = { nodes: new SvelteSet(), pages: new SvelteMap() };
      this.#trees.set(lane, tree);
    }
    return tree;
  }

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
