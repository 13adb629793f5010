import { seeded } from '../seeded.ts';

/**
 * Words with the space before them, up to three digits, runs of punctuation with its quotes, white
 * space: about as a byte-pair tokenizer cuts JSON (`{"`, `name`, `":"`, ` Johnson`, `,"`).
 */
const ROUGH = / ?[\p{L}\p{M}]+|\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]+|\s+/gu;

/** Words that are longer are often several tokens. */
const LONG_WORD = 11;
const LONG_RUN = 4;

/**
 * Cuts a text into the deltas of a made stream, each about one token. Joined they are the text; no
 * surrogate pair is cut, so that each is well-formed where the text is.
 * @param seed the same one gives the same cuts
 */
export function tokensOf(text: string, seed: number): string[] {
  const random = seeded(seed);
  const tokens: string[] = [];
  for (const rough of text.match(ROUGH) ?? []) {
    const isWord = /[\p{L}\p{M}]/u.test(rough);
    const most = isWord ? LONG_WORD : LONG_RUN;
    const characters = rough.length > most ? [...rough] : [];
    if (characters.length <= most) {
      tokens.push(rough);
      continue;
    }
    for (let at = 0; at < characters.length;) {
      const size = isWord ? 3 + Math.floor(random() * 5) : 1 + Math.floor(random() * 3);
      tokens.push(characters.slice(at, at + size).join(''));
      at += size;
    }
  }
  return tokens;
}
