import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { DocumentLayout, mergedRanges, ShownLines } from './document-layout.ts';

function laidOut(...pieces: string[]): DocumentLayout {
  const layout = new DocumentLayout(new GrowingDocument());
  for (const piece of pieces) {
    layout.document.append(piece);
    layout.extend();
  }
  return layout;
}

/** The lines as text, white space between tokens left out, indented by their depth. */
function linesOf(layout: DocumentLayout): string[] {
  const { document } = layout;
  return Array.from({ length: layout.lineCount }, (_, line) => {
    let text = '';
    for (let row = layout.firstToken(line); row < layout.endToken(line); row++) {
      const kind = document.tokens.kindOf(row);
      const piece = document.slice(
        document.tokens.startOf(row),
        document.tokens.endOf(row, document.length),
      );
      if (kind !== 'space') text += kind === 'colon' ? ': ' : piece;
    }
    return '  '.repeat(layout.depthOf(line)) + text;
  });
}

test('lines are those of JSON.stringify, whatever the white space and the deltas', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(undefined, 1, '\t'),
      fc.array(fc.nat(30), { maxLength: 10 }),
      (value, indent, cuts) => {
        const text = JSON.stringify(value, null, indent);
        const places = cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b);
        const pieces = [...places, text.length].map((to, at) =>
          text.slice(places[at - 1] ?? 0, to),
        );
        expect(linesOf(laidOut(...pieces))).toEqual(JSON.stringify(value, null, 2).split('\n'));
      },
    ),
  );
});

test('a fold hides what is after the opening bracket', () => {
  const layout = laidOut('{"a":[1,{"b":2}],"c":[]', ',"d":{"e":3');
  // {  "a":[  1,  {  "b":2  }  ],  "c":[],  "d":{  "e":3
  expect(layout.lineCount).toBe(10);
  const { document } = layout;
  const foldOf = (pointer: string) => layout.foldOf(document.find(pointer));
  expect([layout.headOf(0), layout.headOf(1), layout.headOf(7)]).toEqual([
    document.find(''),
    document.find('/a'),
    -1,
  ]);
  expect(foldOf('/a')).toEqual({ from: 2, to: 7 });
  expect(foldOf('/a/1')).toEqual({ from: 4, to: 6 });
  // What is open goes on to the end.
  expect(foldOf('/d')).toEqual({ from: 9, to: 10 });

  const folds = [foldOf('/a/1'), foldOf('/a'), foldOf('/d')];
  const shown = new ShownLines(layout.lineCount, mergedRanges(folds));
  const rows = Array.from({ length: shown.count }, (_, row) => shown.lineOfRow(row));
  expect(rows).toEqual([0, 1, 7, 8]);
  expect(rows.map((line) => shown.rowOfLine(line))).toEqual([0, 1, 2, 3]);
  expect([shown.rowOfLine(4), shown.isHidden(4), shown.isHidden(7)]).toEqual([1, true, false]);
  // Before the whole of it has come.
  expect(new ShownLines(3, mergedRanges(folds)).count).toBe(2);
});

test('a unit is on the line that its token stands on', () => {
  const layout = laidOut('{"a":1,\n"b":22}');
  expect([0, 1, 6, 7, 8, 13, 14].map((at) => layout.lineOf(at))).toEqual([0, 1, 1, 1, 2, 2, 3]);
  expect([0, 1, 2, 8, 9].map((at) => layout.linesBelow(at))).toEqual([0, 1, 2, 2, 3]);
});
