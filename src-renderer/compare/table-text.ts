import { differenceText, factText } from '../../src-core/compare/fact-text.ts';
import type { FactRow } from '../../src-core/compare/table.ts';

/** The table as Markdown: each value, and behind it how it differs from the first. */
export function tableAsMarkdown(names: readonly string[], rows: readonly FactRow[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [
    line(['', ...names]),
    line(['---', ...names.map(() => '---:')]),
    ...rows.map(({ label, unit, values, differences }) =>
      line([
        label,
        ...values.map((value, at) => {
          const difference = at === 0 ? '' : differenceText(differences[at - 1]!, unit);
          return [factText(value, unit), difference && `(${difference})`].filter(Boolean).join(' ');
        }),
      ]),
    ),
    '',
  ].join('\n');
}
