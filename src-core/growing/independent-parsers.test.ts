import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type Node, parseTree } from 'jsonc-parser';
import { Allow, parse } from 'partial-json';
import { describe, expect, test } from 'vitest';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { cutText, jsonText } from '../testing/json-texts.ts';
import { recordings, responsesRecordings } from '../testing/recordings.ts';
import { parses } from '../testing/viable-json.ts';
import { GrowingDocument } from './growing-document.ts';
import { looksLikeJson } from './looks-like-json.ts';

/** A value as an independent parser sees it. */
interface Seen {
  kind: string;
  start: number;
  end: number;
  key: [start: number, end: number] | null;
}

const KINDS: Record<string, string> = { boolean: 'keyword', null: 'keyword' };

/** The values in the order of their starts, by jsonc-parser, which reads on past what is missing. */
function seenByJsonc(text: string): Seen[] {
  const seen: Seen[] = [];
  const visit = (node: Node, key: Seen['key']) => {
    if (node.type === 'property') {
      const [name, value] = node.children!;
      if (value) visit(value, [name!.offset, name!.offset + name!.length]);
      return;
    }
    const { offset, length } = node;
    seen.push({ kind: KINDS[node.type] ?? node.type, start: offset, end: offset + length, key });
    node.children?.forEach((child) => visit(child, null));
  };
  const options = { disallowComments: true, allowTrailingComma: false };
  const root = parseTree(text, [], options);
  if (root) visit(root, null);
  return seen;
}

function documentOf(deltas: readonly string[]): GrowingDocument {
  const document = new GrowingDocument();
  for (const delta of deltas) document.append(delta);
  return document;
}

/** The values of a prefix, as ours has them. */
function seenByUs(document: GrowingDocument, length: number): Seen[] {
  const prefix = document.at(length);
  return Array.from({ length: prefix.nodeCount }, (_, node) => ({
    kind: prefix.kindOf(node),
    start: document.startOf(node),
    end: prefix.endOf(node),
    key: prefix.keyRangeOf(node),
  })).filter(({ kind }) => kind !== 'none');
}

/** Numbers and keywords that the end of the text cut are whole to one parser and none to another. */
function withoutCut(seen: Seen[], length: number): Seen[] {
  return seen.filter(({ kind, end }) => end < length || !(kind === 'number' || kind === 'keyword'));
}

/** The library's own comparison takes most of a test's time where there are many. */
function expectSame(ours: unknown, expected: unknown, cut: string): void {
  if (!isDeepStrictEqual(ours, expected)) expect(ours, cut).toEqual(expected);
}

/** The text is JSON. */
function expectAsOthers(text: string, lengths: Iterable<number>): void {
  const document = documentOf(cutText(text, [4]));
  const whole = seenByJsonc(text);
  for (const length of lengths) {
    const prefix = document.at(length);
    const cut = text.slice(0, length);
    const ours = seenByUs(document, length);
    expectSame(withoutCut(ours, length), withoutCut(seenByJsonc(cut), length), cut);

    // What began is there; what ended is closed, a number with the unit after it.
    const begun = whole.filter(({ start }) => start < length);
    const starts = (seen: Seen[]) => seen.map(({ start, kind }) => [start, kind]);
    expectSame(starts(ours), starts(begun), cut);
    const closed = begun.filter(({ kind, end }) => end + (kind === 'number' ? 1 : 0) <= length);
    const ranges: number[][] = [];
    for (let node = 0; node < prefix.nodeCount; node++)
      if (prefix.stateOf(node) === 'closed')
        ranges.push([document.startOf(node), prefix.endOf(node)]);
    const expected = closed.map(({ start, end }) => [start, end]);
    expectSame(ranges, expected, cut);
    expect(prefix.state).toBe(parses(cut) ? 'complete' : 'open');

    expectValue(prefix.valueOf(0), cut);
  }
  expect(document.at(text.length).valueOf(0)).toEqual(JSON.parse(text));
}

/** The value so far is what partial-json makes of the text. */
function expectValue(value: unknown, cut: string): void {
  // It throws at a text without a value, trims what may be a string's end, and leaves out a number
  // that ends in its middle.
  if (cut.trim() === '' || cut.trimEnd() !== cut || /[-.+eE]$/.test(cut)) return;
  // It assigns to `__proto__`, and loses its way after an empty array with white space in it.
  if (cut.includes('__proto__') || /\[\s+\]/.test(cut)) return;
  expectSame(value, parse(cut, Allow.ALL), cut);
}

function* everyLength(text: string): Generator<number> {
  for (let length = 1; length <= text.length; length++) yield length;
}

/** Every length of a short text; of a longer one the last ones, and some before. */
function* someLengths(text: string): Generator<number> {
  const step = Math.max(1, Math.floor(text.length / 60));
  for (let length = 1; length <= text.length; length++)
    if (length > text.length - 10 || length % step === 0) yield length;
}

describe('as other parsers see it', () => {
  test('every prefix of random texts', () => {
    fc.assert(
      fc.property(jsonText, (text) => expectAsOthers(text, everyLength(text))),
      { numRuns: 120 },
    );
  });

  test('every prefix of the lanes of all recordings that look like JSON', () => {
    let lanes = 0;
    for (const { bytes } of responsesRecordings())
      for (const { text } of new IndexedStream(bytes).index.lanes) {
        if (!looksLikeJson(text)) continue;
        lanes++;
        if (parses(text)) expectAsOthers(text, everyLength(text));
        else {
          const document = documentOf([text]);
          expect(document.at(text.length).state).not.toBe('complete');
          const end = document.brokenAt < 0 ? text.length : document.brokenAt;
          expect(seenByUs(document, end)).toEqual(seenByJsonc(text.slice(0, end)));
        }
      }
    expect(lanes).toBeGreaterThanOrEqual(16);
  });

  test('prefixes of the data of recorded events of all dialects', () => {
    const seen = new Set<string>();
    for (const { name, bytes } of recordings('.sse')) {
      for (const { data, type } of eventsOf(bytes)) {
        // One event of a type says what the others would.
        const dialect = `${name.split('/')[0]} ${type}`;
        if (seen.has(dialect) || !looksLikeJson(data) || !parses(data)) continue;
        seen.add(dialect);
        expectAsOthers(data, someLengths(data));
      }
    }
    expect(seen.size).toBeGreaterThan(50);
  });
});
