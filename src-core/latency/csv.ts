import { laneAddress, type EventIndex } from '../index/event-index.ts';
import type { DeltaLog } from './delta-log.ts';

export const CSV_HEADER = 'seq,time_us,gap_us,chunk,lane,kind,characters';
/** Rows in a piece: a few milliseconds' work. */
const PIECE = 4096;

/**
 * A CSV file (RFC 4180: comma, CRLF, a header line) in pieces to be joined: one row for each delta, or
 * for each event of a stream that has no lanes. `gap_us` is the time since the row before, empty in
 * the first; `characters` are UTF-16 units that the delta brought. Where times were not recorded,
 * they, the gaps and the chunks are empty. No field needs quotes: they hold digits, names and `/`.
 */
export function* csvPieces(
  index: EventIndex,
  log: DeltaLog,
  timed: boolean,
): Generator<string, undefined> {
  const deltas = log.seqs.length;
  const count = deltas > 0 ? deltas : log.examined;
  const { timeUs, chunk, lane } = index.columns;
  yield `${CSV_HEADER}\r\n`;
  let before = -1;
  for (let from = 0; from < count; from += PIECE) {
    let piece = '';
    for (let row = from; row < Math.min(count, from + PIECE); row++) {
      const seq = deltas > 0 ? log.seqs.at(row) : row;
      const time = timed ? String(timeUs[seq]) : '';
      const gap = timed && before >= 0 ? String(timeUs[seq]! - timeUs[before]!) : '';
      const own = deltas > 0 ? index.lanes[lane[seq]!]! : null;
      const place = own ? `${laneAddress(own)},${own.kind}` : ',';
      const sum = (at: number) => (at < 0 ? 0 : log.characters.at(at));
      const characters = deltas > 0 ? sum(row) - sum(row - 1) : '';
      piece += `${seq},${time},${gap},${timed ? chunk[seq] : ''},${place},${characters}\r\n`;
      before = seq;
    }
    yield piece;
  }
}
