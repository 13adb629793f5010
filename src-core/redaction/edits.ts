/** Text that stands in the place of `[start, end)`. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** In order; of those that overlap the one that begins first counts, and of these the longest. */
export function orderedEdits(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return sorted.filter((edit) => {
    if (edit.start < end) return false;
    end = edit.end;
    return true;
  });
}

/** @param edits in order */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end, text: put } of edits) {
    kept += text.slice(at, start) + put;
    at = end;
  }
  return kept + text.slice(at);
}
