import type { Bookmark } from '../../src-core/capture.ts';
import { MOST_BOOKMARKS } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';
import type { CaptureView } from './capture-view.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { Session } from './session.svelte.ts';
import type { Undo } from './undo.svelte.ts';

/** As much of the window's state as bookmarks need. */
interface Owner {
  readonly session: Session | null;
  readonly undo: Undo;
  readonly notices: Notices;
  try<T>(action: () => Promise<T>): Promise<T | undefined>;
}

/** The bookmarks of the open capture: set, noted, taken away, brought back. */
export class Bookmarks {
  readonly #app: Owner;
  /** The event whose note is being written at its row. */
  editing = $state<number | null>(null);

  constructor(app: Owner) {
    this.#app = app;
  }

  /** Sets or changes the bookmark of an event; null takes it away. */
  set(seq: number, note: string | null): void {
    const view = this.#app.session?.view;
    if (view) this.#put(view, withBookmark(view.bookmarks, seq, note));
  }

  /** Sets a bookmark without a note, or takes away the one that is there. */
  toggle(seq: number): void {
    const known = this.#app.session?.view.bookmarkOf(seq);
    // Without a note the same key brings it back.
    if (known && known.note !== '') this.remove(seq);
    else this.set(seq, known ? null : '');
  }

  /** Takes it away, and offers to bring it back. */
  remove(seq: number): void {
    const view = this.#app.session?.view;
    const gone = view?.bookmarkOf(seq);
    if (!view || !gone) return;
    this.set(seq, null);
    this.#app.undo.offer(
      `Removed the bookmark at event ${seq}.`,
      `removal of the bookmark at event ${seq}`,
      () => void this.#restore(view.id, gone),
    );
  }

  /** Another capture may be open by now. */
  async #restore(id: string, { seq, note }: Bookmark): Promise<void> {
    const view = this.#app.session?.view;
    if (view?.id === id) return this.#put(view, withBookmark(view.bookmarks, seq, note));
    await this.#app.try(async () => {
      const { bookmarks } = await api.captures.meta({ id });
      await api.captures.setBookmarks({ id, bookmarks: withBookmark(bookmarks, seq, note) });
    });
  }

  #put(view: CaptureView, bookmarks: Bookmark[]): void {
    if (bookmarks.length > MOST_BOOKMARKS) {
      const most = MOST_BOOKMARKS.toLocaleString('en');
      this.#app.notices.add('error', `A capture keeps ${most} bookmarks. Remove others first.`);
      return;
    }
    view.setBookmarks(bookmarks);
    void this.#app.try(() => api.captures.setBookmarks({ id: view.id, bookmarks }));
  }
}

/** The list with a bookmark set or, for a note of null, without it: ascending, one an event. */
export function withBookmark(
  bookmarks: readonly Bookmark[],
  seq: number,
  note: string | null,
): Bookmark[] {
  const others = bookmarks.filter((one) => one.seq !== seq);
  return note === null ? others : [...others, { seq, note }].sort((a, b) => a.seq - b.seq);
}

export function bookmarkBeside(
  bookmarks: readonly Bookmark[],
  seq: number,
  direction: -1 | 1,
): number | null {
  const after = bookmarks.find((one) => one.seq > seq);
  const before = bookmarks.filter((one) => one.seq < seq).at(-1);
  return (direction > 0 ? after : before)?.seq ?? null;
}
