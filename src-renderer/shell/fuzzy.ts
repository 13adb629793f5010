/** How well a query fits a text, and which characters of the text it took. */
export interface Match {
  score: number;
  positions: number[];
}

const RUN = 8;
const WORD_START = 6;
const GAP = -0.4;
const LATE = -0.15;

/**
 * Finds the characters of a query in a text, in their order; of all ways the one that scores best.
 * Letters in a row and letters at the starts of words count most. Null where the text does not hold
 * them. Spaces in the query are of no account.
 */
export function fuzzyMatch(query: string, text: string): Match | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  if (wanted === '') return { score: 0, positions: [] };
  const lower = text.toLowerCase();
  // best[i] holds, for the query's first letters up to i, the best match that ends at each place.
  let best: (Match | null)[] = [];
  for (let letter = 0; letter < wanted.length; letter++) {
    const row: (Match | null)[] = [];
    let before: Match | null = letter === 0 ? { score: 0, positions: [] } : null;
    for (let at = 0; at < lower.length; at++) {
      const adjacent = letter > 0 && at > 0 ? (best[at - 1] ?? null) : null;
      if (letter > 0 && at > 1) before = better(faded(before), best[at - 2] ?? null);
      if (lower[at] !== wanted[letter]) {
        row.push(null);
        continue;
      }
      const bonus = startsWord(text, at) ? WORD_START : 0;
      const first = letter === 0 ? at * LATE : 0;
      const apart = before && extended(before, at, bonus + first + (letter > 0 ? GAP : 0));
      const inRun = adjacent && extended(adjacent, at, bonus + RUN);
      row.push(better(apart, inRun));
    }
    best = row;
  }
  const match = best.reduce<Match | null>(better, null);
  // Of equal matches the one in the shorter text says more.
  return match && { ...match, score: match.score - text.length * 0.02 };
}

/** The items that fit, best first; with no query all of them in their order. */
export function ranked<Item>(
  query: string,
  items: readonly Item[],
  textOf: (item: Item) => string,
): { item: Item; match: Match }[] {
  const found: { item: Item; match: Match }[] = [];
  for (const item of items) {
    const match = fuzzyMatch(query, textOf(item));
    if (match) found.push({ item, match });
  }
  // Sorting is stable: the given order decides between equals.
  return query.trim() === '' ? found : found.sort((a, b) => b.match.score - a.match.score);
}

function extended(match: Match, at: number, bonus: number): Match {
  return { score: match.score + bonus, positions: [...match.positions, at] };
}
function faded(match: Match | null): Match | null {
  return match && { ...match, score: match.score + GAP };
}
function better(one: Match | null, other: Match | null): Match | null {
  if (!one || !other) return one ?? other;
  return other.score > one.score ? other : one;
}
function startsWord(text: string, at: number): boolean {
  return at === 0 || /[\s\-_./:(]/.test(text[at - 1]!);
}
