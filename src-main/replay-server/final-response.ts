import { isObject, type JsonObject, parseJson } from '../../src-core/json.ts';
import { type FrameSink, readData } from '../../src-core/sse/frame.ts';
import { FrameParser } from '../../src-core/sse/frame-parser.ts';

const TERMINAL = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/** The Response that a stream ends with: what the same request gets without `stream`. */
export function finalResponse(body: Uint8Array): JsonObject | null {
  let response: JsonObject | null = null;
  const sink: FrameSink = {
    frame(frame, bytes, base) {
      if (frame.kind !== 'event') return;
      const event = parseJson(readData(frame, bytes, base));
      if (!isObject(event) || !TERMINAL.has(String(event.type))) return;
      if (isObject(event.response)) response = event.response;
    },
    deviation: () => undefined,
  };
  const parser = new FrameParser(sink);
  parser.push(body);
  parser.end();
  return response;
}
