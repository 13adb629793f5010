import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damagedJsonText, jsonText } from '../testing/json-texts.ts';
import { isViableJson, parses } from '../testing/viable-json.ts';
import { GrowingDocument } from './growing-document.ts';

function documentOf(text: string): GrowingDocument {
  const document = new GrowingDocument();
  document.append(text);
  return document;
}

/** That a text can go on as JSON is true of all its prefixes or of none longer: two looks decide. */
function expectBreak(text: string): void {
  const { brokenAt } = documentOf(text);
  const upTo = brokenAt < 0 ? text.length : brokenAt;
  expect(isViableJson(text.slice(0, upTo)), text).toBe(true);
  if (brokenAt >= 0) expect(isViableJson(text.slice(0, brokenAt + 1)), text).toBe(false);
}

test('a damaged text breaks with the first unit that no JSON text has there', () => {
  let broken = 0;
  fc.assert(
    fc.property(damagedJsonText, (text) => {
      expectBreak(text);
      if (documentOf(text).brokenAt >= 0) broken++;
    }),
    { numRuns: 1500 },
  );
  expect(broken).toBeGreaterThan(500);
});

test('so does a text of random pieces', () => {
  const piece = fc.constantFrom(
    ...'{}[],: "\\u1-0.eE+tfn\n'.split(''),
    'true',
    'null',
    'false',
    '"k"',
    '"k":',
    '12',
    '\\u00e9',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => expectBreak(pieces.join(''))),
    { numRuns: 3000 },
  );
});

test('so does each text of up to four units that begin, end or break something', () => {
  const units = [...'{}[],:"\\ 0-.e1tr', '\n', '\u0001', '\u00a0'];
  let texts = [''];
  for (let length = 0; length < 4; length++) {
    texts = texts.flatMap((text) => units.map((unit) => text + unit));
    // What is broken is so for good; going on with it would prove nothing.
    texts.forEach(expectBreak);
    texts = texts.filter((text) => documentOf(text).brokenAt < 0);
  }
});

/** A text for each thing that the next unit can be part of. */
const BEGINNINGS = [
  ...['', '[', '[1', '[1,', '[] ', '{', '{"a"', '{"a"  ', '{"a":', '{"a":1', '{"a":1,'],
  ...['"', '"\\', '{"\\', '"\\u', '"\\u0', '"\\u00e', 't', 'fal', '[nul', '[true'],
  ...['-', '0', '[-0', '7', '[7', '1.', '[1.5', '1e', '1e-', '1e5'],
];

test.each(BEGINNINGS)('%j with any unit after it breaks where it has to', (text) => {
  const units = Array.from({ length: 0x180 }, (_, unit) => unit);
  for (const unit of [...units, 0x2028, 0xd83d, 0xde00, 0xfeff, 0xffff])
    expectBreak(text + String.fromCharCode(unit));
});

test('each prefix is complete exactly where JSON.parse takes it, and none of JSON is broken', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const document = documentOf(text);
      expect(document.brokenAt).toBe(-1);
      for (let length = 0; length <= text.length; length++) {
        const prefix = text.slice(0, length);
        expect(document.at(length).state, prefix).toBe(parses(prefix) ? 'complete' : 'open');
      }
    }),
    { numRuns: 200 },
  );
});

test('what is open where a text breaks is broken, and what is closed stays', () => {
  fc.assert(
    fc.property(damagedJsonText, (text) => {
      const document = documentOf(text);
      const { brokenAt } = document;
      fc.pre(brokenAt >= 0);
      const before = document.at(brokenAt);
      const after = document.at(text.length);
      expect(after.nodeCount).toBe(before.nodeCount);
      for (let node = 0; node < before.nodeCount; node++) {
        const wasOpen = before.stateOf(node) === 'open';
        expect(after.stateOf(node)).toBe(wasOpen ? 'broken' : 'closed');
        expect(after.endOf(node)).toBe(before.endOf(node));
      }
      expect(after.valueOf(0)).toEqual(before.valueOf(0));
      const last = document.tokens.count - 1;
      expect(document.tokens.kindOf(last)).toBe('bad');
      expect(document.tokens.startOf(last)).toBe(brokenAt);
    }),
    { numRuns: 500 },
  );
});
