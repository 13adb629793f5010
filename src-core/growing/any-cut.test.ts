import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutText, damagedJsonText, jsonText } from '../testing/json-texts.ts';
import { GrowingDocument } from './growing-document.ts';

/** Some of the texts are JSON and some are not. */
const anyText = fc.oneof(jsonText, damagedJsonText);

function documentOf(deltas: readonly string[]): GrowingDocument {
  const document = new GrowingDocument();
  for (const delta of deltas) document.append(delta);
  return document;
}

function rows<T>(count: number, row: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, number) => row(number));
}

/** All that a document says of itself. */
function columnsOf(document: GrowingDocument) {
  const { tokens, happenings } = document;
  return {
    length: document.length,
    brokenAt: document.brokenAt,
    nodes: rows(document.nodeCount, (node) => [
      document.kindOf(node),
      document.parentOf(node),
      document.depthOf(node),
      document.indexOf(node),
      document.startOf(node),
      document.endOf(node),
      document.keyRangeOf(node),
      document.keyOf(node),
      document.pointerOf(node),
      [...document.childrenOf(node)],
    ]),
    tokens: rows(tokens.count, (row) => [
      tokens.kindOf(row),
      tokens.startOf(row),
      tokens.endOf(row, document.length),
      tokens.nodeOf(row),
      tokens.depthOf(row),
    ]),
    happenings: rows(happenings.count, (row) => [
      happenings.kindOf(row),
      happenings.nodeOf(row),
      happenings.lengthOf(row),
    ]),
  };
}

/** All that can be said of the first `length` units. */
function viewOf(document: GrowingDocument, length: number) {
  const prefix = document.at(length);
  const { tokens, happenings } = document;
  const { state, openPointer, brokenAt, nodeCount, tokenCount } = prefix;
  return {
    length: prefix.length,
    state,
    openPointer,
    brokenAt,
    value: prefix.valueOf(0),
    nodes: rows(nodeCount, (node) => [
      prefix.kindOf(node),
      prefix.stateOf(node),
      prefix.endOf(node),
      prefix.keyRangeOf(node),
      document.parentOf(node),
      document.indexOf(node),
      [...prefix.childrenOf(node)],
      prefix.valueOf(node),
    ]),
    tokens: rows(tokenCount, (row) => [
      tokens.kindOf(row),
      tokens.startOf(row),
      tokens.endOf(row, length),
      tokens.depthOf(row),
    ]),
    happenings: rows(happenings.countUpTo(length), (row) => [
      happenings.kindOf(row),
      happenings.nodeOf(row),
      happenings.lengthOf(row),
    ]),
  };
}

/** The library's own comparison takes most of a test's time where there are many. */
function expectSame(ours: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(ours, expected)) expect(ours).toEqual(expected);
}

describe('a document', () => {
  test('is the same wherever its text is cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyText, sizes, (text, cuts) => {
        const whole = columnsOf(documentOf([text]));
        expect(columnsOf(documentOf(cutText(text, cuts)))).toEqual(whole);
        expect(columnsOf(documentOf(cutText(text, [1])))).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  test('is at an earlier length what a document of no more than that is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = documentOf([text]);
        for (let length = 0; length <= text.length; length++) {
          const fresh = documentOf([text.slice(0, length)]);
          expectSame(viewOf(whole, length), viewOf(fresh, length));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('stays what it was to those who looked before it grew', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = new GrowingDocument();
        const before = [...text].map((piece) => {
          document.append(piece);
          return { prefix: document.at(document.length), value: document.at(Infinity).valueOf(0) };
        });
        for (const { prefix, value } of before) expectSame(prefix.valueOf(0), value);
      }),
    );
  });

  test('has tokens that joined are the text, each with its first unit', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { tokens } = documentOf([text]);
        const joined = rows(tokens.count, (row) =>
          text.slice(tokens.startOf(row), tokens.endOf(row, text.length)),
        );
        expect(joined.join('')).toBe(text);
        expect(joined.every((token) => token !== '')).toBe(true);
        let depth = 0;
        for (let row = 0; row < tokens.count; row++) {
          const kind = tokens.kindOf(row);
          if (kind === 'close') depth--;
          expect(tokens.depthOf(row), `${kind} at ${tokens.startOf(row)}`).toBe(depth);
          if (kind === 'open') depth++;
        }
      }),
    );
  });

  test('tells of each node that it opened, and of what is closed that it closed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = documentOf([text]);
        const { happenings } = document;
        const expected: string[] = [];
        for (let length = 1; length <= text.length; length++) {
          const now = document.at(length);
          const before = document.at(length - 1);
          for (let node = 0; node < now.nodeCount; node++) {
            const keyCloses = (now.keyRangeOf(node)?.[1] ?? -1) >= 0;
            const keyWasClosed = (before.keyRangeOf(node)?.[1] ?? -1) >= 0;
            if (keyCloses && !keyWasClosed) expected.push(`${length} key-closed ${node}`);
            if (now.kindOf(node) !== 'none' && before.kindOf(node) === 'none')
              expected.push(`${length} value-opened ${node}`);
            if (now.stateOf(node) === 'closed' && before.stateOf(node) !== 'closed')
              expected.push(`${length} value-closed ${node}`);
          }
        }
        const told = rows(
          happenings.count,
          (row) =>
            `${happenings.lengthOf(row)} ${happenings.kindOf(row)} ${happenings.nodeOf(row)}`,
        );
        expect([...told].sort()).toEqual(expected.sort());
        const lengths = rows(happenings.count, (row) => happenings.lengthOf(row));
        for (let length = 0; length <= text.length; length++) {
          const known = lengths.filter((each) => each <= length);
          expect(happenings.countUpTo(length)).toBe(known.length);
        }
        expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
      }),
    );
  });
});
