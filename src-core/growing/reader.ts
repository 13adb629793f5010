import { Happened, type Happenings } from './happenings.ts';
import { Kind, type NodeTable } from './nodes.ts';
import { Token, type Tokens } from './tokens.ts';

/** What the next unit may be. Between tokens: */
const VALUE = 0;
const VALUE_OR_CLOSE = 1;
const KEY = 2;
const KEY_OR_CLOSE = 3;
const COLON = 4;
const COMMA_OR_CLOSE = 5;
const END = 6;
/** In a string: */
const STRING = 7;
const ESCAPE = 8;
const HEX = 9;
const KEYWORD = 10;
/** In a number, after what the name says. Those that may end here are the even ones. */
const MINUS = 11;
const ZERO = 12;
const POINT = 13;
const INTEGER = 14;
const EXPONENT = 15;
const FRACTION = 16;
const EXPONENT_SIGN = 17;
const EXPONENT_DIGITS = 18;
const BROKEN = 19;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Reads a JSON text (RFC 8259) unit by unit into nodes, tokens and happenings. It keeps nothing of the
 * text and can stop anywhere, inside an escape or a number too. The open containers are the parents
 * of the innermost one, so that nesting takes no stack.
 */
export class Reader {
  readonly #nodes: NodeTable;
  readonly #tokens: Tokens;
  readonly #happenings: Happenings;
  #mode = VALUE;
  #length = 0;
  #brokenAt = -1;
  /** The innermost open container, -1 outside the root, and the position of its next child. */
  #top = -1;
  #nextIndex = 0;
  /** The member whose value has not begun, -1 if there is none. */
  #member = -1;
  /** The string, number or keyword that is being read. */
  #scalar = -1;
  #word = '';
  /** How many units of the keyword or of the escape's digits were read. */
  #within = 0;

  constructor(nodes: NodeTable, tokens: Tokens, happenings: Happenings) {
    this.#nodes = nodes;
    this.#tokens = tokens;
    this.#happenings = happenings;
  }

  get length(): number {
    return this.#length;
  }
  get brokenAt(): number {
    return this.#brokenAt;
  }

