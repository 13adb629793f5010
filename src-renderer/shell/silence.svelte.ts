import type { CaptureView } from '../state/capture-view.svelte.ts';

/** A shorter pause is how models speak. */
const NOTEWORTHY_MS = 2000;

/** How long a live stream has been silent, in whole seconds; 0 while it is not. */
export function silenceOf(live: () => CaptureView | null): { readonly seconds: number } {
  let now = $state(performance.now());
  $effect(() => {
    if (!live()) return;
    const timer = setInterval(() => (now = performance.now()), 500);
    return () => clearInterval(timer);
  });
  return {
    get seconds() {
      const view = live();
      const silentMs = view ? now - view.lastBatchMs : 0;
      return silentMs < NOTEWORTHY_MS ? 0 : Math.floor(silentMs / 1000);
    },
  };
}
