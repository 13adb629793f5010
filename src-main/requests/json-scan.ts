/** A member of the outermost object: the ranges are offsets in the text. */
export interface Member {
  key: string;
  valueStart: number;
  valueEnd: number;
}

export type JsonScan =
  | { ok: true; kind: 'object' | 'other'; members: Member[]; objectStart: number }
  | { ok: false; offset: number; line: number; column: number; message: string };

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

/**
 * Checks a JSON text, and finds the members of its outermost object. `JSON.parse` says where a text
 * goes wrong in words that differ between engines, often without a position; and a body that is
 * parsed and printed again loses what a person wrote: big numbers, order of equal keys, layout.
 */
export function scanJson(text: string): JsonScan {
  const scanner = new Scanner(text);
  try {
    return scanner.run();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return {
      ok: false,
      offset: error.offset,
      line: before.split('\n').length,
      column: error.offset - lineStart + 1,
      message: error.message,
    };
  }
}

class Scanner {
  readonly #text: string;
  #at = 0;
  #members: Member[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  run(): JsonScan {
    this.#space();
    const objectStart = this.#at;
    const kind = this.#text[this.#at] === '{' ? 'object' : 'other';
    this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail('nothing more');
    return { ok: true, kind, members: this.#members, objectStart };
  }

  #value(depth: number): void {
    if (depth > MAX_DEPTH) throw new Fault(this.#at, `nested deeper than ${MAX_DEPTH} levels`);
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return void this.#string('a string');
    for (const word of ['true', 'false', 'null']) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return;
      }
    }
    if (this.#match(NUMBER) === null) this.#fail('a value');
  }

  #object(depth: number): void {
    this.#at++;
    this.#space();
    if (this.#take('}')) return;
    for (;;) {
      if (this.#text[this.#at] !== '"') this.#fail('a property name in double quotes');
      const key = this.#string('a property name');
      this.#space();
      if (!this.#take(':')) this.#fail('":"');
      this.#space();
      const valueStart = this.#at;
      this.#value(depth + 1);
      if (depth === 0) {
        this.#members.push({ key: JSON.parse(key) as string, valueStart, valueEnd: this.#at });
      }
      this.#space();
      if (this.#take('}')) return;
      if (!this.#take(',')) this.#fail('"," or "}"');
      this.#space();
    }
  }

  #array(depth: number): void {
    this.#at++;
    this.#space();
    if (this.#take(']')) return;
    for (;;) {
      this.#value(depth + 1);
      this.#space();
      if (this.#take(']')) return;
      if (!this.#take(',')) this.#fail('"," or "]"');
      this.#space();
    }
  }

  /** Character by character: a pattern over megabytes of text overflows the engine's stack. */
  #string(what: string): string {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) throw new Fault(start, `${what} that starts here is not closed`);
      if (code === 0x22) break;
      if (code === 0x5c) {
        if (this.#match(ESCAPE) === null) throw new Fault(this.#at, 'this is no escape of JSON');
      } else if (code < 0x20) {
        throw new Fault(this.#at, `a line break or control character has to be escaped in ${what}`);
      } else this.#at++;
    }
    this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return null;
    this.#at += match[0].length;
    return match[0];
  }

  #fail(expected: string): never {
    const found = this.#text[this.#at];
    const what = found === undefined ? 'the text ends' : `there is ${JSON.stringify(found)}`;
    throw new Fault(this.#at, `${expected} was expected, but ${what}`);
  }
}
