import { laneAddress } from '../index/event-index.ts';
import { parseJson } from '../json.ts';
import { encodeUtf8 } from '../text.ts';
import { type EventRow, eventRows } from './event-rows.ts';
import { oneLine } from './event-text.ts';
import type { ExportCapture } from './export-capture.ts';
import { frameFields } from './frame-fields.ts';

/**
 * The events of a capture as JSON, one a line: `seq`, `timeUs` (null where times are not recorded), `type`;
 * `name` and `id` of the frame, `lane` and `sequenceNumber` where there are any; and `data`, which is the
 * server's own JSON, or a string where it sent none.
 */
export async function* jsonLinePieces(capture: ExportCapture): AsyncGenerator<Uint8Array> {
  for await (const row of eventRows(capture)) yield encodeUtf8(lineOf(row));
}

function lineOf(row: EventRow): string {
  const { name, id } = row.framing === 'sse' ? frameFields(row.frame) : { name: '', id: null };
  const facts = {
    seq: row.seq,
    timeUs: row.timeUs,
    type: row.type,
    ...(name !== '' && { name }),
    ...(id !== null && { id }),
    ...(row.sequenceNumber !== null && { sequenceNumber: row.sequenceNumber }),
    ...(row.lane && { lane: `${row.lane.kind} ${laneAddress(row.lane)}` }),
  };
  // As it stands: parsing and printing would lose numbers beyond a double, and keys that come twice.
  const data = parseJson(row.data) === undefined ? JSON.stringify(row.data) : oneLine(row.data);
  return `${JSON.stringify(facts).slice(0, -1)},"data":${data}}\n`;
}
