import fc from 'fast-check';

/** Random JSON texts as nobody would write them: all that RFC 8259 allows, and near misses. */

const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 2 });

const hex = fc.string({
  unit: fc.constantFrom(...'0123456789abcdefABCDEF'),
  minLength: 4,
  maxLength: 4,
});

/** What a string is made of: surrogates come whole, in halves and escaped. */
const piece = fc.oneof(
  fc.constantFrom('a', ' ', '/', '{', ']', ',', ':', 'é', '€', '\u2028', '\u007f', '😀', '𝄞'),
  fc.constantFrom('\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t'),
  fc.constantFrom('\\u00e9', '\\ud83d\\ude00', '\\uD83D', '\\ude00', '\ud83d', '\ude00'),
  hex.map((digits) => `\\u${digits}`),
);

const stringText = fc.array(piece, { maxLength: 6 }).map((pieces) => `"${pieces.join('')}"`);

const keyText = fc.oneof(
  stringText,
  // Keys that come twice, one of them written otherwise, and those that are special somewhere.
  fc.constantFrom('"a"', '"a"', '"\\u0061"', '""', '"__proto__"', '"constructor"', '"toString"'),
  fc.constantFrom('"0"', '"-"', '"a/b"', '"~"', '"~1"', '"m~n/"', '"𝄞"'),
);

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 22 });

const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      digits.map((text) => `7${text}`),
    ),
    fc.oneof(
      fc.constant(''),
      digits.map((text) => `.${text}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc
        .tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), fc.nat(400))
        .map(([sign, power]) => `${sign}${power}`),
    ),
  )
  .map((parts) => parts.join(''));

const { value } = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'small' },
    fc.oneof(stringText, numberText, fc.constantFrom('true', 'false', 'null')),
    tie('array'),
    tie('object'),
  ),
  array: fc
    .tuple(space, fc.array(fc.tuple(space, tie('value'), space), { maxLength: 5 }))
    .map(([empty, items]) => `[${items.map((item) => item.join('')).join(',') || empty}]`),
  object: fc
    .tuple(
      space,
      fc.array(fc.tuple(space, keyText, space, space, tie('value'), space), { maxLength: 5 }),
    )
    .map(([empty, members]) => {
      const texts = members.map(
        ([before, key, between, after, item, end]) =>
          `${before}${key}${between}:${after}${item}${end}`,
      );
      return `{${texts.join(',') || empty}}`;
    }),
}));

const nested = fc
  .tuple(fc.array(fc.constantFrom('[', '{"k":'), { maxLength: 60 }), value)
  .map(([opened, inner]) => {
    const closers = opened.map((opener) => (opener === '[' ? ']' : '}')).reverse();
    return opened.join('') + inner + closers.join('');
  });

/** A JSON text. */
export const jsonText = fc
  .tuple(space, fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: nested }), space)
  .map((parts) => parts.join(''));

const strayPiece = fc.constantFrom(
  ...'{}[],:"\\0123456789-+.eEtfnulrasx \n\u0000\u001f\u00a0\ufeff/*',
  'true',
  '"k":',
  '\\u12',
  '01',
  ',,',
);

/** A JSON text with a few places changed, which may or may not be one still. */
export const damagedJsonText = fc
  .tuple(
    jsonText,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('insert', 'replace', 'remove'), strayPiece), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, changes]) => {
    let changed = text;
    for (const [place, how, stray] of changes) {
      const at = place % (changed.length + 1);
      const rest = changed.slice(how === 'insert' ? at : at + 1);
      changed = changed.slice(0, at) + (how === 'remove' ? '' : stray) + rest;
    }
    return changed;
  });

/** The text in pieces of the given sizes, taken in turn: anywhere, inside escapes and pairs too. */
export function cutText(text: string, sizes: readonly number[]): string[] {
  const deltas: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length]!);
    deltas.push(text.slice(at, at + size));
    at += size;
  }
  return deltas;
}
