import type { Dialect } from '../dialects/dialect.ts';
import { isObject, type JsonValue, parseJson } from '../json.ts';
import { eventsOf } from './indexed-stream.ts';
import { PlainReduce } from './plain-reduce.ts';
import { recordings } from './recordings.ts';

/** An event, whatever framing brought it. */
export interface DialectEvent {
  value: JsonValue | undefined;
  name: string;
  data: string;
}

/** The events of a recording by its framing: event stream, JSON a line, or a JSON array. */
export function dialectEvents(name: string, bytes: Uint8Array): DialectEvent[] {
  if (name.endsWith('.sse'))
    return eventsOf(bytes).map(({ frame, data, value }) => ({ name: frame.name, data, value }));
  const text = new TextDecoder().decode(bytes);
  const texts = name.endsWith('.json')
    ? (JSON.parse(text) as JsonValue[]).map((value) => JSON.stringify(value))
    : text.split('\n').filter((line) => line.trim() !== '');
  return texts.map((data) => ({ name: '', data, value: parseJson(data) }));
}

/** What events amount to by a dialect, and the type of each. */
export function reduced(
  dialect: Dialect,
  events: readonly DialectEvent[],
): { state: PlainReduce; types: string[] } {
  const state = new PlainReduce();
  const types = events.map(({ value, name, data }) => {
    const type = dialect.typeOf(value, name, data);
    if (isObject(value)) dialect.reduce(value, state, type);
    return type;
  });
  return { state, types };
}

/** Objects as the events that brought them. */
export function eventsOfObjects(...objects: JsonValue[]): DialectEvent[] {
  return objects.map((value) => ({ name: '', data: JSON.stringify(value), value }));
}

/** The recordings whose path begins so, in any framing. */
export function recordingsIn(...folders: string[]): { name: string; bytes: Uint8Array }[] {
  return (['.sse', '.jsonl', '.ndjson', '.json'] as const)
    .flatMap((extension) => recordings(extension))
    .filter(({ name }) => folders.some((folder) => name.startsWith(folder)));
}

/** Events as an event stream, for clients that read nothing else. */
export function asEventStream(events: readonly DialectEvent[]): Uint8Array {
  const frames = events.map(({ value, data }) => {
    const type = isObject(value) && typeof value.type === 'string' ? value.type : '';
    return `${type && `event: ${type}\n`}data: ${data}\n\n`;
  });
  return new TextEncoder().encode(frames.join(''));
}
