import type { DialectId, Framing } from '../../src-core/dialects/dialect.ts';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import type { EventRow } from '../stream/event-row.ts';
import { frameFields } from './frame-fields.ts';
import type { Losses } from './losses.ts';

/** Protocols whose frames have the event's type as their name. */
const NAMED: ReadonlySet<DialectId> = new Set(['responses', 'messages']);

/** An event of JSON lines or a JSON array as the frame that its server would have sent. */
export function frameText({ dialect, data }: EventRow): string {
  const value = parseJson(data);
  const type = isObject(value) && NAMED.has(dialect) ? stringOf(value.type) : '';
  const name = type === '' || /[\r\n]/.test(type) ? '' : `event: ${type}\n`;
  return `${name}data: ${value === undefined ? data.replace(/\r\n|\n|\r/g, '\ndata: ') : oneLine(data)}\n\n`;
}

/**
 * An event as a line of JSON; null where its data is none, which is counted.
 * @param frame its bytes
 */
export function lineText(
  { data }: EventRow,
  framing: Framing,
  frame: Uint8Array,
  losses: Losses,
): string | null {
  const value = parseJson(data);
  if (framing === 'sse') {
    const { name, hasId, hasRetry } = frameFields(frame);
    // A name that the data repeats is not lost.
    const isRepeated = isObject(value) && value.type === name;
    if (name !== '' && !isRepeated && value !== undefined) losses.count('event names');
    if (hasId) losses.count('event ids');
    if (hasRetry) losses.count('reconnection times');
  }
  if (value === undefined) {
    losses.count(data === '[DONE]' ? '[DONE] marks' : 'events whose data is not JSON');
    return null;
  }
  return `${oneLine(data)}\n`;
}

/** A JSON text without line ends, which stand between its tokens only. */
function oneLine(json: string): string {
  return json.replace(/\r\n|\n|\r/g, ' ').trim();
}
