import type { IndexedLane } from '../index/event-index.ts';
import { roleOf } from './lane-role.ts';

/** Characters (UTF-16 units) of a capture that are estimated; what lies beyond is not counted. */
export const MAX_CHARACTERS = 2_000_000;

/** Without a place to cut, a text is cut here: merging within one word costs its length squared. */
const LONGEST_PIECE = 400;
const USUAL_PIECE = 4_000;

/**
 * Where to cut a text that begins at `from`, so that its tokens are those of its pieces: before a
 * space that follows something else and stands before a letter. The tokenizer splits there itself
 * (o200k_base, like other encodings of tiktoken, merges within words only, and a space belongs to the
 * word behind it). A long stretch without such a place is cut anywhere, which may add a token.
 *
 * @returns -1 where the rest is one piece that may still grow
 */
export function cutAfter(text: string, from: number): number {
  const usual = Math.min(text.length, from + USUAL_PIECE);
  for (let at = usual - 1; at > from; at--) {
    if (text[at] === ' ' && text[at - 1]! > ' ' && /\p{L}/u.test(text[at + 1] ?? '')) return at;
  }
  return text.length - from > LONGEST_PIECE ? from + LONGEST_PIECE : -1;
}

/** The part of a lane's text that the model wrote there, null for what a tool printed. */
export function writtenText(
  lane: IndexedLane,
): { role: 'text' | 'reasoning'; text: string } | null {
  const role = roleOf(lane.kind);
  if (role === 'tool') return null;
  // A later generation starts from a text that replaced one: that text was set, not written.
  return { role, text: lane.generation > 0 ? lane.text.slice(lane.initial.length) : lane.text };
}
