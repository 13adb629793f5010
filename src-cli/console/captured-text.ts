import type { JsonValue } from '../../src-core/json.ts';
import { InputError } from '../failure.ts';

/** Controls but for tabs and line feeds: to a terminal they are commands. */
// eslint-disable-next-line no-control-regex
const COMMANDS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Controls that JSON lets stand as they are. */
const LEFT_BY_JSON = /[\u007f-\u009f]/g;

/** A text of a capture for a terminal: what could move its cursor or set its title is written as JSON escapes. */
export function forTerminal(text: string): string {
  return text.replace(COMMANDS, escaped);
}

/**
 * A value of a capture as JSON in which no control character stands as it is.
 * @throws InputError for one that is nested beyond what can be written
 */
export function capturedJson(name: string, value: JsonValue | object, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent).replace(LEFT_BY_JSON, escaped);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(
      `${name} holds a value that is nested too deeply to be written.`,
      'deltascope inspect --format jsonl has the events as they came.',
    );
  }
}

function escaped(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
