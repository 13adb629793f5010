import { open } from 'node:fs/promises';
import { isObject, parseJson } from '../../src-core/json.ts';
import { type CapturedSchema, schemasOfCapture } from '../../src-core/schema-sources/schemas-in.ts';
import { type FrameSink, readData } from '../../src-core/sse/frame.ts';
import { FrameReader } from '../../src-core/framing/frame-reader.ts';
import { systemCode } from '../refusal.ts';
import type { CaptureStore } from './store.ts';

/** The first event that carries the response is the first one, or near it. */
const MOST_BYTES = 2 * 1024 * 1024;
const PIECE = 64 * 1024;

/**
 * The schemas that a capture was asked for with, as its request has them, else as the response repeats
 * them. @throws Refusal `no-such-capture`; system errors of reading
 */
export async function capturedSchemas(
  captures: Pick<CaptureStore, 'meta' | 'paths'>,
  id: string,
): Promise<CapturedSchema[]> {
  const { request } = captures.meta(id);
  return schemasOfCapture(request?.body ?? null, await firstResponse(captures.paths(id).body));
}

/** The data of the first event with a response; null where none is near the beginning. */
async function firstResponse(path: string): Promise<string | null> {
  let found: string | null = null;
  const sink: FrameSink = {
    frame(frame, bytes, base) {
      if (found !== null || frame.kind !== 'event') return;
      const data = readData(frame, bytes, base);
      const event = data.includes('"response"') ? parseJson(data) : undefined;
      if (isObject(event) && isObject(event.response)) found = data;
    },
    deviation: () => undefined,
  };
  const parser = new FrameReader(sink);
  try {
    const file = await open(path, 'r');
    try {
      for (let at = 0; at < MOST_BYTES && found === null;) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE), 0, PIECE, at);
        if (bytesRead === 0) break;
        parser.push(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    // A capture that has received nothing yet has no file.
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  return found;
}
