/**
 * Numbers in [0, 1) that look random, and are the same for the same seed wherever they are made: what
 * was made with a seed can be made again.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** One of a list that is not empty. */
export function pickOf<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

/** A whole number from `least` to `most`, both included. */
export function wholeOf(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
