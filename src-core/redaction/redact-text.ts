import { classOfName, type NamedIn } from './class-names.ts';
import type { TextEdit } from './edits.ts';
import { eachJsonToken, type JsonToken, rawString } from './json-tokens.ts';
import { joinedSpans, type Span } from './spans.ts';
import type { StruckClass } from './struck.ts';
import type { TextMatcher } from './text-matcher.ts';

/** Told of each thing that is struck out. @param pointer `''` where the text is no JSON */
export type OnStruck = (of: StruckClass, pointer: string, original: string) => void;

export interface JsonRedaction {
  matcher: TextMatcher;
  where: NamedIn;
  onStruck: OnStruck;
  /** What is to be struck out of a string beside what is found in it. */
  also?: (value: string, name: string) => readonly Span[];
}

/** Words of a protocol, and keys: a pattern of a person that is one of them must not break the stream. */
const WORD = /^[A-Za-z_.]{1,64}$/;
const WORD_NAMES: ReadonlySet<string> = new Set([
  'type',
  'object',
  'role',
  'status',
  'event',
  'finish_reason',
  'stop_reason',
  'incomplete_details',
]);

/**
 * The edits that strike out of a JSON text, whole or damaged, what a matcher finds in it and what its names say.
 * It stays as much JSON as it was: of strings units become asterisks, of numbers digits become 1.
 */
export function jsonEdits(text: string, redaction: JsonRedaction): TextEdit[] {
  const edits: TextEdit[] = [];
  eachJsonToken(text, (token) => {
    if (token.kind === 'other') otherEdit(text, token, redaction, edits);
    else stringEdits(text, token, redaction, edits);
  });
  return edits;
}

function stringEdits(
  text: string,
  token: JsonToken,
  { matcher, where, onStruck, also }: JsonRedaction,
  edits: TextEdit[],
): void {
  if (token.start === token.end) return;
  const { value, offsetOf } = rawString(text, token.start, token.end);
  const isWord = (token.kind === 'key' || WORD_NAMES.has(token.name)) && WORD.test(value);
  const spans =
    (token.kind === 'string' && spansOfName(value, token.name, where, matcher)) ||
    matcher.spans(value, isWord);
  const added = token.kind === 'string' ? (also?.(value, token.name) ?? []) : [];
  // What is struck out of a text that came in pieces was told of with the text.
  for (const { from, to, class: of } of spans)
    if (!added.some((one) => one.from < to && from < one.to))
      onStruck(of, token.pointer(), value.slice(from, to));
  for (const { from, to } of joinedSpans([...spans, ...added])) {
    const start = offsetOf(from);
    const end = offsetOf(to);
    edits.push({ start, end, text: '*'.repeat(to - from) });
  }
}

/** The whole value, where its name says what it is; null where it does not. */
function spansOfName(
  value: string,
  name: string,
  where: NamedIn,
  matcher: TextMatcher,
): Span[] | null {
  const of = classOfName(name, where);
  if (!of || !matcher.options[of] || isStruck(value)) return null;
  return [{ from: 0, to: value.length, class: of }];
}

/** What Deltascope, or a recorder before it, has put there. */
export function isStruck(value: string): boolean {
  return /^(\*+|•••|redacted)$/i.test(value);
}

function otherEdit(
  text: string,
  { start, end, name, pointer }: JsonToken,
  { matcher, where, onStruck }: JsonRedaction,
  edits: TextEdit[],
): void {
  const value = text.slice(start, end);
  if (value === 'null' || value === 'true' || value === 'false') return;
  const isNumber = /^-?\d/.test(value);
  const named = isNumber ? classOfName(name, where) : null;
  const spans: readonly Span[] =
    named && matcher.options[named]
      ? [{ from: 0, to: value.length, class: named }]
      : matcher.spans(value);
  for (const { from, to, class: of } of spans) {
    const original = value.slice(from, to);
    onStruck(of, pointer(), original);
    const put = isNumber ? original.replace(/\d/g, '1') : '*'.repeat(to - from);
    edits.push({ start: start + from, end: start + to, text: put });
  }
}

/** The same for a text that is no JSON. */
export function textEdits(text: string, matcher: TextMatcher, onStruck: OnStruck): TextEdit[] {
  return matcher.spans(text).map(({ from, to, class: of }) => {
    onStruck(of, '', text.slice(from, to));
    return { start: from, end: to, text: '*'.repeat(to - from) };
  });
}

/** Whether a text is read as JSON: also one that is cut or damaged. */
export function looksLikeJson(text: string): boolean {
  return /^[\s,]*[[{"]/.test(text);
}

/** Remembers what names in a JSON text say, to be found in other places. */
export function rememberNamed(text: string, where: NamedIn, matcher: TextMatcher): void {
  eachJsonToken(text, ({ kind, start, end, name }) => {
    if (kind === 'key' || start === end) return;
    const of = classOfName(name, where);
    if (!of || !matcher.options[of]) return;
    const value = kind === 'string' ? rawString(text, start, end).value : text.slice(start, end);
    if ((kind === 'string' || /^-?\d/.test(value)) && !isStruck(value)) matcher.remember(value, of);
  });
}
