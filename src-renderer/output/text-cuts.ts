import type { IndexedLane } from '../../src-core/index/event-index.ts';

const BLOCK = 16_384;

/** What is read of a text: blocks, each once. */
type Readable = Pick<string, 'slice'>;

/**
 * Where a text that only grows is cut into blocks of at most 16 Ki characters, at line ends where
 * there are any. A block that is full stays as it is: each is looked at once, whatever comes after it.
 */
export class TextCuts {
  readonly #cuts: number[] = [0];

  /**
   * The cuts of the first `length` characters: the first is 0, the last is `length`. Only the last
   * block changes with a greater length.
   */
  upTo(text: Readable, length: number): number[] {
    const cuts = this.#cuts;
    for (let start = cuts.at(-1)!; start + BLOCK <= length; start = cuts.at(-1)!)
      cuts.push(start + sizeOf(text.slice(start, start + BLOCK)));
    // Of a full block it is known where it ends as soon as all of its characters are there.
    let full = 0;
    while (full + 1 < cuts.length && cuts[full]! + BLOCK <= length) full++;
    const found = cuts.slice(0, full + 1);
    if (found[full]! < length) found.push(length);
    return found;
  }
}

/** How much of a full block is kept together: up to its last line end, and no half of a pair. */
function sizeOf(block: string): number {
  const line = block.lastIndexOf('\n');
  // A line end at the very beginning would leave a block of nothing else.
  if (line > 0) return line + 1;
  const last = block.charCodeAt(block.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? block.length - 1 : block.length;
}

const known = new WeakMap<IndexedLane, TextCuts>();

/** The cuts of the first `length` characters of a lane, as `TextCuts` has them. */
export function cutsOfLane(lane: IndexedLane, length: number): number[] {
  let cuts = known.get(lane);
  if (!cuts) known.set(lane, (cuts = new TextCuts()));
  return cuts.upTo(lane.text, length);
}
