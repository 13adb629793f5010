import { spanOf } from './numbers.ts';
import { pathOfPointer } from './pointer-path.ts';
import { Scanner } from './scanner.ts';
import { FilterFault, type FilterNode, type Relation } from './syntax.ts';
import { isTermName, nearestTerm, TERMS, type TermName } from './terms.ts';

/** Deeper than anybody writes; the parser and the matcher go down by recursion. */
const MAX_DEPTH = 100;
/** In characters; as many as the workspace keeps. */
export const MAX_LENGTH = 4000;

/**
 * Reads a filter:
 *
 *     or   = and { "or" and }
 *     and  = not { ["and"] not }
 *     not  = { "not" | "-" } ( "(" or ")" | term )
 *
 * Throws a `FilterFault`. Null for a text without any term.
 */
export function parseNodes(text: string): FilterNode | null {
  if (text.length > MAX_LENGTH)
    throw new FilterFault(`longer than ${MAX_LENGTH} characters`, MAX_LENGTH, text.length);
  const scanner = new Scanner(text);
  if (scanner.isAtEnd()) return null;
  const node = parseOr(scanner, 0);
  if (!scanner.isAtEnd())
    throw new FilterFault('there is no parenthesis to close', scanner.at, scanner.at + 1);
  return node;
}

function parseOr(scanner: Scanner, depth: number): FilterNode {
  const nodes = [parseAnd(scanner, depth)];
  for (;;) {
    const keyword = scanner.keyword('or');
    if (keyword < 0) return joined('or', nodes);
    needsTermAfter(scanner, 'or', keyword);
    nodes.push(parseAnd(scanner, depth));
  }
}

function parseAnd(scanner: Scanner, depth: number): FilterNode {
  const nodes = [parseNot(scanner, depth)];
  while (!scanner.isAtEnd() && !scanner.isAt(')') && !scanner.isAtKeyword('or')) {
    const keyword = scanner.keyword('and');
    if (keyword >= 0) needsTermAfter(scanner, 'and', keyword);
    nodes.push(parseNot(scanner, depth));
  }
  return joined('and', nodes);
}

function joined(by: 'and' | 'or', nodes: FilterNode[]): FilterNode {
  return nodes.length === 1 ? nodes[0]! : { kind: 'join', by, nodes };
}

function needsTermAfter(scanner: Scanner, keyword: string, at: number): void {
  const atEnd = scanner.isAtEnd();
  if (atEnd || scanner.isAt(')'))
    throw new FilterFault(`"${keyword}" needs a term after it`, at, at + keyword.length, atEnd);
}

function parseNot(scanner: Scanner, depth: number): FilterNode {
  let negated = false;
  for (;;) {
    const keyword = scanner.keyword('not');
    if (keyword >= 0) needsTermAfter(scanner, 'not', keyword);
    else if (!scanner.minus()) break;
    negated = !negated;
    // Of several minus signs the first one is the sign: the rest are the word's.
    if (keyword < 0) break;
  }
  const node = parsePrimary(scanner, depth);
  return negated ? { kind: 'not', node } : node;
}

function parsePrimary(scanner: Scanner, depth: number): FilterNode {
  const start = scanner.at;
  for (const keyword of ['and', 'or'])
    if (scanner.isAtKeyword(keyword))
      throw new FilterFault(
        `"${keyword}" needs a term before it; put it in quotes to look for the word`,
        start,
        start + keyword.length,
      );
  if (scanner.isAt(')'))
    throw new FilterFault('there is no parenthesis to close', start, start + 1);
  if (!scanner.take('(')) {
    const term = parseTerm(scanner);
    scanner.endTerm();
    return term;
  }
  if (depth >= MAX_DEPTH)
    throw new FilterFault(`nested deeper than ${MAX_DEPTH} parentheses`, start, start + 1);
  const notClosed = () =>
    new FilterFault('the parenthesis that opens here is not closed', start, start + 1, true);
  if (scanner.isAtEnd()) throw notClosed();
  if (scanner.isAt(')'))
    throw new FilterFault('there is nothing in these parentheses', start, scanner.at + 1);
  const node = parseOr(scanner, depth + 1);
  if (scanner.isAtEnd()) throw notClosed();
  scanner.take(')');
  return node;
}

