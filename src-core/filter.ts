/**
 * What the filter box asks for: words and `type:` terms, all of which must hold.
 *
 * - `Johnson` or `"two words"`: the type or the data holds it, whatever the case.
 * - `type:*.delta`: the whole type matches, `*` standing for anything; without the common prefix
 *   `response.` too.
 * - a leading `-` turns a term round.
 */
export interface FilterTerm {
  kind: 'word' | 'type';
  /** Lower case. */
  pattern: string;
  negated: boolean;
}

export interface Filter {
  terms: FilterTerm[];
  /** Whether any term has to look at the data. */
  readsData: boolean;
  matchesType(type: string): boolean;
  /** @param text type and data of an event, in lower case. */
  matchesText(text: string): boolean;
}

/** Reads a filter; null for one that holds nothing, so that everything matches. */
export function parseFilter(query: string): Filter | null {
  const terms: FilterTerm[] = [];
  for (const [, minus, prefix, quoted, bare] of query.matchAll(
    /(-?)(type:)?(?:"([^"]*)"?|([^\s"]+))/gi,
  )) {
    const pattern = (quoted ?? bare ?? '').toLowerCase();
    // `type:` alone or a lone minus is somebody still typing.
    if (pattern === '' || (!prefix && !quoted && /^(-|type:)$/.test(pattern))) continue;
    terms.push({ kind: prefix ? 'type' : 'word', pattern, negated: minus === '-' });
  }
  if (terms.length === 0) return null;
  const types = terms
    .filter((term) => term.kind === 'type')
    .map((term) => ({ test: globOf(term.pattern), negated: term.negated }));
  const words = terms.filter((term) => term.kind === 'word');
  return {
    terms,
    readsData: words.length > 0,
    matchesType: (type) => types.every(({ test, negated }) => test(type) !== negated),
    matchesText: (text) =>
      words.every(({ pattern, negated }) => text.includes(pattern) !== negated),
  };
}

function globOf(pattern: string): (type: string) => boolean {
  const source = pattern
    .split('*')
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const whole = new RegExp(`^(response\\.)?${source}$`, 'i');
  return (type) => whole.test(type);
}
