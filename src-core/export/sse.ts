import { encodeUtf8 } from '../text.ts';
import { eventRows } from './event-rows.ts';
import { frameText } from './event-text.ts';
import type { ExportCapture } from './export-capture.ts';

/**
 * A capture's body as an event stream. One that is framed so goes through byte for byte, comments and damage
 * included; of JSON lines and arrays each event becomes the frame that its server would have sent.
 */
export async function* ssePieces(capture: ExportCapture): AsyncGenerator<Uint8Array> {
  // The framing is told by the first event at the latest.
  for await (const { framing } of eventRows(capture)) {
    if (framing === 'sse') break;
    for await (const row of eventRows(capture)) yield encodeUtf8(frameText(row));
    return;
  }
  for await (const pieces of capture.pieces()) for (const { bytes } of pieces) yield bytes;
}
