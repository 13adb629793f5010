import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from './filter.ts';
import type { FilterNode } from './syntax.ts';

function nodeOf(query: string): FilterNode | null {
  const parsed = parseFilter(query);
  if (!parsed.ok) throw new Error(`${query}: ${parsed.error.message}`);
  return parsed.filter?.node ?? null;
}
const word = (needle: string): FilterNode => ({ kind: 'word', needle });
const not = (node: FilterNode): FilterNode => ({ kind: 'not', node });
const and = (...nodes: FilterNode[]): FilterNode => ({ kind: 'join', by: 'and', nodes });
const or = (...nodes: FilterNode[]): FilterNode => ({ kind: 'join', by: 'or', nodes });

describe('structure', () => {
  test.each<[string, FilterNode | null]>([
    ['', null],
    ['  \n', null],
    ['a', word('a')],
    ['a b', and(word('a'), word('b'))],
    ['a and b', and(word('a'), word('b'))],
    ['a AND b', and(word('a'), word('b'))],
    ['a or b', or(word('a'), word('b'))],
    // "and" binds closer than "or".
    ['a b or c d', or(and(word('a'), word('b')), and(word('c'), word('d')))],
    ['a (b or c)', and(word('a'), or(word('b'), word('c')))],
    ['(a)(b)', and(word('a'), word('b'))],
    ['-a b', and(not(word('a')), word('b'))],
    ['not a b', and(not(word('a')), word('b'))],
    ['not not a', word('a')],
    ['not -a', word('a')],
    ['-(a or b)', not(or(word('a'), word('b')))],
    ['--a', not(word('-a'))],
    ['"a or b"', word('a or b')],
    ['"or"', word('or')],
    ['a "b c"(d)', and(word('a'), word('b c'), word('d'))],
    ['"say \\"hi\\" \\\\ \\n"', word('say "hi" \\ \\n')],
    ['oracle notes android', and(word('oracle'), word('notes'), word('android'))],
    ['a+b', word('a+b')],
    ['12:30', word('12:30')],
    ['response.created', word('response.created')],
    ['problem', { kind: 'problem', which: null }],
    ['"problem"', word('problem')],
    ['broken', { kind: 'broken' }],
    ['"broken"', word('broken')],
    ['Invalid', { kind: 'invalid' }],
    ['"invalid"', word('invalid')],
    ['-bookmark', not({ kind: 'bookmark' })],
    ['PROBLEM Bookmark', and({ kind: 'problem', which: null }, { kind: 'bookmark' })],
    ['TYPE:x', { kind: 'type', glob: 'x' }],
    ['type:"a b"', { kind: 'type', glob: 'a b' }],
    ['text~soft', { kind: 'text', pattern: { kind: 'needle', needle: 'soft' } }],
    [
      'text~/a (b)\\/[/)]+/im x',
      and(
        { kind: 'text', pattern: { kind: 'regex', source: 'a (b)\\/[/)]+', flags: 'im' } },
        word('x'),
      ),
    ],
    ['lane:0/0', { kind: 'lane', glob: '0/0' }],
    ['lane~"a b"', { kind: 'lane-text', pattern: { kind: 'needle', needle: 'a b' } }],
    ['pointer:/a~1b/0/~0', { kind: 'pointer', path: ['a/b', '0', '~'] }],
    ['closes:""', { kind: 'closes', path: [] }],
    ['appears:/', { kind: 'appears', path: [''] }],
    ['value:/age>=18', valueIs(['age'], '>=', '18', false)],
    ['value:/a~0b!="x y"', valueIs(['a~b'], '!=', 'x y', true)],
    ['value:"/a=b"<3', valueIs(['a=b'], '<', '3', false)],
    [
      'value:/name~/^A/i',
      {
        kind: 'value',
        path: ['name'],
        comparison: { relation: '~', pattern: { kind: 'regex', source: '^A', flags: 'i' } },
      },
    ],
    ['problem:error', { kind: 'problem', which: 'error' }],
  ])('%j', (query, node) => {
    expect(nodeOf(query)).toEqual(node);
  });

  function valueIs(path: string[], relation: '>=' | '!=' | '<', text: string, quoted: boolean) {
    return { kind: 'value' as const, path, comparison: { relation, with: text, quoted } };
  }
});

