import type { Writable } from 'node:stream';
import type { Portion } from '../../src-core/replay/reply.ts';

/**
 * Writes the portions at their times and ends the stream. Each is due at a fixed time after the
 * start, so that late timers do not add up.
 * @param speed how many times faster than scored
 * @returns stops it: no timer and no listener stays behind. To be called when the reader is gone.
 */
export function play(
  portions: readonly Portion[],
  out: Writable,
  speed: number | 'instant',
): () => void {
  const start = performance.now();
  const first = portions[0]?.atUs ?? 0;
  let next = 0;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const dueMs = (portion: Portion) =>
    speed === 'instant' ? 0 : (portion.atUs - first) / 1000 / speed;

  const step = () => {
    timer = null;
    while (!stopped && next < portions.length) {
      const portion = portions[next]!;
      const waitMs = dueMs(portion) - (performance.now() - start);
      if (waitMs > 0) {
        timer = setTimeout(step, waitMs);
        return;
      }
      next++;
      if (!out.write(portion.bytes)) {
        out.once('drain', step);
        return;
      }
    }
    if (!stopped) out.end();
  };

  step();
  return () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    out.removeListener('drain', step);
  };
}
