import type { ExportCapture, ExportPiece } from '../export/export-capture.ts';
import type { EventIndex } from '../index/event-index.ts';
import { LONGEST_FRAME } from '../sse/frame.ts';
import { decodeUtf8, encodeUtf8 } from '../text.ts';
import { edited, orderedEdits, type TextEdit } from './edits.ts';
import { frameEdits } from './frame-edits.ts';
import { type Fragment, type LaneSpans, spansOfFragments } from './lane-spans.ts';
import { logprobEdits } from './logprob-edits.ts';
import { jsonEdits, looksLikeJson, textEdits } from './redact-text.ts';
import type { Segment } from './segments.ts';
import type { StruckList } from './struck.ts';
import { RedactedPieces } from './redacted-pieces.ts';
import type { TextMatcher } from './text-matcher.ts';

/** Members that name or describe: where one says what a text says, it is not the text. */
const DESCRIBING: ReadonlySet<string> = new Set(
  ['id', 'name', 'type', 'role', 'model', 'object', 'event', 'finish_reason', 'stop_reason'].concat(
    ['status', 'created_at', 'modelVersion'],
  ),
);

export interface BodyRedaction {
  index: EventIndex;
  matcher: TextMatcher;
  lanes: LaneSpans;
}

/** The body of a capture, less what is struck out of it, in its chunks. @param list null: nobody asks what it was */
export async function* redactedBody(
  capture: ExportCapture,
  redaction: BodyRedaction,
  list: StruckList | null,
): AsyncGenerator<readonly ExportPiece[]> {
  const pieces = new RedactedPieces(redaction.index, (segment) =>
    segmentBytes(segment, redaction, list),
  );
  for await (const some of capture.pieces()) {
    const done = pieces.push(some);
    if (done.length > 0) yield done;
  }
  const rest = pieces.end();
  if (rest.length > 0) yield rest;
}

/** What stands in the place of a segment, and what of it changed; null where nothing did. */
export interface Changed {
  bytes: Uint8Array;
  edits: readonly { start: number; end: number; length: number }[];
}

function segmentBytes(
  { seq, bytes }: Segment,
  redaction: BodyRedaction,
  list: StruckList | null,
): Changed | null {
  if (bytes.length > LONGEST_FRAME) return starredOut(bytes, list);
  const text = decodeUtf8(bytes);
  const edits = orderedEdits(segmentEdits(text, seq, redaction, list));
  if (edits.length === 0) return null;
  return { bytes: encodeUtf8(edited(text, edits)), edits: byteEdits(text, edits) };
}

/** The edits of one segment. */
export function segmentEdits(
  text: string,
  seq: number | null,
  { index, matcher, lanes }: BodyRedaction,
  list: StruckList | null,
): TextEdit[] {
  const fragments = seq === null ? [] : lanes.fragmentsOf(seq);
  const place = seq === null ? 'body' : `event ${seq}`;
  const onStruck = (of: Parameters<StruckList['add']>[0], pointer: string, original: string) =>
    list?.add(of, `${place} ${pointer}`.trim(), seq, original);
  const data = (json: string): TextEdit[] => {
    if (!looksLikeJson(json))
      return withFragments(json, fragments, textEdits(json, matcher, onStruck));
    const also = (value: string, name: string) =>
      DESCRIBING.has(name) ? [] : spansOfFragments(fragments, value);
    return [
      ...logprobEdits(json, matcher, fragments),
      ...jsonEdits(json, { matcher, where: 'event', onStruck, also }),
    ];
  };
  const rest = (line: string) => textEdits(line, matcher, onStruck);
  // What holds no event is no stream: an error's page, one JSON over several lines.
  const framing = index.count === 0 ? 'array' : index.framing;
  return frameEdits(text, { framing, data, rest });
}

/** Data that is a text itself. */
function withFragments(
  text: string,
  fragments: readonly Fragment[],
  edits: TextEdit[],
): TextEdit[] {
  const added = spansOfFragments(fragments, text);
  return [
    ...edits,
    ...added.map(({ from, to }) => ({ start: from, end: to, text: '*'.repeat(to - from) })),
  ];
}

/** A frame that is too long to be read is no secret's hiding place: only its line ends stay. */
function starredOut(bytes: Uint8Array, list: StruckList | null): Changed {
  const remark = 'A frame of more than 64 MiB can not be looked at: all of it is asterisks.';
  if (list && !list.remarks.includes(remark)) list.remarks.push(remark);
  return {
    bytes: bytes.map((byte) => (byte === 10 || byte === 13 ? byte : 42)),
    edits: [],
  };
}

/** The same edits counted in bytes of UTF-8. */
function byteEdits(text: string, edits: readonly TextEdit[]): Changed['edits'] {
  let at = 0;
  let bytes = 0;
  const upTo = (offset: number) => {
    bytes += encodeUtf8(text.slice(at, offset)).length;
    at = offset;
    return bytes;
  };
  return edits.map(({ start, end, text: put }) => ({
    start: upTo(start),
    end: upTo(end),
    length: encodeUtf8(put).length,
  }));
}
