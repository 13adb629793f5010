import { isObject, type JsonValue } from '../../json.ts';
import { summaryOf } from '../../summary.ts';
import type { Dialect } from '../dialect.ts';

/** Any event stream at all: events and their data, and nothing that they add up to. */
export const plain: Dialect = {
  id: 'plain',
  title: 'Plain events',
  recognise: () => 0,
  typeOf: ownType,
  kindOf: () => 'other',
  summary: summaryOf,
  reduce: () => {},
  usage: () => null,
  itemOf: () => null,
};

/** The type that the data names, else `[DONE]`, else the frame's event name, which is `message` by default. */
export function ownType(value: JsonValue | undefined, name: string, text: string): string {
  if (isObject(value) && typeof value.type === 'string') return value.type;
  return text === '[DONE]' ? text : name || 'message';
}
