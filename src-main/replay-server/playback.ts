import type { Writable } from 'node:stream';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import type { Portion } from '../../src-core/replay/reply.ts';
import { gapUs } from '../../src-core/rhythm.ts';
import { type Frame, type FrameSink, readData } from '../../src-core/sse/frame.ts';
import { FrameReader } from '../../src-core/framing/frame-reader.ts';
import type { Example } from './examples.ts';

export interface Score {
  portions: Portion[];
  /** `plausible`: the recording has no times; these are made up. */
  rhythm: 'recorded' | 'plausible';
}

/**
 * When each part of a stream is sent: as it was recorded, or an event at a time.
 * @param seed of the rhythm, where none was recorded
 */
export function scoreOf(example: Pick<Example, 'body' | 'chunks'>, seed = 0): Score {
  return example.chunks
    ? { portions: recordedPortions(example.body, example.chunks), rhythm: 'recorded' }
    : { portions: plausiblePortions(example.body, seed), rhythm: 'plausible' };
}

function recordedPortions(body: Uint8Array, chunks: NonNullable<Example['chunks']>): Portion[] {
  let start = 0;
  return chunks.map(({ size, timeUs }) => {
    const bytes = body.subarray(start, start + size);
    start += size;
    return { bytes, atUs: timeUs };
  });
}

function plausiblePortions(body: Uint8Array, seed: number): Portion[] {
  const cuts: { start: number; atUs: number }[] = [];
  let atUs = 0;
  const sink: FrameSink = {
    frame(frame, bytes, base) {
      if (frame.kind !== 'event') return;
      atUs += gapUs(typeOf(frame, bytes, base), cuts.length, seed);
      // Whatever stands before the first event goes with it.
      cuts.push({ start: cuts.length === 0 ? 0 : frame.start, atUs });
    },
    deviation: () => undefined,
  };
  const parser = new FrameReader(sink);
  parser.push(body);
  parser.end();
  if (cuts.length === 0) return [{ bytes: body, atUs: 0 }];
  return cuts.map((cut, index) => ({
    bytes: body.subarray(cut.start, cuts[index + 1]?.start ?? body.length),
    atUs: cut.atUs,
  }));
}

function typeOf(frame: Readonly<Frame>, bytes: Uint8Array, base: number): string {
  if (frame.name !== '') return frame.name;
  const data = parseJson(readData(frame, bytes, base));
  return isObject(data) ? stringOf(data.type) : '';
}

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
