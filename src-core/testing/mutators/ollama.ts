import { isObject, type JsonObject } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';

const callOf = (value: JsonObject): JsonObject | null => {
  const calls = isObject(value.message) ? value.message.tool_calls : undefined;
  const call: unknown = Array.isArray(calls) ? calls[0] : undefined;
  return isObject(call) && isObject(call.function) ? call.function : null;
};
const lines = (stream: EditableStream): number[] =>
  stream.where(({ value }) => typeof value.done === 'boolean');
const last = (stream: EditableStream): number[] => stream.where(({ value }) => value.done === true);
const between = (stream: EditableStream): number[] =>
  lines(stream).filter((at) => at > 0 && stream.value(at).done === false);

export const ollamaMutators: Mutator[] = [
  {
    rule: 'O1',
    does: 'the done line is missing',
    places: last,
    apply(stream, at) {
      stream.remove(at);
      return stream.count - 1;
    },
  },
  {
    rule: 'O1',
    does: 'a line follows the done line',
    places: last,
    apply(stream, at) {
      stream.insert(at + 1, stream.value(0));
      return at + 1;
    },
  },
  ...(['created_at', 'model'] as const).map((name): Mutator => ({
    rule: 'O2',
    does: `a line has no ${name}`,
    places: between,
    apply(stream, at) {
      stream.edit(at, (value) => delete value[name]);
      return at;
    },
  })),
  {
    rule: 'O3',
    does: 'the model changes',
    places: between,
    apply(stream, at) {
      stream.edit(at, (value) => (value.model = 'other'));
      return at;
    },
  },
  {
    rule: 'O4',
    does: 'a line of chat is one of generate',
    places: (stream) => between(stream).filter((at) => 'message' in stream.value(at)),
    apply(stream, at) {
      stream.edit(at, (value) => {
        delete value.message;
        value.response = 'x';
      });
      return at;
    },
  },
  {
    rule: 'O4',
    does: 'a line of generate is one of chat',
    places: (stream) => between(stream).filter((at) => 'response' in stream.value(at)),
    apply(stream, at) {
      stream.edit(at, (value) => {
        delete value.response;
        value.message = { role: 'assistant', content: 'x' };
      });
      return at;
    },
  },
  {
    rule: 'O5',
    does: 'the arguments are a text',
    places: (stream) => stream.where(({ value }) => callOf(value) !== null),
    apply(stream, at) {
      stream.edit(at, (value) => (callOf(value)!.arguments = '{}'));
      return at;
    },
  },
  {
    rule: 'O6',
    does: 'the done line does not tell why',
    places: last,
    apply(stream, at) {
      stream.edit(at, (value) => delete value.done_reason);
      return at;
    },
  },
  {
    rule: 'O7',
    does: 'the whole takes less time than its parts',
    places: (stream) => last(stream).filter((at) => 'eval_duration' in stream.value(at)),
    apply(stream, at) {
      stream.edit(at, (value) => (value.total_duration = 1));
      return at;
    },
  },
];