describe('numbers', () => {
  const inf = Infinity;
  // Column, then low and high; "(" marks an open end.
  test.each<[string, string, number, number, string]>([
    ['seq:10', 'seq', 10, 10, '[]'],
    ['seq=10', 'seq', 10, 10, '[]'],
    ['seq:10..20', 'seq', 10, 20, '[]'],
    ['seq:10..', 'seq', 10, inf, '[]'],
    ['seq:..20', 'seq', -inf, 20, '[]'],
    ['seq>10', 'seq', 10, inf, '(]'],
    ['seq>=10', 'seq', 10, inf, '[]'],
    ['seq<10', 'seq', -inf, 10, '[)'],
    ['seq<=10', 'seq', -inf, 10, '[]'],
    ['chunk:3..9', 'chunk', 3, 9, '[]'],
    ['item:0', 'item', 0, 0, '[]'],
    ['t>1.2s', 't', 1_200_000, inf, '(]'],
    ['t:1s..2s', 't', 1_000_000, 2_000_000, '[]'],
    // A bound without a unit takes the other's; without any it is milliseconds.
    ['t:1..2s', 't', 1_000_000, 2_000_000, '[]'],
    ['t:500ms..2', 't', 500_000, 2_000, '!'],
    ['t:1..20', 't', 1000, 20_000, '[]'],
    ['t:1.5min..', 't', 90_000_000, inf, '[]'],
    ['gap>200ms', 'gap', 200_000, inf, '(]'],
    ['gap>200', 'gap', 200_000, inf, '(]'],
    ['gap<40us', 'gap', -inf, 40, '[)'],
    ['gap<40µs', 'gap', -inf, 40, '[)'],
    // Equal as far as it is written out.
    ['t:318ms', 't', 317_500, 318_500, '[)'],
    ['t:1.2s', 't', 1_150_000, 1_250_000, '[)'],
    ['bytes>4k', 'bytes', 4000, inf, '(]'],
    ['bytes:4kB..1.5M', 'bytes', 4000, 1_500_000, '[]'],
    ['bytes:300', 'bytes', 300, 300, '[]'],
    ['bytes<300B', 'bytes', -inf, 300, '[)'],
    ...['4K', '4kb', '4KB', '4kB', '4Kb', '0.004MB', '0.004mb', '0.004m', '4000b'].map(
      (size): [string, string, number, number, string] => [
        `bytes>${size}`,
        'bytes',
        4000,
        inf,
        '(]',
      ],
    ),
    ['gap>2MS', 'gap', 2000, inf, '(]'],
    ['t>1S', 't', 1_000_000, inf, '(]'],
  ])('%s', (query, column, low, high, ends) => {
    if (ends === '!') {
      expect(parseFilter(query).ok).toBe(false);
      return;
    }
    expect(nodeOf(query)).toEqual({
      kind: 'number',
      column,
      span: { low, high, lowOpen: ends[0] === '(', highOpen: ends[1] === ')' },
    });
  });
});

