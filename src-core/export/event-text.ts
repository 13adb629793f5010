import type { DialectId, Framing } from '../dialects/dialect.ts';
import { isObject, parseJson, stringOf } from '../json.ts';
import { frameFields } from './frame-fields.ts';

/** Protocols whose frames have the event's type as their name. */
const NAMED: ReadonlySet<DialectId> = new Set(['responses', 'messages']);

/** What is needed of an event to write it. */
export interface WrittenEvent {
  /** What the stream speaks, as far as it was known then. */
  dialect: DialectId;
  data: string;
}

/** What JSON lines have no place for, in the plural. */
export type LostOfLine =
  | 'event names'
  | 'event ids'
  | 'reconnection times'
  | '[DONE] marks'
  | 'events whose data is not JSON';

/** An event of JSON lines or a JSON array as the frame that its server would have sent. */
export function frameText({ dialect, data }: WrittenEvent): string {
  const value = parseJson(data);
  const type = isObject(value) && NAMED.has(dialect) ? stringOf(value.type) : '';
  const name = type === '' || /[\r\n]/.test(type) ? '' : `event: ${type}\n`;
  return `${name}data: ${value === undefined ? data.replace(/\r\n|\n|\r/g, '\ndata: ') : oneLine(data)}\n\n`;
}

/**
 * The data of an event as a line of JSON; null where it is none.
 * @param frame its bytes
 * @param lost told what the line has no place for
 */
export function lineText(
  { data }: WrittenEvent,
  framing: Framing,
  frame: Uint8Array,
  lost: (what: LostOfLine) => void,
): string | null {
  const value = parseJson(data);
  if (framing === 'sse') {
    const { name, id, retry } = frameFields(frame);
    // A name that the data repeats is not lost.
    const isRepeated = isObject(value) && value.type === name;
    if (name !== '' && !isRepeated && value !== undefined) lost('event names');
    if (id !== null) lost('event ids');
    if (retry !== null) lost('reconnection times');
  }
  if (value === undefined) {
    lost(data === '[DONE]' ? '[DONE] marks' : 'events whose data is not JSON');
    return null;
  }
  return `${oneLine(data)}\n`;
}

/** A JSON text without line ends, which stand between its tokens only. */
export function oneLine(json: string): string {
  return json.replace(/\r\n|\n|\r/g, ' ').trim();
}
