import { FilterFault, type Relation, type TextPattern } from './syntax.ts';

const SPACE = /\s*/y;
const KEYWORD = /(and|or|not)(?=[\s()"]|$)/iy;
const HEAD = /([A-Za-z_]+)(:|~|>=|<=|!=|>|<|=)/y;
const RELATION = /!=|>=|<=|=|<|>|~/y;
const WORD = /[^\s"()]+/y;
/** As RFC 6901 escapes "~", a "~" that is followed by 0 or 1 belongs to the pointer. */
const POINTER = /(?:[^\s"()~=<>!]|~[01])*/y;
/** Up to the slash that ends it: none in a class of characters, and none that is escaped. */
const REGEX = /\/((?:[^\\/[]|\\.|\[(?:[^\]\\]|\\.)*\]?)*)(\/([A-Za-z]*))?/sy;

export interface ScannedText {
  text: string;
  quoted: boolean;
}

/** Reads a filter's text from left to right. What can't go on throws a `FilterFault`. */
export class Scanner {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Skips space and says whether anything follows it. */
  isAtEnd(): boolean {
    this.#match(SPACE);
    return this.at >= this.#text.length;
  }

  /** Whether nothing or a space follows right here. */
  isBeforeSpace(): boolean {
    return this.at >= this.#text.length || /[\s)]/.test(this.#text[this.at]!);
  }

  /** A term that goes on behind or before a quote would silently become two. */
  endTerm(): void {
    if (this.isBeforeSpace() || this.#text[this.at] === '(') return;
    throw new FilterFault(
      this.#text[this.at] === '"' && this.#text[this.at - 1] !== '"'
        ? 'a quote in the middle: put the whole word or value in quotes, or a space before it'
        : 'a space is missing between two terms',
      this.at,
      this.at + 1,
    );
  }

  isAt(character: string): boolean {
    this.#match(SPACE);
    return this.#text[this.at] === character;
  }

  take(character: string): boolean {
    if (!this.isAt(character)) return false;
    this.at++;
    return true;
  }

  isAtKeyword(keyword: string): boolean {
    this.#match(SPACE);
    KEYWORD.lastIndex = this.at;
    return KEYWORD.exec(this.#text)?.[1]?.toLowerCase() === keyword;
  }

  /** Takes a keyword; returns where it stands, -1 if it does not. */
  keyword(keyword: string): number {
    if (!this.isAtKeyword(keyword)) return -1;
    const at = this.at;
    this.at += keyword.length;
    return at;
  }

  /** Takes the minus that turns a term round. */
  minus(): boolean {
    if (!this.isAt('-')) return false;
    const at = this.at++;
    if (this.isBeforeSpace())
      throw new FilterFault(
        '"-" stands directly before the term that it turns round',
        at,
        this.at,
        this.at === this.#text.length,
      );
    return true;
  }

  /** Takes the name of a term and the sign after it. */
  termHead(): { name: string; operator: Relation | ':' | '~' } | null {
    const match = this.#match(HEAD);
    return match && { name: match[1]!, operator: match[2] as Relation | ':' | '~' };
  }

  relation(): Relation | '~' | null {
    return (this.#match(RELATION)?.[0] as Relation | '~' | undefined) ?? null;
  }

  /** A bare or quoted word, at least one character long. */
  word(): ScannedText {
    const start = this.at;
    const found = this.#quotedOr(WORD);
    if (found.text === '')
      throw new FilterFault(
        'there is nothing between these quotes',
        start,
        this.at,
        this.at === this.#text.length,
      );
    return found;
  }

  /** The value after a term's sign: bare or in quotes. */
  value(name: string): ScannedText {
    const start = this.at;
    const found = this.#quotedOr(WORD);
    if (found.text === '' && !found.quoted)
      throw new FilterFault(
        `the value of ${name} goes in quotes if it has parentheses`,
        start,
        start + 1,
      );
    if (found.text === '' && !['pointer', 'closes', 'appears', 'value'].includes(name))
      throw new FilterFault(`${name} needs a value`, start, this.at);
    return found;
  }

  pointerOfValue(): ScannedText {
    return this.#quotedOr(POINTER);
  }

  /** A needle, bare or in quotes, or a regular expression between slashes. */
  pattern(sign: string): TextPattern {
    if (this.#text[this.at] !== '/') {
      const start = this.at;
      const { text } = this.#quotedOr(WORD);
      if (text === '')
        throw new FilterFault(
          `"${sign}" needs a text to look for`,
          start,
          Math.max(this.at, start + 1),
        );
      return { kind: 'needle', needle: text };
    }
    const start = this.at;
    const [, source, closed, flags = ''] = this.#match(REGEX)!;
    if (closed === undefined)
      throw new FilterFault(
        'the regular expression that begins here is not closed by "/"',
        start,
        start + 1,
        true,
      );
    const wrongFlag = /[^imsu]|(.).*\1/.exec(flags);
    if (wrongFlag)
      throw new FilterFault(
        'the flags of a regular expression are i, m, s and u, each once',
        this.at - flags.length,
        this.at,
      );
    if (source === '') throw new FilterFault('this regular expression is empty', start, this.at);
    try {
      new RegExp(source!, flags);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const reason = /^Invalid regular expression: .*: (.*)$/s.exec(message)?.[1] ?? message;
      throw new FilterFault(
        `this is no regular expression: ${reason.toLowerCase()}`,
        start + 1,
        start + 1 + source!.length,
      );
    }
    return { kind: 'regex', source: source!, flags };
  }

  #quotedOr(bare: RegExp): ScannedText {
    if (this.#text[this.at] !== '"') return { text: this.#match(bare)?.[0] ?? '', quoted: false };
    const start = this.at++;
    let text = '';
    for (;;) {
      const character = this.#text[this.at];
      if (character === undefined)
        throw new FilterFault('the quote that opens here is not closed', start, start + 1, true);
      this.at++;
      if (character === '"') return { text, quoted: true };
      const next = this.#text[this.at];
      if (character === '\\' && (next === '"' || next === '\\')) {
        text += next;
        this.at++;
      } else text += character;
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (match) this.at += match[0].length;
    return match;
  }
}
