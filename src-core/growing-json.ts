/**
 * A JSON text that may end anywhere, cut into tokens. Nothing is thrown away and nothing added: the
 * tokens joined are the text.
 */
export interface JsonToken {
  kind:
    | 'space'
    | 'open'
    | 'close'
    | 'comma'
    | 'colon'
    | 'key'
    | 'string'
    | 'number'
    | 'keyword'
    | 'bad';
  start: number;
  end: number;
  /** How many containers are open around it; a bracket has the depth of its container's outside. */
  depth: number;
}

export interface GrowingJson {
  tokens: JsonToken[];
  /** Whether the text is one whole JSON value, broken, or still open. */
  state: 'complete' | 'open' | 'broken';
  /** The JSON pointer of the innermost value that is not finished, '' for the root; null if none. */
  openPointer: string | null;
  /** Where it stops being JSON, -1 if it does not. */
  brokenAt: number;
}

interface Container {
  isArray: boolean;
  /** The key, or the index, of the member being read. */
  key: string;
  index: number;
}

type Expect =
  'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'end';

/** True if a text looks as if it were meant to be a JSON object or array. */
export function looksLikeJson(text: string): boolean {
  const first = /\S/.exec(text)?.[0];
  return first === '{' || first === '[';
}

/** Reads a text that may be the beginning of a JSON text (RFC 8259). Linear; never throws. */
export function readGrowingJson(text: string): GrowingJson {
  const tokens: JsonToken[] = [];
  const stack: Container[] = [];
  let expect = 'value' as Expect;
  let at = 0;
  let brokenAt = -1;
  let isOpen = false;
  const push = (kind: JsonToken['kind'], end: number, depth = stack.length) => {
    tokens.push({ kind, start: at, end, depth });
    at = end;
  };
  const afterValue = () => {
    expect = stack.length === 0 ? 'end' : 'comma-or-close';
  };
  const expectsValue = () => expect === 'value' || expect === 'value-or-close';

  while (at < text.length) {
    const space = endOfSpace(text, at);
    if (space > at) {
      push('space', space);
      continue;
    }
    const character = text[at]!;
    const top = stack[stack.length - 1];
    if ((character === '{' || character === '[') && expectsValue()) {
      push('open', at + 1);
      stack.push({ isArray: character === '[', key: '', index: 0 });
      expect = character === '[' ? 'value-or-close' : 'key-or-close';
    } else if (
      (character === '}' || character === ']') &&
      top &&
      top.isArray === (character === ']') &&
      (expect === 'comma-or-close' || expect === (top.isArray ? 'value-or-close' : 'key-or-close'))
    ) {
      stack.pop();
      push('close', at + 1);
      afterValue();
    } else if (character === ',' && expect === 'comma-or-close' && top) {
      push('comma', at + 1);
      top.index++;
      expect = top.isArray ? 'value' : 'key';
    } else if (character === ':' && expect === 'colon') {
      push('colon', at + 1);
      expect = 'value';
    } else if (character === '"' && (expect === 'key' || expect === 'key-or-close')) {
      const { end, closed } = endOfString(text, at);
      if (top && closed) top.key = keyOf(text.slice(at, end));
      isOpen = !closed;
      push('key', end);
      if (closed) expect = 'colon';
    } else if (character === '"' && expectsValue()) {
      const { end, closed } = endOfString(text, at);
      isOpen = !closed;
      push('string', end);
      if (closed) afterValue();
    } else if (expectsValue()) {
      const word = /^(?:-?[0-9][0-9.eE+-]*|-|[a-z]+)/.exec(text.slice(at, at + 400))?.[0] ?? '';
      const end = at + word.length;
      const isLast = end === text.length;
      if (!isScalar(word, isLast)) {
        brokenAt = at;
        break;
      }
      const isNumber = /^[-0-9]/.test(word);
      isOpen = isLast && !(isNumber ? WHOLE_NUMBER.test(word) : KEYWORDS.includes(word));
      push(isNumber ? 'number' : 'keyword', end);
      afterValue();
    } else {
      brokenAt = at;
      break;
    }
  }
  if (brokenAt >= 0) push('bad', text.length);
  const state = brokenAt >= 0 ? 'broken' : expect === 'end' && !isOpen ? 'complete' : 'open';
  return {
    tokens,
    state,
    openPointer: state === 'open' ? pointerOf(stack, expect) : null,
    brokenAt,
  };
}

function pointerOf(stack: readonly Container[], expect: Expect): string {
  return stack
    .map(({ isArray, key, index }, depth) => {
      const isInnermost = depth === stack.length - 1;
      if (
        isInnermost &&
        (expect === 'key-or-close' || expect === 'key' || expect === 'value-or-close')
      )
        return '';
      return `/${isArray ? index : key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    })
    .join('');
}

const WHOLE_NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const NUMBER_BEGUN = /^-?((0|[1-9][0-9]*)((\.[0-9]*)?|(\.[0-9]+)?[eE][+-]?[0-9]*))?$/;
const KEYWORDS = ['true', 'false', 'null'];

function isScalar(word: string, isLast: boolean): boolean {
  if (/^[-0-9]/.test(word)) {
    return (isLast ? NUMBER_BEGUN : WHOLE_NUMBER).test(word);
  }
  if (word === '') return false;
  return KEYWORDS.some((keyword) => (isLast ? keyword.startsWith(word) : keyword === word));
}

function endOfSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++;
  return at;
}

function endOfString(text: string, from: number): { end: number; closed: boolean } {
  let at = from + 1;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === 0x5c) at += 2;
    else if (character === 0x22) return { end: at + 1, closed: true };
    else at++;
  }
  return { end: text.length, closed: false };
}

function keyOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}
