import type { CaptureSummary } from '../../src-core/capture.ts';
import type { ComparedCapture } from '../../src-core/compare/compared-capture.ts';
import { judgedTally } from '../../src-core/conformance/profile.ts';
import { profileOf } from '../../src-core/conformance/profiles.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';

/** A capture that is in the page, as a comparison reads it. */
export function comparedView(
  view: CaptureView,
  summary: CaptureSummary | undefined,
): ComparedCapture {
  const profile = profileOf(view.chosenProfile ?? view.index.profile);
  const check = summary?.checks?.at(-1);
  return {
    name: summary?.name ?? view.meta.name,
    index: view.index,
    byteCount: view.bytes.length,
    meta: view.meta,
    timed: view.isTimed,
    status: view.status,
    problems: judgedTally(view.index.problemTally, profile),
    verdict: (check ?? summary?.run)?.facts?.verdict ?? '',
    dataText: (seq) => view.dataText(seq),
    snapshotAt: (seq) => view.snapshotAt(seq),
  };
}
