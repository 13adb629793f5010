import type { CaptureView } from './capture-view.svelte.ts';
import { milliseconds } from './format.ts';

/** The bookmarks of a capture, a line each: event, time, type and note, with tabs between them. */
export function bookmarksAsText(view: CaptureView): string {
  return view.bookmarks
    .map(({ seq, note }) => {
      const isHere = seq < view.count;
      const time = isHere ? `${view.isTimed ? '' : '~'}${milliseconds(view.timeUs(seq))} ms` : '';
      const type = isHere ? view.index.typeOf(seq) : '';
      return [`#${seq}`, time, type, note].join('\t').trimEnd();
    })
    .join('\n');
}
