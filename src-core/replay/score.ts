import { FrameReader } from '../framing/frame-reader.ts';
import { isObject, parseJson, stringOf } from '../json.ts';
import { gapUs } from '../rhythm.ts';
import { type Frame, readData } from '../sse/frame.ts';
import type { RecordedBytes, RecordedChunk } from './recorded.ts';
import type { Portion } from './reply.ts';

/** What is sent of a body, and when, in microseconds since the request. */
export interface Score {
  portions: Portion[];
  /** `plausible`: the recording has no times; these are made up. */
  rhythm: 'recorded' | 'plausible';
}

/**
 * When each part of a stream is sent: as it was recorded, or an event at a time.
 * @param seed of the rhythm, where none was recorded
 */
export function scoreOf({ body, chunks }: RecordedBytes, seed = 0): Score {
  return chunks
    ? { portions: recordedPortions(body, chunks), rhythm: 'recorded' }
    : { portions: plausiblePortions(body, seed), rhythm: 'plausible' };
}

function recordedPortions(body: Uint8Array, chunks: readonly RecordedChunk[]): Portion[] {
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
  const parser = new FrameReader({
    frame(frame, bytes, base) {
      if (frame.kind !== 'event') return;
      atUs += gapUs(typeOf(frame, bytes, base), cuts.length, seed);
      // Whatever stands before the first event goes with it.
      cuts.push({ start: cuts.length === 0 ? 0 : frame.start, atUs });
    },
    deviation: () => undefined,
  });
  parser.push(body);
  parser.end();
  if (cuts.length === 0) return body.length === 0 ? [] : [{ bytes: body, atUs: 0 }];
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
