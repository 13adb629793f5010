import type { Events } from './fault-list.ts';

/**
 * What `Events` means. Numbers count from 0; `share` is a part of the whole, from 0 to 1.
 */
export type ChoiceTerm =
  | { is: 'range'; from: number; to: number }
  | { is: 'last' }
  | { is: 'share'; share: number }
  | { is: 'type'; matches: (type: string) => boolean; pattern: string };

/** Terms of a choice. */
const MOST_TERMS = 100;
const MOST_CHARACTERS = 2000;

/** The terms of a choice, or in words what is wrong with it. @param typed whether types mean something */
export function parseChoice(choice: Events, typed = true): ChoiceTerm[] | string {
  if (typeof choice === 'number') {
    if (!Number.isInteger(choice) || choice < 0) return `${choice} is no whole number from 0 on`;
    return [{ is: 'range', from: choice, to: choice }];
  }
  if (choice.length > MOST_CHARACTERS) return `longer than ${MOST_CHARACTERS} characters`;
  const parts = choice.split(',').map((part) => part.trim());
  if (parts.length > MOST_TERMS) return `more than ${MOST_TERMS} parts`;
  const terms: ChoiceTerm[] = [];
  for (const part of parts) {
    const term = termOf(part, typed);
    if (typeof term === 'string') return term;
    terms.push(term);
  }
  return terms;
}

function termOf(part: string, typed: boolean): ChoiceTerm | string {
  if (/^\d{1,9}$/.test(part)) return { is: 'range', from: Number(part), to: Number(part) };
  const range = /^(\d{1,9})\s*\.\.\s*(\d{1,9})?$/.exec(part);
  if (range) {
    const from = Number(range[1]);
    const to = range[2] === undefined ? Infinity : Number(range[2]);
    return from <= to ? { is: 'range', from, to } : `"${part}" ends before it begins`;
  }
  const examples = typed ? '3, 3..7, 5.., last, 50% or type:*.delta' : '1, 1..2 or 3..';
  if (part === '') return `nothing is chosen: write ${examples}`;
  if (typed) {
    if (part === 'last') return { is: 'last' };
    const share = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(part);
    if (share && Number(share[1]) <= 100) return { is: 'share', share: Number(share[1]) / 100 };
    const type = /^type:\s*(\S+)$/.exec(part);
    if (type) {
      const matches = glob(type[1]!);
      // As in the filter language, `response.` may be left out.
      const isOf = (name: string) =>
        matches(name) || (name.startsWith('response.') && matches(name.slice(9)));
      return { is: 'type', pattern: type[1]!, matches: isOf };
    }
  }
  return `"${part}" is not understood: write ${examples}`;
}

/** `*` stands for anything. The pieces between are looked for one after the other, so it takes no time. */
function glob(pattern: string): (type: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  return (type) => {
    if (last === undefined) return type === first;
    if (type.length < first.length + last.length) return false;
    if (!type.startsWith(first) || !type.endsWith(last)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = type.indexOf(piece, at);
      if (found < 0 || found + piece.length > type.length - last.length) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** Whether a number is one of those that are meant; shares and types mean none. */
export function includes(terms: readonly ChoiceTerm[], number: number): boolean {
  return terms.some((term) => term.is === 'range' && term.from <= number && number <= term.to);
}

/**
 * The events that are meant, ascending, each once; or in words why there is none.
 * @param typeOf asked only where types are
 */
export function chosenOf(
  terms: readonly ChoiceTerm[],
  count: number,
  typeOf: (seq: number) => string,
): number[] | string {
  if (count === 0) return 'the body has no events';
  const chosen = new Set<number>();
  for (const term of terms) {
    if (term.is === 'last') chosen.add(count - 1);
    else if (term.is === 'share') chosen.add(Math.min(count - 1, Math.floor(term.share * count)));
    else if (term.is === 'range') {
      for (let seq = term.from; seq <= Math.min(term.to, count - 1); seq++) chosen.add(seq);
    } else {
      for (let seq = 0; seq < count; seq++) if (term.matches(typeOf(seq))) chosen.add(seq);
    }
  }
  if (chosen.size > 0) return [...chosen].sort((a, b) => a - b);
  const last = `the last event is ${count - 1}`;
  const [term] = terms;
  if (term?.is === 'type' && terms.length === 1) return `no event is of type ${term.pattern}`;
  return term?.is === 'range'
    ? `there is no event ${term.from}: ${last}`
    : `none is meant: ${last}`;
}
