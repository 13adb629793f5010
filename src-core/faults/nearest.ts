/** The name that somebody may have meant, null where none is near: at most half of its letters differ. */
export function nearestOf(name: string, names: readonly string[]): string | null {
  const wanted = name.toLowerCase().slice(0, 60);
  let best: string | null = null;
  let least = Infinity;
  for (const one of names) {
    const distance = editsBetween(wanted, one.toLowerCase());
    if (distance < least) [best, least] = [one, distance];
  }
  return best !== null && least <= Math.floor(best.length / 2) ? best : null;
}

/** Letters that are added, left out or changed (Levenshtein). */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let at = 0; at < from.length; at++) {
    const next = [at + 1];
    for (let other = 0; other < to.length; other++) {
      const changed = row[other]! + (from[at] === to[other] ? 0 : 1);
      next.push(Math.min(changed, row[other + 1]! + 1, next[other]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