  read(text: string): void {
    const base = this.#length;
    const { length } = text;
    let at = 0;
    while (at < length) {
      const mode = this.#mode;
      if (mode === STRING) at = this.#readString(text, at, base);
      else if (mode < STRING) {
        this.#readStructure(text.charCodeAt(at), base + at);
        at++;
      } else if (mode === BROKEN) break;
      else if (mode <= KEYWORD) {
        this.#readWithin(text.charCodeAt(at), base + at);
        at++;
      } else if (this.#readNumber(text.charCodeAt(at), base + at)) at++;
    }
    this.#length = base + length;
  }

  /** The inside of a string, as far as it has no escape. */
  #readString(text: string, from: number, base: number): number {
    for (let at = from; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === BACKSLASH) {
        this.#mode = ESCAPE;
        return at + 1;
      }
      if (unit === QUOTE) {
        this.#closeString(base + at + 1);
        return at + 1;
      }
      // Control characters have to be escaped (RFC 8259, section 7).
      if (unit < 0x20) {
        this.#breakAt(base + at);
        return at + 1;
      }
    }
    return text.length;
  }

  #closeString(end: number): void {
    const member = this.#member;
    if (member < 0) {
      this.#close(this.#scalar, end, end);
      return;
    }
    this.#nodes.keyEnd.set(member, end);
    this.#happenings.push(Happened.keyClosed, member, end);
    this.#mode = COLON;
  }

  /** An escape or a keyword. */
  #readWithin(unit: number, offset: number): void {
    if (this.#mode === KEYWORD) {
      if (unit !== this.#word.charCodeAt(this.#within)) this.#breakAt(offset);
      else if (++this.#within === this.#word.length)
        this.#close(this.#scalar, offset + 1, offset + 1);
    } else if (this.#mode === HEX) {
      if (!isHexDigit(unit)) this.#breakAt(offset);
      else if (++this.#within === 4) this.#mode = STRING;
    } else if (unit === 0x75) {
      this.#mode = HEX;
      this.#within = 0;
    } else if (isSimpleEscape(unit)) this.#mode = STRING;
    else this.#breakAt(offset);
  }

  /** Returns false if the number ended before this unit, which is then still to be read. */
  #readNumber(unit: number, offset: number): boolean {
    const mode = this.#mode;
    const next = afterNumberUnit(mode, unit);
    if (next >= 0) {
      this.#mode = next;
      return true;
    }
    if ((mode & 1) === 0 && this.#mayFollowValue(unit)) {
      this.#close(this.#scalar, offset, offset + 1);
      return false;
    }
    this.#breakAt(offset);
    return true;
  }

  #mayFollowValue(unit: number): boolean {
    if (isSpace(unit)) return true;
    if (this.#top < 0) return false;
    const isArray = this.#nodes.kind.at(this.#top) === Kind.array;
    return unit === COMMA || unit === (isArray ? CLOSE_ARRAY : CLOSE_OBJECT);
  }

  #readStructure(unit: number, offset: number): void {
    const mode = this.#mode;
    const top = this.#top;
    if (isSpace(unit)) {
      const { count } = this.#tokens;
      if (count === 0 || this.#tokens.codeOf(count - 1) !== Token.space)
        this.#tokens.push(Token.space, offset, top);
    } else if (unit === QUOTE && (mode === KEY || mode === KEY_OR_CLOSE)) {
      this.#member = this.#nodes.push(Kind.none, top, this.#nextIndex++, offset);
      this.#tokens.push(Token.key, offset, this.#member);
      this.#mode = STRING;
    } else if (mode <= VALUE_OR_CLOSE && unit !== CLOSE_ARRAY) this.#beginValue(unit, offset);
    else if (unit === 0x3a && mode === COLON) {
      this.#tokens.push(Token.colon, offset, this.#member);
      this.#mode = VALUE;
    } else if (unit === COMMA && mode === COMMA_OR_CLOSE) {
      this.#tokens.push(Token.comma, offset, top);
      this.#mode = this.#nodes.kind.at(top) === Kind.array ? VALUE : KEY;
    } else if (this.#mayClose(unit, mode)) {
      this.#tokens.push(Token.close, offset, top);
      this.#top = this.#nodes.parent.at(top);
      this.#nextIndex = this.#nodes.index.at(top) + 1;
      this.#close(top, offset + 1, offset + 1);
    } else this.#breakAt(offset);
  }

  #mayClose(unit: number, mode: number): boolean {
    if (this.#top < 0 || (unit !== CLOSE_ARRAY && unit !== CLOSE_OBJECT)) return false;
    const isArray = this.#nodes.kind.at(this.#top) === Kind.array;
    if (isArray !== (unit === CLOSE_ARRAY)) return false;
    return mode === COMMA_OR_CLOSE || mode === (isArray ? VALUE_OR_CLOSE : KEY_OR_CLOSE);
  }

  #beginValue(unit: number, offset: number): void {
    switch (unit) {
      case OPEN_OBJECT:
        this.#top = this.#open(Kind.object, Token.open, offset);
        this.#nextIndex = 0;
        this.#mode = KEY_OR_CLOSE;
        return;
      case OPEN_ARRAY:
        this.#top = this.#open(Kind.array, Token.open, offset);
        this.#nextIndex = 0;
        this.#mode = VALUE_OR_CLOSE;
        return;
      case QUOTE:
        this.#scalar = this.#open(Kind.string, Token.string, offset);
        this.#mode = STRING;
        return;
      case 0x74:
        return this.#beginKeyword('true', offset);
      case 0x66:
        return this.#beginKeyword('false', offset);
      case 0x6e:
        return this.#beginKeyword('null', offset);
      default:
        if (unit !== 0x2d && !isDigit(unit)) return this.#breakAt(offset);
        this.#scalar = this.#open(Kind.number, Token.number, offset);
        this.#mode = unit === 0x2d ? MINUS : unit === 0x30 ? ZERO : INTEGER;
    }
  }

  #beginKeyword(word: string, offset: number): void {
    this.#scalar = this.#open(Kind.keyword, Token.keyword, offset);
    this.#word = word;
    this.#within = 1;
    this.#mode = KEYWORD;
  }

  #open(kind: number, token: number, offset: number): number {
    let node = this.#member;
    if (node < 0) node = this.#nodes.push(kind, this.#top, this.#nextIndex++, offset);
    else {
      this.#member = -1;
      this.#nodes.kind.set(node, kind);
      this.#nodes.start.set(node, offset);
    }
    this.#tokens.push(token, offset, node);
    this.#happenings.push(Happened.valueOpened, node, offset + 1);
    return node;
  }

  /** A value ended; that it did is known of a text of `length` units. */
  #close(node: number, end: number, length: number): void {
    this.#nodes.end.set(node, end);
    this.#happenings.push(Happened.valueClosed, node, length);
    this.#mode = this.#top < 0 ? END : COMMA_OR_CLOSE;
  }

  #breakAt(offset: number): void {
    this.#tokens.push(Token.bad, offset, this.#top);
    this.#brokenAt = offset;
    this.#mode = BROKEN;
  }
}

/** What may follow in a number, -1 if the unit is no part of it (RFC 8259, section 6). */
function afterNumberUnit(mode: number, unit: number): number {
  if (isDigit(unit)) {
    if (mode === MINUS) return unit === 0x30 ? ZERO : INTEGER;
    if (mode === INTEGER) return INTEGER;
    if (mode === POINT || mode === FRACTION) return FRACTION;
    return mode === ZERO ? -1 : EXPONENT_DIGITS;
  }
  if (unit === 0x2e) return mode === ZERO || mode === INTEGER ? POINT : -1;
  if (unit === 0x65 || unit === 0x45)
    return mode === ZERO || mode === INTEGER || mode === FRACTION ? EXPONENT : -1;
  if (unit === 0x2b || unit === 0x2d) return mode === EXPONENT ? EXPONENT_SIGN : -1;
  return -1;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isHexDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);
}

/** One of `"\/bfnrt`. */
function isSimpleEscape(unit: number): boolean {
  switch (unit) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}
