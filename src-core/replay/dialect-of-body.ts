import type { DialectId } from '../dialects/dialect.ts';
import { recognise } from '../dialects/dialects.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { isObject, parseJson } from '../json.ts';
import { readData } from '../sse/frame.ts';

/** Bytes at the start of a body that tell its dialect. */
export const TELLING_BYTES = 256 * 1024;

/** The dialect that the first events of a body speak, `plain` where they say nothing. */
export function dialectOfBody(body: Uint8Array): DialectId {
  let dialect: DialectId | null = null;
  const reader = new FrameReader({
    frame(frame, bytes, base) {
      if (dialect !== null || frame.kind !== 'event') return;
      const event = parseJson(readData(frame, bytes, base));
      if (isObject(event)) dialect = recognise(event, frame.name);
    },
    deviation: () => undefined,
  });
  reader.push(body.subarray(0, TELLING_BYTES));
  reader.end();
  return dialect ?? 'plain';
}