function parseTerm(scanner: Scanner): FilterNode {
  const start = scanner.at;
  const head = scanner.termHead();
  if (head) {
    const name = head.name.toLowerCase();
    if (!isTermName(name)) throw unknownTerm(head.name, start);
    return parseNamed(scanner, name, head.operator, start);
  }
  const { text, quoted } = scanner.word();
  const name = quoted ? '' : text.toLowerCase();
  if (name === 'problem') return { kind: 'problem', which: null };
  if (name === 'broken' || name === 'invalid' || name === 'bookmark') return { kind: name };
  return { kind: 'word', needle: text };
}

function unknownTerm(name: string, start: number): FilterFault {
  const nearest = nearestTerm(name.toLowerCase());
  const advice = nearest ? `did you mean ${nearest}?` : 'put the text in quotes to look for it';
  return new FilterFault(`unknown term "${name}", ${advice}`, start, start + name.length);
}

function parseNamed(
  scanner: Scanner,
  name: TermName,
  operator: Relation | ':' | '~',
  start: number,
): FilterNode {
  const rule = TERMS[name];
  const kind = operator === ':' ? 'colon' : operator === '~' ? 'match' : 'number';
  const allowed: readonly string[] = rule.operators;
  if (!allowed.includes(kind) || operator === '!=') {
    const at = start + name.length;
    const advice = operator === '!=' ? `, put "-" before the term instead` : '';
    throw new FilterFault(
      `"${operator}" can't follow ${name}${advice || `: it is written ${rule.example}`}`,
      at,
      at + operator.length,
    );
  }
  if (scanner.isBeforeSpace())
    throw new FilterFault(
      `"${name}${operator}" needs a value, such as ${rule.example}`,
      start,
      scanner.at,
      scanner.at === scanner.length,
    );
  if (operator === '~') {
    const pattern = scanner.pattern(`${name}~`);
    return { kind: name === 'lane' ? 'lane-text' : 'text', pattern };
  }
  switch (name) {
    case 'type':
    case 'lane':
      return { kind: name, glob: scanner.value(name).text };
    case 'problem':
      return { kind: 'problem', which: scanner.value(name).text };
    case 'pointer':
    case 'appears':
    case 'closes': {
      const at = scanner.at;
      const { text, quoted } = scanner.value(name);
      return { kind: name, path: pathOfPointer(text, at, scanner.at, quoted) };
    }
    case 'value':
      return parseValue(scanner);
    case 'seq':
    case 'item':
    case 'chunk':
    case 't':
    case 'gap':
    case 'bytes': {
      const at = scanner.at;
      const { text, quoted } = scanner.value(name);
      const relation = operator === ':' ? '=' : operator;
      return {
        kind: 'number',
        column: name,
        span: spanOf(name, relation, text, quoted ? at + 1 : at),
      };
    }
    default:
      throw new FilterFault(`${name} takes no value`, start, scanner.at);
  }
}

function parseValue(scanner: Scanner): FilterNode {
  const at = scanner.at;
  const { text, quoted } = scanner.pointerOfValue();
  const path = pathOfPointer(text, at, scanner.at, quoted);
  const relationAt = scanner.at;
  const relation = scanner.relation();
  if (relation === null)
    throw new FilterFault(
      'a value is compared: =, !=, <, <=, >, >= or ~, as in value:/age>=18',
      at,
      relationAt,
      relationAt === scanner.length,
    );
  if (scanner.isBeforeSpace())
    throw new FilterFault(
      `"${relation}" needs something to compare with`,
      relationAt,
      scanner.at,
      scanner.at === scanner.length,
    );
  if (relation === '~')
    return { kind: 'value', path, comparison: { relation, pattern: scanner.pattern('~') } };
  const operand = scanner.value('value');
  return {
    kind: 'value',
    path,
    comparison: { relation, with: operand.text, quoted: operand.quoted },
  };
}
