import { frameText, lineText } from '../../src-core/export/event-text.ts';
import type { Call } from '../command.ts';
import type { Source } from '../sources/source.ts';
import { ByteWindow } from '../stream/byte-window.ts';
import { EventRows } from '../stream/event-row.ts';
import { readStream } from '../stream/read-stream.ts';
import type { Losses } from './losses.ts';

/**
 * Writes a stream as an event stream or as JSON lines, event by event as it comes. What is framed like
 * that already goes through byte for byte.
 */
export async function writeEvents(
  { console: { stdout }, values }: Call,
  source: Source,
  to: 'sse' | 'lines',
  losses: Losses,
): Promise<void> {
  const window = new ByteWindow();
  const rows = new EventRows(window, source.isTimed);
  let isFramed = false;
  let copied = 0;
  await readStream(source, values, {
    bytes: (bytes) => window.append(bytes),
    async batch(batch, { framing }) {
      const events = rows.of(batch);
      const comments = batch.comments.start.length;
      // Before the first event or comment the indexer may not know the framing yet.
      isFramed ||= batch.count + comments > 0;
      if (isFramed && framing === to) {
        await stdout.bytes(window.slice(copied, window.end));
        copied = window.end;
      } else {
        for (const row of events) {
          const frame = window.slice(row.start, row.end);
          const text =
            to === 'sse'
              ? frameText(row)
              : lineText(row, framing, frame, (what) => losses.count(what));
          if (text !== null) stdout.write(text);
          if (stdout.isFull) await stdout.flush();
        }
        losses.count('comments', comments);
      }
      if (batch.count > 0) window.release(batch.columns.end[batch.count - 1]!);
      await stdout.flush();
    },
  });
  if (source.capture?.timed) losses.mass('arrival times');
}
