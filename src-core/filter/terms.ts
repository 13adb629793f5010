/** What may follow the name of a term. */
type Operators = 'colon' | 'match' | 'number' | 'none';

export interface TermRule {
  /** Which signs join the name and its value; the first set is the one in messages. */
  operators: readonly Operators[];
  /** One line for completion. */
  explanation: string;
  example: string;
}

/** The named terms of the language, in the order in which they are offered. */
export const TERMS = {
  type: {
    operators: ['colon'],
    explanation: 'the event’s type, * for anything',
    example: 'type:*.delta',
  },
  text: {
    operators: ['match'],
    explanation: 'what this event added to the output',
    example: 'text~"Soft"',
  },
  lane: {
    operators: ['colon', 'match'],
    explanation: 'which text it writes; with ~ what that text comes to hold',
    example: 'lane:0/0',
  },
  item: { operators: ['colon', 'number'], explanation: 'the output item', example: 'item:0' },
  pointer: {
    operators: ['colon'],
    explanation: 'writes a value of the output’s JSON, or its key',
    example: 'pointer:/name',
  },
  appears: { operators: ['colon'], explanation: 'a value begins', example: 'appears:/age' },
  closes: { operators: ['colon'], explanation: 'a value is complete', example: 'closes:/age' },
  value: {
    operators: ['colon'],
    explanation: 'a value is complete and compares',
    example: 'value:/age>=18',
  },
  seq: { operators: ['colon', 'number'], explanation: 'the event’s number', example: 'seq:10..20' },
  t: {
    operators: ['colon', 'number'],
    explanation: 'time since the request',
    example: 't>1.2s',
  },
  gap: {
    operators: ['colon', 'number'],
    explanation: 'time since the event before',
    example: 'gap>200ms',
  },
  bytes: { operators: ['colon', 'number'], explanation: 'size of the frame', example: 'bytes>4k' },
  chunk: {
    operators: ['colon', 'number'],
    explanation: 'the read that completed it',
    example: 'chunk:17',
  },
  problem: {
    operators: ['none', 'colon'],
    explanation: 'has a problem; : for a severity or rule',
    example: 'problem:error',
  },
  broken: {
    operators: ['none'],
    explanation: 'a JSON text breaks: it is no JSON from here on',
    example: 'broken',
  },
  invalid: {
    operators: ['none'],
    explanation: 'an output can no longer be valid by its schema',
    example: 'invalid',
  },
  bookmark: { operators: ['none'], explanation: 'is bookmarked', example: 'bookmark' },
} as const satisfies Record<string, TermRule>;

export type TermName = keyof typeof TERMS;

export function isTermName(name: string): name is TermName {
  return Object.hasOwn(TERMS, name);
}

/** The known name that is nearest to a wrong one, if one is near. */
export function nearestTerm(name: string): TermName | null {
  let nearest: TermName | null = null;
  let least = Math.max(1, Math.floor(name.length / 2));
  if (name.length < 2) least = 0;
  for (const known of Object.keys(TERMS) as TermName[]) {
    const distance = changesBetween(name, known);
    if (distance < least || (distance === least && nearest === null)) {
      nearest = known;
      least = distance;
    }
  }
  return nearest;
}

/**
 * How many letters have to be put in, taken out, replaced or swapped with their neighbour to make
 * one word of the other (optimal string alignment distance).
 */
function changesBetween(one: string, other: string): number {
  // Longer words are near to none of ours, and would take long.
  if (one.length > 16) return one.length;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[other.length]!;
}
