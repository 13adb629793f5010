import type { MadeStream } from './made-stream.ts';
import { tokensOf } from './tokens.ts';

/** The text of an answer, cut into deltas as far as the request lets it come. */
export interface MadeText {
  deltas: string[];
  /** The deltas joined. */
  text: string;
  isCut: boolean;
  outputTokens: number;
}

/** @param limit the most deltas that the request wants */
export function madeText({ output, seed }: MadeStream, limit: number): MadeText {
  const tokens = tokensOf(output.text, seed);
  const isCut = tokens.length > limit;
  const deltas = isCut ? tokens.slice(0, Math.max(0, Math.floor(limit))) : tokens;
  return {
    deltas,
    text: isCut ? deltas.join('') : output.text,
    isCut,
    // A text that comes to its end has one token more: the end.
    outputTokens: isCut ? deltas.length : Math.min(tokens.length + 1, limit),
  };
}
