import { shownName } from '../../../src-core/shown-name.ts';
import type { Outline, OutlineRow } from '../../../src-core/outline/row.ts';
import type { Linted } from '../../lint/linter.svelte.ts';

/** Whether there is something to fold; the root always shows what is in it. */
export function isFoldable({ index, next, kind }: OutlineRow): boolean {
  return kind !== 'root' && next > index + 1;
}

/** Whether a row is folded when nobody said so: what an item of a plain list is, its label says. */
export function isFoldedAtFirst({ index, next, type }: OutlineRow): boolean {
  return type === 'array' && next === index + 2;
}

/** The rows that show: those within folded ones do not. */
export function shownRows(
  { rows }: Outline,
  isFolded: (row: OutlineRow) => boolean,
): readonly OutlineRow[] {
  const shown: OutlineRow[] = [];
  for (let at = 1; at < rows.length;) {
    const row = rows[at]!;
    shown.push(row);
    at = isFoldable(row) && isFolded(row) ? row.next : at + 1;
  }
  return shown;
}

/** What strict mode says of a row. */
export interface RowProblems {
  severity: 'error' | 'warning';
  messages: string[];
}

/** The errors and warnings of a lint report by the position of the row that each is about. */
export function problemsByRow(outline: Outline, linted: Linted | null): Map<number, RowProblems> {
  const found = new Map<number, RowProblems>();
  if (!linted || linted.text !== outline.text) return found;
  for (const { rule, severity, message, start } of linted.report.findings) {
    if (severity !== 'error' && severity !== 'warning') continue;
    const { index } = outline.rowAt(start);
    const said = `${rule} ${message}`;
    const known = found.get(index);
    if (!known) found.set(index, { severity, messages: [said] });
    else {
      known.messages.push(said);
      if (severity === 'error') known.severity = severity;
    }
  }
  return found;
}

/** A message of the lint without the backquotes that set code. */
export function plainText(message: string): string {
  return message.replaceAll('`', '');
}

/** A row's name from the root on: `address.city`, `rows[].id`. */
export function pathName({ rows }: Outline, row: OutlineRow): string {
  let name = '';
  for (let at: OutlineRow | undefined = row; at && at.kind !== 'root'; at = rows[at.parent]) {
    if (at.kind === 'definitions') continue;
    name = at.kind === 'items' ? `[]${name}` : `.${shownName(at.name)}${name}`;
  }
  return name.replace(/^\./, '');
}
