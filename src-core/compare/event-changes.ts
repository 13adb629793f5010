import { dialectOf } from '../dialects/dialects.ts';
import type { JsonChange, JsonDifference } from '../diff-json.ts';
import { jsonText, type JsonValue, parseJson } from '../json.ts';
import { shownText } from '../shown-name.ts';
import type { ComparedStream } from './event-keys.ts';
import { diffObjects } from './output.ts';

/** Changes that are kept of an event; all are counted. */
export const LISTED_CHANGES = 8;
/** Longer data, in UTF-16 units, is not looked into for a row: that it changed is all that is said. */
const LONGEST_DATA = 262_144;
/** So much of an unchanged beginning of a text is shown. */
const KEPT = 12;

/**
 * Where the data of two events differs, without what differs in every run. Null where that says nothing more than the
 * events themselves: deltas, of which only the piece of text counts; or can't be told: no JSON, or too long.
 */
export function eventChanges(
  a: ComparedStream,
  seqA: number,
  b: ComparedStream,
  seqB: number,
): JsonDifference | null {
  const [one, other] = [valueOf(a, seqA), valueOf(b, seqB)];
  if (!one || !other || (one.isDelta && other.isDelta)) return null;
  return diffObjects(one.value, other.value, false, LISTED_CHANGES);
}

function valueOf(
  stream: ComparedStream,
  seq: number,
): { value: JsonValue; isDelta: boolean } | null {
  const { index } = stream;
  const data = stream.dataText(seq);
  const value = data.length > LONGEST_DATA ? undefined : parseJson(data);
  if (value === undefined) return null;
  const { delta } = dialectOf(index.dialect).summary(index.typeOf(seq), data, value);
  return { value, isDelta: delta !== null };
}

/**
 * A change on one line: `/max_output_tokens 100 → null`. Texts are shown from where they part.
 * @param room characters of each value
 */
export function changeWords(change: JsonChange, room: number): string {
  const pointer = shownText(change.pointer || '(all of it)');
  if (change.kind === 'added') return `${pointer} added ${valueText(change.after, 0, room)}`;
  if (change.kind === 'removed') return `${pointer} removed ${valueText(change.before, 0, room)}`;
  const { before, after } = change;
  let same = 0;
  if (typeof before === 'string' && typeof after === 'string')
    while (same < before.length && before[same] === after[same]) same++;
  const from = Math.max(0, same - KEPT);
  return `${pointer} ${valueText(before, from, room)} → ${valueText(after, from, room)}`;
}

function valueText(value: JsonValue, from: number, room: number): string {
  const shown =
    typeof value === 'string' && from > 0
      ? JSON.stringify(`…${value.slice(from)}`)
      : (jsonText(value) ?? '(nested too deeply)');
  const text = shownText(shown);
  return text.length > room ? `${text.slice(0, room)}…` : text;
}

/** The first changes on one line, and how many more there are. */
export function changesLine({ changes, count }: JsonDifference, most = 2, room = 32): string {
  const said = changes.slice(0, most).map((change) => changeWords(change, room));
  if (count > most) said.push(`${count - most} more`);
  return said.join(', ');
}
