/**
 * Counts tokens beside the page: the tokenizer's table takes a fifth of a second to load, and some
 * texts take long. Loaded with the first question.
 */
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

export interface TokenQuestion {
  pieces: string[];
}
export interface TokenAnswer {
  /** Tokens of each piece. */
  counts: number[];
}

// What looks like a special token is text here: a model wrote it as such.
const options = { disallowedSpecial: new Set<string>() };

addEventListener('message', ({ data }: MessageEvent<TokenQuestion>) => {
  const answer: TokenAnswer = { counts: data.pieces.map((piece) => countTokens(piece, options)) };
  postMessage(answer);
});