describe('what is wrong, and where', () => {
  const quoteInside =
    'a quote in the middle: put the whole word or value in quotes, or a space before it';
  // The marks under a filter show the characters that the error names.
  test.each([
    ['a tpye:x', '  ^^^^  ', 'unknown term "tpye", did you mean type?', false],
    ['lain:0', '^^^^', 'unknown term "lain", did you mean lane?', false],
    ['http://x', '^^^^', 'unknown term "http", put the text in quotes to look for it', false],
    ['a type:', '  ^^^^^', '"type:" needs a value, such as type:*.delta', true],
    ['type: a', '^^^^^', '"type:" needs a value, such as type:*.delta', false],
    ['-', '^', '"-" stands directly before the term that it turns round', true],
    ['a - b', '  ^', '"-" stands directly before the term that it turns round', false],
    ['-type:', ' ^^^^^', '"type:" needs a value, such as type:*.delta', true],
    ['a "', '  ^', 'the quote that opens here is not closed', true],
    ['"two wor', '^', 'the quote that opens here is not closed', true],
    ['a ""', '  ^^', 'there is nothing between these quotes', true],
    ['"" a', '^^', 'there is nothing between these quotes', false],
    ['type:""', '     ^^', 'type needs a value', false],
    ['a (b or c', '  ^', 'the parenthesis that opens here is not closed', true],
    ['a (', '  ^', 'the parenthesis that opens here is not closed', true],
    ['a )', '  ^', 'there is no parenthesis to close', false],
    [')', '^', 'there is no parenthesis to close', false],
    ['a ()', '  ^^', 'there is nothing in these parentheses', false],
    ['a or', '  ^^', '"or" needs a term after it', true],
    ['(a or) b', '   ^^', '"or" needs a term after it', false],
    ['or a', '^^', '"or" needs a term before it; put it in quotes to look for the word', false],
    ['a or or b', '     ^^', '"or" needs a term before it; put it in quotes to look for the word'],
    ['not', '^^^', '"not" needs a term after it', true],
    ['seq:1x', '     ^', '"x" is no unit of seq, which has none', false],
    ['seq:abc', '    ^^^', '"abc" is no number, such as 10', false],
    ['seq:1.5', '    ^^^', 'seq is a whole number', false],
    ['seq:20..10', '    ^^^^^^', 'the range ends before it begins', false],
    ['seq:..', '    ^^', 'a range needs a number before or after ".."', true],
    ['seq>1..2', '     ^^', 'a range follows a colon, as in seq:1..2', false],
    ['gap>2h', '     ^', '"h" is no unit of gap: us, ms, s and min', false],
    ['bytes>4Ki', '       ^^', '"Ki" is no unit of bytes: B, k or kB, M or MB (powers of ten)'],
    ['type:a"b c"', '      ^', quoteInside, false],
    ['foo"bar"', '   ^', quoteInside, false],
    ['text~/a/i"b"', '         ^', quoteInside, false],
    ['"foo"bar', '     ^', 'a space is missing between two terms', false],
    ['x "foo""bar"', '       ^', 'a space is missing between two terms', false],
    ['value:/a="b"c', '            ^', 'a space is missing between two terms', false],
    ['text~/a/1', '        ^', 'a space is missing between two terms', false],
    ['t:1.2.3', '  ^^^^^', '"1.2.3" is no number, such as 1.2s', false],
    ['t:1s..x', '      ^', '"x" is no number, such as 1.2s', false],
    ['type~x', '    ^', '"~" can\'t follow type: it is written type:*.delta', false],
    ['text:x', '    ^', '":" can\'t follow text: it is written text~"Soft"', false],
    ['seq!=3', '   ^^', '"!=" can\'t follow seq, put "-" before the term instead', false],
    ['bookmark:x', '        ^', '":" can\'t follow bookmark: it is written bookmark', false],
    ['text~/a(/', '      ^^', 'this is no regular expression: unterminated group', false],
    ['text~/ab', '     ^', 'the regular expression that begins here is not closed by "/"', true],
    ['text~//', '     ^^', 'this regular expression is empty', false],
    ['text~/a/gx', '        ^^', 'the flags of a regular expression are i, m, s and u, each once'],
    ['text~""', '     ^^', '"text~" needs a text to look for', false],
    ['closes:age', '       ^^^', 'a JSON pointer begins with "/", as in /name or /items/0', false],
    ['closes:/a~b', '         ^', 'in a JSON pointer "~" is written ~0, and "/" inside a key ~1'],
    [
      'closes:"/a~b"',
      '          ^',
      'in a JSON pointer "~" is written ~0, and "/" inside a key ~1',
    ],
    [
      'value:/age',
      '      ^^^^',
      'a value is compared: =, !=, <, <=, >, >= or ~, as in value:/age>=18',
      true,
    ],
    ['value:/age>=', '          ^^', '">=" needs something to compare with', true],
  ] as [string, string, string, boolean?][])('%s', (query, marks, message, unfinished = false) => {
    const start = marks.indexOf('^');
    const end = marks.lastIndexOf('^') + 1;
    expect(parseFilter(query)).toEqual({ ok: false, error: { message, start, end, unfinished } });
  });

  test('nesting and length have a limit', () => {
    expect(parseFilter('('.repeat(100) + 'a' + ')'.repeat(100)).ok).toBe(true);
    expect(parseFilter('('.repeat(50_000))).toMatchObject({ ok: false, error: { start: 4000 } });
    expect(parseFilter('('.repeat(3000))).toMatchObject({
      ok: false,
      error: { start: 100, end: 101, message: 'nested deeper than 100 parentheses' },
    });
    expect(parseFilter('not '.repeat(900) + 'a').ok).toBe(true);
  });
});

test('whatever is typed: no exception, and the error lies inside the text', () => {
  const pieces = fc.constantFrom(
    ...['type:', 'lane~', 'value:', 'seq:', 't>', '/', '"', '(', ')', '-', 'or', 'and', 'not'],
    ...[' ', '..', '1', 's', '~', '=', '>=', '*', 'a', '\\', '[', '/age', 'text~/', 'x:', '\u00e9'],
  );
  const queries = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(queries, (query) => {
      const parsed = parseFilter(query);
      if (parsed.ok) {
        expect(parsed.filter === null).toBe(query.trim() === '');
        return;
      }
      const { start, end, message } = parsed.error;
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(query.length);
      expect(message).not.toBe('');
    }),
    { numRuns: 5000 },
  );
});
