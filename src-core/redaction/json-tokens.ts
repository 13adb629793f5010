import { escapeKey } from '../growing/pointer.ts';
import { parseJson } from '../json.ts';

/** A value or a key in a JSON text, by where it stands. */
export interface JsonToken {
  /** `other`: a number, a word, or what is no JSON. */
  kind: 'string' | 'key' | 'other';
  /** Offsets in the text; of strings and keys without the quotes. */
  start: number;
  end: number;
  /** The nearest member that it is the value of, or stands in a list of; `''` for none. Of a key itself. */
  name: string;
  /** The JSON pointer to it, made when it is asked for; of a key to its object. */
  pointer(): string;
}

interface Level {
  isArray: boolean;
  /** As it is written, between its quotes. */
  key: string;
  index: number;
}

/**
 * Tells of the strings, keys and other scalars of a JSON text, in its order. Nothing is parsed, so that a text that is
 * cut or damaged gives what it has, and any depth is read.
 * @param visit the token is valid during the call
 */
export function eachJsonToken(text: string, visit: (token: Readonly<JsonToken>) => void): void {
  const levels: Level[] = [];
  let at = 0;
  const token: JsonToken = {
    kind: 'other',
    start: 0,
    end: 0,
    name: '',
    pointer: () => pointerOf(levels, token.kind === 'key'),
  };
  const tell = (kind: JsonToken['kind'], start: number, end: number) => {
    token.kind = kind;
    token.start = start;
    token.end = end;
    token.name = nameOf(levels);
    visit(token);
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const level = levels.at(-1);
    if (code === 0x22) {
      const end = endOfString(text, at);
      const isKey =
        level !== undefined && !level.isArray && text[afterSpace(text, end + 1)] === ':';
      if (isKey) level.key = text.slice(at + 1, end);
      tell(isKey ? 'key' : 'string', at + 1, end);
      at = end + 1;
    } else if (code === 0x7b || code === 0x5b) {
      levels.push({ isArray: code === 0x5b, key: '', index: 0 });
      at++;
    } else if (code === 0x7d || code === 0x5d) {
      levels.pop();
      at++;
    } else if (code === 0x2c) {
      if (level) level.index++;
      at++;
    } else if (code === 0x3a || isSpace(code)) at++;
    else {
      const start = at;
      while (at < text.length && !isEdge(text.charCodeAt(at))) at++;
      tell('other', start, at);
    }
  }
}

function nameOf(levels: readonly Level[]): string {
  for (let at = levels.length - 1; at >= 0; at--) {
    const { isArray, key } = levels[at]!;
    if (!isArray) return key;
  }
  return '';
}

function pointerOf(levels: readonly Level[], isKey: boolean): string {
  return levels
    .slice(0, isKey ? -1 : undefined)
    .map(({ isArray, key, index }) => `/${isArray ? index : escapeKey(decoded(key))}`)
    .join('');
}

function decoded(key: string): string {
  const value = key.includes('\\') ? parseJson(`"${key}"`) : key;
  return typeof value === 'string' ? value : key;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** What ends a scalar: a space, or one of `"` `,` `:` `[` `]` `{` `}`. */
function isEdge(code: number): boolean {
  return (
    isSpace(code) ||
    code === 0x22 ||
    code === 0x2c ||
    code === 0x3a ||
    code === 0x5b ||
    code === 0x5d ||
    code === 0x7b ||
    code === 0x7d
  );
}

/** Where the string's closing quote stands, the text's end where it has none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** A string of a JSON text, and where its units stand. */
export interface RawString {
  value: string;
  /** Offset in the text of the unit `at` of the value; of its length: the end. */
  offsetOf(unit: number): number;
}

/** The value of what stands between two quotes; what is no escape stands for itself. */
export function rawString(text: string, start: number, end: number): RawString {
  const raw = text.slice(start, end);
  if (!raw.includes('\\')) return { value: raw, offsetOf: (unit) => start + unit };
  let value = '';
  const offsets: number[] = [];
  for (let at = 0; at < raw.length;) {
    offsets.push(start + at);
    if (raw[at] !== '\\') {
      value += raw[at];
      at++;
      continue;
    }
    const hex = raw[at + 1] === 'u' ? /^[0-9a-fA-F]{4}/.exec(raw.slice(at + 2, at + 6)) : null;
    value += hex
      ? String.fromCharCode(parseInt(hex[0], 16))
      : (ESCAPES[raw[at + 1] ?? ''] ?? raw[at + 1] ?? '\\');
    at += hex ? 6 : 2;
  }
  offsets.push(end);
  return { value, offsetOf: (unit) => offsets[Math.min(unit, offsets.length - 1)]! };
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
