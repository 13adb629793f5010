import type { Alignment } from '../../src-core/compare/alignment.ts';
import { differenceLines } from '../../src-core/compare/comparison-text.ts';
import { differenceOfRow } from '../../src-core/compare/event-differences.ts';
import type { MenuEntry } from '../shell/Menu.svelte';
import type { AppState } from '../state/app.svelte.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { key } from '../state/format.ts';
import { comparisonPatch } from './comparison-patch.ts';

/** A row as lines of a patch. */
export function rowPatch(
  a: CaptureView,
  b: CaptureView,
  alignment: Alignment,
  row: number,
): string {
  return differenceLines(differenceOfRow(alignment, a, b, row)).join('\n');
}

/** What can be done with a row. */
export function rowMenu(
  app: AppState,
  a: CaptureView,
  b: CaptureView,
  alignment: Alignment,
  row: number,
): MenuEntry[] {
  const [seqA, seqB] = [alignment.a[row]!, alignment.b[row]!];
  const open = (letter: string, view: CaptureView, seq: number): MenuEntry => ({
    label: `Open event of ${letter} in Captures`,
    keys: key('Enter'),
    disabled: seq < 0,
    run: () => app.openAt(view.id, seq),
  });
  const copy = (letter: string, view: CaptureView, seq: number): MenuEntry => ({
    label: `Copy the data of ${letter}`,
    disabled: seq < 0,
    run: () => app.copy(view.dataText(seq), `Copied the data of event ${seq} of ${letter}.`),
  });
  return [
    open('A', a, seqA),
    open('B', b, seqB),
    'separator',
    {
      label: 'Copy the row',
      keys: 'C',
      run: () => app.copy(rowPatch(a, b, alignment, row), 'Copied the row.'),
    },
    copy('A', a, seqA),
    copy('B', b, seqB),
    {
      label: 'Copy the differences as a patch',
      run: () => app.copy(comparisonPatch(app.comparing), 'Copied the differences.'),
    },
  ];
}
