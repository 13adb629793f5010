import type { TextPiece } from '../../src-core/compare/text-diff.ts';

/** A line of two texts side by side; what only one side has makes its half longer. */
export interface DiffRow {
  a: TextPiece[];
  b: TextPiece[];
  isSame: boolean;
}

/** The pieces as rows, which end where both texts have a line end. */
export function diffRows(pieces: readonly TextPiece[]): DiffRow[] {
  const rows: DiffRow[] = [];
  let row: DiffRow = { a: [], b: [], isSame: true };
  for (const { kind, text } of pieces) {
    if (kind !== 'same') {
      row.isSame = false;
      row[kind === 'lost' ? 'a' : 'b'].push({ kind, text });
      continue;
    }
    const lines = text.split('\n');
    lines.forEach((line, at) => {
      if (at > 0) {
        rows.push(row);
        row = { a: [], b: [], isSame: true };
      }
      if (line === '') return;
      const piece: TextPiece = { kind, text: line };
      row.a.push(piece);
      row.b.push(piece);
    });
  }
  if (row.a.length + row.b.length > 0) rows.push(row);
  return rows;
}

/** Rows that differ with some around them, and how many equal ones are left out between. */
export type FoldedRow = { row: DiffRow; at: number } | { folded: number; from: number };

/** Equal rows that stay around one that differs. */
const CONTEXT = 3;

export function foldedRows(rows: readonly DiffRow[]): FoldedRow[] {
  const folded: FoldedRow[] = [];
  let from = 0;
  const flush = (to: number, isLast: boolean) => {
    const keepAfter = from === 0 ? 0 : CONTEXT;
    const keepBefore = isLast ? 0 : CONTEXT;
    const hidden = to - from - keepAfter - keepBefore;
    for (let at = from; at < to; at++) {
      if (hidden > 1 && at === from + keepAfter) {
        folded.push({ folded: hidden, from: at });
        at += hidden - 1;
      } else folded.push({ row: rows[at]!, at });
    }
  };
  rows.forEach((row, at) => {
    if (row.isSame) return;
    flush(at, false);
    folded.push({ row, at });
    from = at + 1;
  });
  flush(rows.length, true);
  return folded;
}
