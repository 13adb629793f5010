import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import { Refusal } from '../refusal.ts';

/**
 * A capture whose reading is told of, and ends with the refusal `canceled` once the signal says so.
 * @param onRead called with the bytes that were just read
 */
export function watchedCapture(
  capture: ExportCapture,
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): ExportCapture {
  return {
    meta: capture.meta,
    async *pieces() {
      throwIfCanceled(signal);
      for await (const pieces of capture.pieces()) {
        throwIfCanceled(signal);
        onRead(pieces.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
        yield pieces;
        // The window and live streams get their turn: reading from a cache never waits.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/** @throws Refusal `canceled` */
export function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw new Refusal('canceled', 'The export was stopped.');
}
