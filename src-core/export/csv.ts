import { csvField } from '../csv-field.ts';
import { laneAddress } from '../index/event-index.ts';
import { encodeUtf8 } from '../text.ts';
import { eventRows } from './event-rows.ts';
import type { ExportCapture } from './export-capture.ts';

export const EVENTS_CSV_HEADER =
  'seq,time_us,gap_us,chunk,type,lane,kind,characters,sequence_number,bytes,data';

/**
 * A CSV file (RFC 4180: comma, CRLF, a header line) with a row for each event. `gap_us` is the time since the
 * event before; it, `time_us` and `chunk` are empty where times were not recorded. `characters` are UTF-16
 * units that the event added to its lane, `bytes` those of its frame, `data` what the server sent, whole. For
 * texts that look like formulas see `csvField`.
 */
export async function* eventsCsvPieces(capture: ExportCapture): AsyncGenerator<Uint8Array> {
  yield encodeUtf8(`${EVENTS_CSV_HEADER}\r\n`);
  let before: number | null = null;
  for await (const row of eventRows(capture)) {
    const { timeUs, lane } = row;
    const fields = [
      row.seq,
      timeUs,
      timeUs === null || before === null ? null : timeUs - before,
      row.chunk,
      row.type,
      lane && laneAddress(lane),
      lane?.kind,
      lane && row.characters,
      row.sequenceNumber,
      row.end - row.start,
      row.data,
    ];
    before = timeUs;
    yield encodeUtf8(`${fields.map(csvField).join(',')}\r\n`);
  }
}
