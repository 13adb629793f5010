/**
 * JSON as a text that a person wrote: where its parts stand, where it goes wrong, and changes to one
 * part that leave the rest as it stands. Parsing and printing again would lose the layout, numbers
 * beyond a double's precision and repeated keys.
 */
export interface JsonNode {
  kind: 'object' | 'array' | 'string' | 'number' | 'word';
  /** Offsets in the text. */
  start: number;
  end: number;
  /** Of an object; in the order of the text, repeated keys included. */
  members: JsonMember[];
  /** Of an array. */
  items: JsonNode[];
}
export interface JsonMember {
  key: string;
  keyStart: number;
  keyEnd: number;
  value: JsonNode;
}

export interface JsonFault {
  offset: number;
  /** From 1, as editors count. */
  line: number;
  column: number;
  message: string;
}

export type JsonScan = { root: JsonNode; fault: null } | { root: null; fault: JsonFault };

class Fault extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;
const MAX_DEPTH = 1000;

export function scanJsonText(text: string): JsonScan {
  try {
    return { root: new Scanner(text).run(), fault: null };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const place = placeOf(text, error.offset);
    return { root: null, fault: { offset: error.offset, ...place, message: error.message } };
  }
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const next = text.indexOf('\n', lineStart);
    if (next < 0 || next >= offset) return { line, column: offset - lineStart + 1 };
    lineStart = next + 1;
    line++;
  }
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): JsonNode {
    this.#match(SPACE);
    const root = this.#value(0);
    this.#match(SPACE);
    if (this.#at < this.#text.length) this.#fail('nothing more');
    return root;
  }

  #value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw new Fault(this.#at, `nested deeper than ${MAX_DEPTH} levels`);
    const start = this.#at;
    const node = (
      kind: JsonNode['kind'],
      members: JsonMember[] = [],
      items: JsonNode[] = [],
    ): JsonNode => ({ kind, start, end: this.#at, members, items });
    const first = this.#text[start];
    if (first === '{') {
      const members = this.#members(depth);
      return node('object', members);
    }
    if (first === '[') {
      const items = this.#items(depth);
      return node('array', [], items);
    }
    if (first === '"') {
      this.#string('a string');
      return node('string');
    }
    for (const word of ['true', 'false', 'null']) {
      if (!this.#text.startsWith(word, start)) continue;
      this.#at += word.length;
      return node('word');
    }
    if (!this.#match(NUMBER)) this.#fail('a value');
    return node('number');
  }

  #members(depth: number): JsonMember[] {
    const members: JsonMember[] = [];
    this.#at++;
    this.#match(SPACE);
    if (this.#take('}')) return members;
    for (;;) {
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') this.#fail('a property name in double quotes');
      this.#string('a property name');
      const keyEnd = this.#at;
      const key = JSON.parse(this.#text.slice(keyStart, keyEnd)) as string;
      this.#match(SPACE);
      if (!this.#take(':')) this.#fail('":"');
      this.#match(SPACE);
      members.push({ key, keyStart, keyEnd, value: this.#value(depth + 1) });
      this.#match(SPACE);
      if (this.#take('}')) return members;
      if (!this.#take(',')) this.#fail('"," or "}"');
      this.#match(SPACE);
    }
  }

  #items(depth: number): JsonNode[] {
    const items: JsonNode[] = [];
    this.#at++;
    this.#match(SPACE);
    if (this.#take(']')) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#match(SPACE);
      if (this.#take(']')) return items;
      if (!this.#take(',')) this.#fail('"," or "]"');
      this.#match(SPACE);
    }
  }

  /** Character by character: a pattern over megabytes of text overflows the engine's stack. */
  #string(what: string): void {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) throw new Fault(start, `${what} that starts here is not closed`);
      if (code === 0x22) break;
      if (code === 0x5c) {
        if (!this.#match(ESCAPE)) throw new Fault(this.#at, 'this is no escape of JSON');
      } else if (code < 0x20) {
        throw new Fault(this.#at, `a line break or control character has to be escaped in ${what}`);
      } else this.#at++;
    }
    this.#at++;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return false;
    this.#at += match[0].length;
    return true;
  }

  #fail(expected: string): never {
    const found = this.#text[this.#at];
    const what = found === undefined ? 'the text ends' : `there is ${JSON.stringify(found)}`;
    throw new Fault(this.#at, `${expected} was expected, but ${what}`);
  }
}

/** The value at a path of keys. Of equal keys the last counts, as for `JSON.parse`. */
export function nodeAt(root: JsonNode, path: readonly string[]): JsonNode | null {
  let node = root;
  for (const key of path) {
    const member = memberOf(node, key);
    if (!member) return null;
    node = member.value;
  }
  return node;
}

/** Of equal keys the last. */
export function memberOf(node: JsonNode, key: string): JsonMember | undefined {
  for (let at = node.members.length - 1; at >= 0; at--)
    if (node.members[at]!.key === key) return node.members[at];
  return undefined;
}

/** What stands at a JSON pointer, elements of arrays included; null where nothing does. */
export function nodeAtKeys(root: JsonNode, keys: readonly string[]): JsonNode | null {
  let node: JsonNode | undefined = root;
  for (const key of keys) {
    node = node.kind === 'array' ? node.items[Number(key)] : memberOf(node, key)?.value;
    if (!node) return null;
  }
  return node;
}
