/** What a pattern may cost in the worst case, in steps of the regular expression's engine. */
const MOST_STEPS = 1e7;
const LONGEST_PATTERN = 1000;

/** A regular expression that is asked only where its worst case is bounded. */
export interface GuardedPattern {
  source: string;
  /** Null where the answer might take too long. */
  test(value: string): boolean | null;
}

/**
 * The engine of the page can't be stopped, and backtracking may take time exponential in the value. So
 * a pattern is not asked where a repeated group repeats or chooses within itself, or refers back; of
 * others, `n` repetitions over a value of length `l` take about `l` to the power of `n` steps, once
 * more by `l` where the match may begin anywhere. Null for what is no pattern: ECMA-262 with `u`.
 */
export function guardedPattern(source: string): GuardedPattern | null {
  let expression: RegExp;
  try {
    expression = new RegExp(source, 'u');
  } catch {
    return null;
  }
  const power = patternPower(source);
  const test = (value: string) => {
    if (power > 0 && Math.max(2, value.length) ** power > MOST_STEPS) return null;
    return expression.test(value);
  };
  return { source, test };
}

/**
 * With which power of the text's length the time of a regular expression grows; Infinity where it may grow
 * exponentially, and for one that is longer than anybody writes.
 */
export function patternPower(source: string): number {
  if (source.length > LONGEST_PATTERN) return Infinity;
  // Escapes and classes stand for one character each; what is in them neither repeats nor chooses.
  if (/\\(?:[1-9]|k<)/.test(source)) return Infinity;
  const plain = source
    .replace(/\\(?:[pPu]\{[^}]*\}|u[0-9a-f]{4}|x..|.)/gisu, 'e')
    .replace(/\[[^\]]*\]/gu, 'c');
  let power = plain.startsWith('^') && !plain.includes('|') ? 0 : 1;
  /** For each open group, whether something in it repeats or chooses. */
  const groups: boolean[] = [false];
  for (let at = 0; at < plain.length; at++) {
    const character = plain[at]!;
    if (character === '(') {
      groups.push(false);
      // `(?:`, `(?=`, `(?<name>`: no repetition.
      if (plain[at + 1] === '?') at++;
    } else if (character === '|') groups[groups.length - 1] = true;
    else if (character === ')') {
      const isRisky = groups.pop()!;
      const repeats = repetitionAt(plain, at + 1);
      if (isRisky && repeats > 1) return Infinity;
      if (isRisky && groups.length > 0) groups[groups.length - 1] = true;
    }
    const most = repetitionAt(plain, at + 1);
    if (character === '(' || most === 1) continue;
    groups[groups.length - 1] = true;
    if (most > 1) power++;
    // Past the quantifier, and what makes it lazy.
    at = plain[at + 1] === '{' ? plain.indexOf('}', at) : at + 1;
    if (plain[at + 1] === '?') at++;
  }
  return power;
}

/** How often at most what ends before `at` may come: 1 where there is no quantifier or a fixed count. */
function repetitionAt(plain: string, at: number): number {
  const quantifier = /^(?:[*+]|\?|\{(\d+)(,?)(\d*)\})/.exec(plain.slice(at, at + 30));
  if (!quantifier) return 1;
  const [text, low, comma, high] = quantifier;
  if (text === '?') return 0;
  if (low === undefined) return Infinity;
  if (comma === '') return Number(low) > 1 ? 2 : 1;
  return high === '' ? Infinity : Number(high);
}
