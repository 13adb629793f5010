import { isObject, type JsonObject, type JsonValue } from '../../json.ts';
import { summaryOf } from '../../summary.ts';
import type { Dialect, ReduceState } from '../dialect.ts';
import { errorText } from '../facts.ts';
import { words } from '../line.ts';

/** Any event stream at all: events and their data, and nothing that they add up to but an error. */
export const plain: Dialect = {
  id: 'plain',
  title: 'Plain events',
  endsWith: '',
  recognise: () => 0,
  typeOf: ownTypeOrError,
  kindOf: (type) => (type === 'error' ? 'error' : 'other'),
  summary(type, data, value) {
    const error = isObject(value) ? errorOf(value, type) : null;
    return error === null ? summaryOf(type, data, value) : words(errorText(error));
  },
  reduce,
  usage: () => null,
  itemOf: () => null,
};

/** The type that the data names, else `[DONE]`, else the frame's event name, which is `message` by default. */
export function ownType(value: JsonValue | undefined, name: string, text: string): string {
  if (isObject(value) && typeof value.type === 'string') return value.type;
  return text === '[DONE]' ? text : name || 'message';
}

/** What says nothing but an error is one, whatever the dialect of the stream: servers have this in common. */
export function ownTypeOrError(value: JsonValue | undefined, name: string, text: string): string {
  const type = ownType(value, name, text);
  return type === 'message' && isObject(value) && errorOf(value, type) !== null ? 'error' : type;
}

/**
 * The error that an event of no known dialect reports, null where it reports none: `{"error": {...}}` as all
 * of the APIs answer, also without a stream, `{"error": "..."}` as Ollama does, or any event named `error`.
 */
export function errorOf(event: JsonObject, type: string): JsonValue | null {
  const { error } = event;
  if (typeof error === 'string' && error !== '') return error;
  if (isObject(error) && NAMES.some((name) => isSaid(error[name]))) return error;
  return type === 'error' ? event : null;
}

const NAMES = ['message', 'code', 'type', 'status'];

function isSaid(value: JsonValue | undefined): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** The other dialects do the same with an error, so that it stands where one of them is found later. */
function reduce(event: JsonObject, state: ReduceState, type: string): void {
  const error = errorOf(event, type);
  if (error === null) return;
  if (state.root === null) state.begin({ error });
  else state.set(['error'], error);
  state.end('failed', errorText(error));
}
