import type { Attachment } from 'svelte/attachments';
import type { Session } from '../state/app.svelte.ts';

/**
 * Scrolls to what the current event wrote, which the class `now` marks; while a live stream is
 * followed, until the person scrolls up.
 * @param shown what is shown: whenever it changes, there is something to scroll to
 */
export function showWritten(session: Session, shown: () => unknown): Attachment<HTMLElement> {
  return (scroller) => {
    let expected = 0;
    let isAway = false;
    const onscroll = () => {
      if (Math.abs(scroller.scrollTop - expected) < 2) return;
      isAway = scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 40;
    };
    scroller.addEventListener('scroll', onscroll);
    $effect(() => {
      void shown();
      const isFollowing = session.playhead.following && !session.view.ended;
      if (!isFollowing) isAway = false;
      if (isAway) return;
      const written = [...scroller.querySelectorAll('.now')].at(-1);
      if (written) reveal(scroller, written);
      expected = scroller.scrollTop;
    });
    return () => scroller.removeEventListener('scroll', onscroll);
  };
}

/** Scrolls as little as shows an element with a line beside it. */
export function reveal(scroller: HTMLElement, element: Element): void {
  const box = element.getBoundingClientRect();
  const own = scroller.getBoundingClientRect();
  if (box.bottom > own.bottom - 12) scroller.scrollTop += box.bottom - own.bottom + 24;
  else if (box.top < own.top) scroller.scrollTop += box.top - own.top - 24;
}
