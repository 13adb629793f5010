import { chat } from '../../../src-core/dialects/chat/chat.ts';
import { objectsOf } from '../../../src-core/dialects/facts.ts';
import { isObject, type JsonObject, parseJson, stringOf } from '../../../src-core/json.ts';
import { IndexedStream } from '../../../src-core/testing/indexed-stream.ts';
import { dialectEvents, reduced } from '../../../src-core/testing/reduced.ts';

/** What every client tells of a response, whatever it calls it. */
export interface Told {
  text: string;
  /** Calls of functions that the client itself has to answer. */
  calls: [name: string, args: unknown][];
  /** Null where none was told. */
  input: number | null;
  output: number | null;
}

/** What the reduced snapshot after the last event of a Responses stream tells. */
export function toldByResponse(bytes: Uint8Array): Told {
  const stream = new IndexedStream(bytes);
  const response = stream.snapshots().at(stream.index.count - 1);
  const items = objectsOf(response?.output);
  const parts = items
    .filter(({ type }) => type === 'message')
    .flatMap(({ content }) => objectsOf(content));
  const texts = parts.filter(({ type }) => type === 'output_text');
  const usage = isObject(response?.usage) ? response.usage : {};
  return {
    text: texts.map(({ text }) => stringOf(text)).join(''),
    calls: items.filter(({ type }) => type === 'function_call').map(callOf),
    input: numberOf(usage.input_tokens),
    output: numberOf(usage.output_tokens),
  };
}

/** What the reduced completion of a chat stream tells of its first choice. */
export function toldByCompletion(name: string, bytes: Uint8Array): Told {
  const { root } = reduced(chat, dialectEvents(name, bytes)).state;
  const message = objectsOf(root?.choices)[0]?.message;
  const { content, tool_calls: calls } = isObject(message) ? message : ({} as JsonObject);
  const usage = chat.usage(root);
  return {
    text: stringOf(content),
    calls: objectsOf(calls).map((call) => callOf(isObject(call.function) ? call.function : {})),
    input: usage?.input ?? null,
    output: usage?.output ?? null,
  };
}

function callOf({ name, arguments: args }: JsonObject): [string, unknown] {
  return [stringOf(name), parseJson(stringOf(args))];
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
