import type { EventIndex } from '../index/event-index.ts';
import type { Stretch } from './delta-log.ts';
import type { Usage } from './usage.ts';

/** Tokens of what the model wrote, and who counted them. */
export interface TokenCount {
  source: 'usage' | 'estimate';
  /** All output tokens. */
  output: number;
  reasoning: number | null;
  text: number | null;
  /** An estimate of the beginning only: so many characters were counted of all. */
  counted?: { characters: number; of: number };
}

/** The server's count. What is no reasoning is text. */
export function tokensOfUsage({ outputTokens, reasoningTokens }: Usage): TokenCount {
  return {
    source: 'usage',
    output: outputTokens,
    reasoning: reasoningTokens,
    text: reasoningTokens === null ? null : Math.max(0, outputTokens - reasoningTokens),
  };
}

export interface Span {
  fromSeq: number;
  toSeq: number;
  us: number;
}

/** From the first to the last delta of a stretch; null where no time passes between them. */
export function spanOf(index: EventIndex, { firstSeq, lastSeq }: Stretch): Span | null {
  if (firstSeq < 0) return null;
  const { timeUs } = index.columns;
  const us = timeUs[lastSeq]! - timeUs[firstSeq]!;
  return us > 0 ? { fromSeq: firstSeq, toSeq: lastSeq, us } : null;
}

/**
 * What came per second while a stretch was streamed: all but what was there with the first delta,
 * over the time from then to the last delta. What came first took the time to the first delta, which
 * is no part of the rate.
 *
 * @param amount characters or tokens of the whole stretch; spread evenly over its characters
 */
export function perSecond(amount: number, stretch: Stretch, span: Span): number {
  if (stretch.characters === 0) return 0;
  const after = (stretch.characters - stretch.firstCharacters) / stretch.characters;
  return (amount * after * 1_000_000) / span.us;
}
