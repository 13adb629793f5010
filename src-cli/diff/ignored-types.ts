import { isDifference, ROW_KINDS } from '../../src-core/compare/alignment.ts';
import type { ComparedCapture } from '../../src-core/compare/compared-capture.ts';
import { type Comparison, LISTED_DIFFERENCES } from '../../src-core/compare/comparison.ts';
import { eventDifferences } from '../../src-core/compare/event-differences.ts';

/**
 * The same comparison where events of some types may differ, be lost and be inserted: such rows count as the same.
 * @param isIgnored of a type
 */
export function ignoringTypes(
  comparison: Comparison,
  [a, b]: readonly [ComparedCapture, ComparedCapture],
  isIgnored: (type: string) => boolean,
): Comparison {
  const { alignment } = comparison;
  const kind = Uint8Array.from(alignment.kind);
  const counts = { ...alignment.counts };
  const isFree = ({ index }: ComparedCapture, seq: number) =>
    seq < 0 || isIgnored(index.typeOf(seq));
  for (let row = 0; row < alignment.count; row++) {
    const known = ROW_KINDS[kind[row]!]!;
    if (!isDifference(known)) continue;
    if (!isFree(a, alignment.a[row]!) || !isFree(b, alignment.b[row]!)) continue;
    kind[row] = ROW_KINDS.indexOf('same');
    counts[known]--;
    counts.same++;
  }
  const aligned = { ...alignment, kind, counts };
  return {
    ...comparison,
    alignment: aligned,
    differences: eventDifferences(aligned, a, b, LISTED_DIFFERENCES),
  };
}
