import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGrowingJson } from './growing-json.ts';

const joined = (text: string) =>
  readGrowingJson(text)
    .tokens.map(({ start, end }) => text.slice(start, end))
    .join('');

describe('a growing JSON text', () => {
  test('is whole exactly where JSON.parse takes it, for every prefix of any document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        for (let end = 1; end <= text.length; end++) {
          const prefix = text.slice(0, end);
          const read = readGrowingJson(prefix);
          expect(joined(prefix)).toBe(prefix);
          expect(read.state, prefix).not.toBe('broken');
          let parses = true;
          try {
            JSON.parse(prefix);
          } catch {
            parses = false;
          }
          expect(read.state === 'complete', prefix).toBe(parses);
        }
      }),
    );
  });

  test('is complete or broken exactly where JSON.parse says so, for any text', () => {
    const piece = fc.constantFrom(
      ...'{}[],: "\\1-.eE+tfn0a'.split(''),
      'true',
      'null',
      '"k"',
      '12',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(joined(text)).toBe(text);
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        if (parses) expect(readGrowingJson(text).state, text).toBe('complete');
        // A string's escapes are not judged here, so what looks whole may have a bad one.
        else if (!text.includes('\\'))
          expect(readGrowingJson(text).state, text).not.toBe('complete');
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['{', ''],
    ['{"na', ''],
    ['{"name"', '/name'],
    ['{"name":"Al', '/name'],
    ['{"name":"Al"', '/name'],
    ['{"name":"Al",', ''],
    ['{"a":[1,{"b/c":tr', '/a/1/b~1c'],
    ['[[],', '/1'],
  ])('%s is open at %j', (text, pointer) => {
    expect(readGrowingJson(text)).toMatchObject({ state: 'open', openPointer: pointer });
  });

  test.each([
    ['{"a":1}x', 7],
    ['{"a" 1}', 5],
    ['[1,]', 3],
    ['{a:1}', 1],
    ['[01]', 1],
  ])('%s breaks at %i', (text, at) => {
    expect(readGrowingJson(text)).toMatchObject({ state: 'broken', brokenAt: at });
  });
});
