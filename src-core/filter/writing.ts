import { parseFilter } from './filter.ts';
import type { FilterError } from './syntax.ts';
import { isTermName, TERMS } from './terms.ts';

/** A value as it is written in a filter: in quotes where it has to be. */
export function quoted(value: string): string {
  if (/^[^\s"()/][^\s"()]*$/.test(value) && !value.includes('\\')) return value;
  return inQuotes(value);
}

/** A JSON pointer as it is written after a term's colon. */
export function quotedPointer(pointer: string): string {
  return /^\/[^\s"()=<>!\\]*$/.test(pointer) && !/~(?![01])/.test(pointer)
    ? pointer
    : inQuotes(pointer);
}

/** Always in quotes, as a text that is looked for. */
export function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A filter for which both hold. A filter that can't be read is left behind. */
export function both(query: string, term: string): string {
  const parsed = parseFilter(query);
  if (!parsed.ok || !parsed.filter) return term;
  const { node } = parsed.filter;
  const before = query.trim();
  return node.kind === 'join' && node.by === 'or' ? `(${before}) ${term}` : `${before} ${term}`;
}

/**
 * Somebody who types and has come to the name of a term at the very end: `lane:2 text` is likely to
 * become `lane:2 text~"ship"`. Null where the end is no bare name, or one that is a term by itself.
 */
export function nameAtEnd(query: string): FilterError | null {
  const name = /(?:^|[\s(])-?([A-Za-z]+)$/.exec(query)?.[1];
  if (!name) return null;
  const known = name.toLowerCase();
  if (!isTermName(known)) return null;
  const { operators, example }: { operators: readonly string[]; example: string } = TERMS[known];
  if (operators.includes('none') || !parseFilter(query).ok) return null;
  return {
    message: `go on as in ${example}; a space or Enter looks for the word "${name}"`,
    start: query.length - name.length,
    end: query.length,
    unfinished: true,
  };
}

/** What a person who types in a filter is in the middle of. */
export interface TypingPlace {
  /** The name of a term, or the value of the term with this name. */
  of: 'name' | 'value';
  /** Of a value: the term and its sign. */
  term: string;
  sign: string;
  /** What is typed of it, without quotes. */
  typed: string;
  /** What to replace, as offsets in the filter. */
  start: number;
  end: number;
}

const NAMED = /^([A-Za-z_]+)(:|~|>=|<=|!=|>|<|=)(.*)$/s;

/** Where in a filter the caret is; null where nothing can be proposed: in a text or an expression. */
export function typingPlace(query: string, caret: number): TypingPlace | null {
  const start = startOfTerm(query, caret);
  if (start === null) return null;
  const typed = query.slice(start, caret);
  const rest = query.slice(caret);
  const named = NAMED.exec(typed);
  if (!named) {
    if (!/^[A-Za-z_]*$/.test(typed)) return null;
    const after = /^[A-Za-z_]*(?:[:~]|[<>]=?)?/.exec(rest)![0].length;
    return { of: 'name', term: '', sign: '', typed, start, end: caret + after };
  }
  const [, name, sign, value] = named;
  const term = name!.toLowerCase();
  if (!isTermName(term) || sign === '~') return null;
  const opens = value!.startsWith('"');
  // The value of a pointer is compared with what a person knows.
  if (term === 'value' && /[=<>~!]/.test(value!.replace(/~[01]/g, '')) && !opens) return null;
  const after = opens ? /^[^"]*"?/ : /^[^\s()"]*/;
  return {
    of: 'value',
    term,
    sign: sign!,
    typed: opens ? value!.slice(1) : value!,
    start: caret - value!.length,
    end: caret + after.exec(rest)![0].length,
  };
}

/** Where the term begins that the caret is in; null inside a quoted word or a regular expression. */
function startOfTerm(query: string, caret: number): number | null {
  let start = 0;
  for (let at = 0; at < caret; at++) {
    const character = query[at]!;
    if (/[\s()]/.test(character)) start = at + 1;
    else if (character === '-' && at === start) start = at + 1;
    else if (character === '"' || (character === '/' && query[at - 1] === '~')) {
      const opened = at;
      for (at++; at < caret && query[at] !== character; at++) if (query[at] === '\\') at++;
      // A value in quotes can be completed, a word or an expression can't.
      if (at >= caret) return character === '"' && query[opened - 1] === ':' ? start : null;
    }
  }
  return start;
}
