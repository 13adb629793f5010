import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GrowingDocument } from './growing-document.ts';

function documentOf(...deltas: string[]): GrowingDocument {
  const document = new GrowingDocument();
  for (const delta of deltas) document.append(delta);
  return document;
}

function happeningsOf({ happenings }: GrowingDocument): string[] {
  return Array.from(
    { length: happenings.count },
    (_, row) => `${happenings.lengthOf(row)} ${happenings.kindOf(row)} ${happenings.nodeOf(row)}`,
  );
}

describe('a growing document', () => {
  test('knows its nodes, their keys and their ranges', () => {
    //                          0123456789012345678901
    const document = documentOf('{"a":[10,"x"],"b":nul');
    expect(document.nodeCount).toBe(5);
    expect([0, 1, 2, 3, 4].map((node) => document.kindOf(node))).toEqual([
      'object',
      'array',
      'number',
      'string',
      'keyword',
    ]);
    expect([0, 1, 2, 3, 4].map((node) => document.startOf(node))).toEqual([0, 5, 6, 9, 18]);
    expect([0, 1, 2, 3, 4].map((node) => document.endOf(node))).toEqual([-1, 13, 8, 12, -1]);
    expect([0, 1, 2, 3, 4].map((node) => document.parentOf(node))).toEqual([-1, 0, 1, 1, 0]);
    expect([0, 1, 2, 3, 4].map((node) => document.pointerOf(node))).toEqual([
      '',
      '/a',
      '/a/0',
      '/a/1',
      '/b',
    ]);
    expect(document.keyRangeOf(1)).toEqual([1, 4]);
    expect(document.keyRangeOf(2)).toBeNull();
    expect([...document.childrenOf(0)]).toEqual([1, 4]);
    expect([...document.childrenOf(1)]).toEqual([2, 3]);
  });

  test('tells what happened, and with which unit', () => {
    expect(happeningsOf(documentOf('{"a":1', '2 }'))).toEqual([
      '1 value-opened 0',
      '4 key-closed 1',
      '6 value-opened 1',
      '8 value-closed 1',
      '9 value-closed 0',
    ]);
    expect(happeningsOf(documentOf('[tr', 'ue,""]'))).toEqual([
      '1 value-opened 0',
      '2 value-opened 1',
      '5 value-closed 1',
      '7 value-opened 2',
      '8 value-closed 2',
      '9 value-closed 0',
    ]);
  });

  test('knows what each unit is part of', () => {
    //                           012345678901
    const document = documentOf(' {"a": "x"} ');
    const parts = Array.from({ length: 14 }, (_, offset) => {
      const place = document.nodeAt(offset - 1);
      return place && `${place.part} ${place.node}`;
    });
    const outside = null;
    expect(parts).toEqual([
      outside,
      outside,
      'punctuation 0',
      'key 1',
      'key 1',
      'key 1',
      'punctuation 1',
      'punctuation 0',
      'value 1',
      'value 1',
      'value 1',
      'punctuation 0',
      outside,
      outside,
    ]);
  });

  test.each([
    ['', ''],
    ['{', ''],
    ['{"na', ''],
    ['{"name"', '/name'],
    ['{"name":"Al', '/name'],
    ['{"name":"Al"', '/name'],
    ['{"name":"Al",', ''],
    ['{"a":[1,{"b/c":tr', '/a/1/b~1c'],
    ['[[],', '/1'],
    ['[[]', '/0'],
    ['[[[1,2]] , ', '/1'],
  ])('%s is open at %j', (text, pointer) => {
    expect(documentOf(text).at(text.length)).toMatchObject({
      state: 'open',
      openPointer: pointer,
    });
  });

  test.each([
    ['{"a":1}x', 7],
    ['{"a" 1}', 5],
    ['[1,]', 3],
    ['{"a":1,}', 7],
    ['{a:1}', 1],
    ['[01]', 2],
    ['[+1]', 1],
    ['[-a]', 2],
    ['[1.]', 3],
    ['[1e+]', 4],
    ['tru x', 3],
    ['"\\x"', 2],
    ['"\\u00g0"', 5],
    ['"a\nb"', 2],
    ['{} []', 3],
    ['[1}', 2],
    ['\ufeff{}', 0],
  ])('%j breaks at %i', (text, at) => {
    const document = documentOf(text);
    expect(document.brokenAt).toBe(at);
    expect(document.at(at)).toMatchObject({ brokenAt: -1 });
    expect(document.at(at).state).not.toBe('broken');
    expect(document.at(at + 1)).toMatchObject({ state: 'broken', brokenAt: at, openPointer: null });
  });

  test('keeps what was closed where the text breaks', () => {
    const document = documentOf('{"a":[1],"b":{"c":"x', '\n"}}');
    const prefix = document.at(document.length);
    const states = Array.from({ length: prefix.nodeCount }, (_, node) => prefix.stateOf(node));
    expect(states).toEqual(['broken', 'closed', 'closed', 'broken', 'broken']);
    expect(prefix.valueOf(0)).toEqual({ a: [1], b: { c: 'x' } });
    expect(prefix.endOf(4)).toBe(20);
  });

  test('finds the last member of a duplicate key that had begun', () => {
    const document = documentOf('{"a":1,"a":{"b":2},"\\u0061":3,"a"');
    expect(document.find('/a')).toBe(4);
    expect(document.at(25).find('/a')).toBe(2);
    expect(document.at(25).find('/a/b')).toBe(3);
    expect(document.at(9).find('/a')).toBe(1);
    expect(document.at(document.length).valueOf(0)).toEqual({ a: 3 });
    expect(document.find('a')).toBe(-1);
    expect(document.find('/b')).toBe(-1);
  });

  test('is what JSON.parse makes of the text, wherever that is cut', () => {
    const cuts = fc.array(fc.nat(6), { minLength: 1 });
    fc.assert(
      fc.property(fc.json(), cuts, (text, sizes) => {
        const document = new GrowingDocument();
        for (let at = 0, turn = 0; at < text.length; turn++) {
          const size = sizes[turn % sizes.length]! + 1;
          document.append(text.slice(at, at + size));
          at += size;
        }
        const prefix = document.at(text.length);
        expect(prefix.state).toBe('complete');
        expect(prefix.valueOf(0)).toEqual(JSON.parse(text));
        for (let node = 0; node < document.nodeCount; node++) {
          const found = document.find(document.pointerOf(node));
          expect(document.pointerOf(found)).toBe(document.pointerOf(node));
        }
      }),
    );
  });

  test('goes as deep as the text', () => {
    const depth = 200_000;
    const text = '['.repeat(depth) + ']'.repeat(depth);
    const document = documentOf(text);
    expect(document.at(text.length).state).toBe('complete');
    expect(document.depthOf(depth - 1)).toBe(depth - 1);
    let value = document.at(text.length).valueOf(0);
    let levels = 0;
    for (; Array.isArray(value); levels++) value = value[0] ?? null;
    expect(levels).toBe(depth);
  });

  test('keeps __proto__ a key', () => {
    const text = '{"__proto__":{"x":1},"y":2}';
    const value = documentOf(text).at(text.length).valueOf(0);
    expect(JSON.stringify(value)).toBe(text);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});
