import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { EditableStream, Piece } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';

const choicesOf = (value: JsonObject): JsonObject[] =>
  Array.isArray(value.choices) ? value.choices.filter(isObject) : [];
const choiceOf = (value: JsonObject): JsonObject => choicesOf(value)[0] ?? {};
const deltaOf = (value: JsonObject): JsonObject => {
  const { delta } = choiceOf(value);
  return isObject(delta) ? delta : {};
};
const callOf = (value: JsonObject): JsonObject | null => {
  const calls = deltaOf(value).tool_calls;
  const call: unknown = Array.isArray(calls) ? calls[0] : null;
  return isObject(call) ? call : null;
};
const argumentsOf = (value: JsonObject): string => {
  const inner = callOf(value)?.function;
  return isObject(inner) ? stringOf(inner.arguments) : '';
};

/** Azure's first frame is about the prompt, and names nothing. */
const isChunk = ({ value }: Piece): boolean =>
  'choices' in value && !('prompt_filter_results' in value);
const chunks = (stream: EditableStream): number[] => stream.where(isChunk);
const later = (stream: EditableStream): number[] => chunks(stream).slice(1);
const finishes = (stream: EditableStream): number[] =>
  stream.where(({ value }) => stringOf(choiceOf(value).finish_reason) !== '');
const isOver = (stream: EditableStream): boolean => finishes(stream).length === 1;
const calls = (stream: EditableStream): number[] =>
  stream.where(({ value }) => callOf(value) !== null);
const begins = (stream: EditableStream): number[] =>
  calls(stream).filter((at) => stringOf(callOf(stream.value(at))!.id) !== '');
const usages = (stream: EditableStream): number[] =>
  stream.where(({ value }) => isObject(value.usage) && choicesOf(value).length === 0);
const failed = (stream: EditableStream): number[] => stream.where(({ value }) => 'error' in value);
const isDone = (stream: EditableStream): boolean =>
  stream.count > 0 && !isChunk(stream.at(stream.count - 1)) && failed(stream).length === 0;

/** A chunk that says nothing, of the same completion. */
function emptyChunk(stream: EditableStream): JsonObject {
  const { id, object, created, model } = stream.value(chunks(stream)[0]!);
  return { id: id!, object: object!, created: created!, model: model!, choices: [] };
}

export const chatMutators: Mutator[] = [
  {
    rule: 'C1',
    does: 'a chunk names another object',
    places: chunks,
    apply(stream, at) {
      stream.edit(at, (value) => (value.object = 'chat.chunk'));
      return at;
    },
  },
  {
    rule: 'C2',
    does: 'the id changes',
    places: later,
    apply(stream, at) {
      stream.edit(at, (value) => (value.id = 'chatcmpl-other'));
      return at;
    },
  },
  {
    rule: 'C2',
    does: 'the time changes',
    places: later,
    apply(stream, at) {
      stream.edit(at, (value) => (value.created = 7));
      return at;
    },
  },
  {
    rule: 'C3',
    does: 'no finish_reason comes before [DONE]',
    places: (stream) => (isOver(stream) && isDone(stream) ? finishes(stream) : []),
    apply(stream, at) {
      stream.edit(at, (value) => (choiceOf(value).finish_reason = null));
      return stream.count - 1;
    },
  },
  {
    rule: 'C4',
    does: 'text follows the finish_reason',
    places: (stream) => (isOver(stream) ? finishes(stream) : []),
    apply(stream, at) {
      const choice = { index: 0, delta: { content: 'more' }, finish_reason: null };
      stream.insert(at + 1, { ...emptyChunk(stream), choices: [choice] });
      return at + 1;
    },
  },
  {
    rule: 'C5',
    does: '[DONE] is missing',
    places: (stream) => (isDone(stream) ? [stream.count - 1] : []),
    apply(stream, at) {
      stream.remove(at);
      return at - 1;
    },
  },
  {
    rule: 'C5',
    does: 'a chunk follows [DONE]',
    places: (stream) => (isDone(stream) ? [stream.count] : []),
    apply(stream, at) {
      stream.insert(at, emptyChunk(stream));
      return at;
    },
  },
  {
    rule: 'C6',
    does: 'the usage comes twice',
    places: usages,
    apply(stream, at) {
      stream.insert(at, stream.value(at));
      return at + 1;
    },
  },
  {
    rule: 'C6',
    does: 'the usage comes with the finish_reason',
    places: (stream) => (isOver(stream) ? usages(stream) : []),
    apply(stream, at) {
      const [finish] = finishes(stream);
      const { usage } = stream.value(at);
      stream.edit(finish!, (value) => (value.usage = usage!));
      stream.remove(at);
      return finish!;
    },
  },
  {
    rule: 'C7',
    does: 'a fragment of a call has no index',
    places: (stream) => calls(stream).filter((at) => !begins(stream).includes(at)),
    apply(stream, at) {
      stream.edit(at, (value) => delete callOf(value)!.index);
      return at;
    },
  },
  {
    rule: 'C7',
    does: 'a call begins without its id',
    places: begins,
    apply(stream, at) {
      stream.edit(at, (value) => delete callOf(value)!.id);
      return at;
    },
  },
  {
    rule: 'C7',
    does: 'a call begins without its name',
    places: begins,
    apply(stream, at) {
      stream.edit(at, (value) => delete (callOf(value)!.function as JsonObject).name);
      return at;
    },
  },
  {
    rule: 'C7',
    does: 'an index leaves a gap',
    places: (stream) => begins(stream).slice(-1),
    apply(stream, at) {
      const { index } = callOf(stream.value(at))!;
      for (const seq of calls(stream))
        if (callOf(stream.value(seq))!.index === index)
          stream.edit(seq, (value) => (callOf(value)!.index = Number(index) + 3));
      return at;
    },
  },
  {
    rule: 'C7',
    does: 'two calls have one index',
    places: (stream) => begins(stream).filter((at) => callOf(stream.value(at))!.index === 1),
    apply(stream, at) {
      for (const seq of calls(stream))
        if (callOf(stream.value(seq))!.index === 1)
          stream.edit(seq, (value) => (callOf(value)!.index = 0));
      return at;
    },
  },
  {
    rule: 'C8',
    does: 'the end of the arguments is lost',
    places: (stream) =>
      isOver(stream)
        ? calls(stream)
            .filter((at) => argumentsOf(stream.value(at)).includes('}'))
            .slice(-1)
        : [],
    apply(stream, at) {
      stream.edit(at, (value) => {
        (callOf(value)!.function as JsonObject).arguments = argumentsOf(value).replace('}', '');
      });
      return finishes(stream)[0]!;
    },
  },
  {
    rule: 'C9',
    does: 'a chunk follows an error',
    places: failed,
    apply(stream, at) {
      stream.insert(at + 1, emptyChunk(stream));
      return at + 1;
    },
  },
  {
    rule: 'C10',
    does: 'the role is missing',
    places: (stream) =>
      stream
        .where(({ value }) => 'role' in deltaOf(value) && 'content' in deltaOf(value))
        .slice(0, 1),
    apply(stream, at) {
      stream.edit(at, (value) => delete deltaOf(value).role);
      return at;
    },
  },
  {
    rule: 'C11',
    does: 'a chunk has no choices',
    places: usages,
    apply(stream, at) {
      stream.edit(at, (value) => delete value.choices);
      return at;
    },
  },
  {
    rule: 'C12',
    does: 'a choice ends for another reason',
    places: (stream) => (isOver(stream) ? finishes(stream) : []),
    apply(stream, at) {
      stream.edit(at, (value) => (choiceOf(value).finish_reason = 'eos'));
      return at;
    },
  },
  {
    rule: 'C13',
    does: 'a choice has no index',
    places: (stream) => stream.where(({ value }) => choicesOf(value).length > 0),
    apply(stream, at) {
      stream.edit(at, (value) => delete choiceOf(value).index);
      return at;
    },
  },
  {
    rule: 'C14',
    does: 'the message so far stands beside the delta',
    places: (stream) => stream.where(({ value }) => choicesOf(value).length > 0),
    apply(stream, at) {
      stream.edit(at, (value) => (choiceOf(value).message = { role: 'assistant', content: 'x' }));
      return at;
    },
  },
  {
    rule: 'C15',
    does: 'the content is a list of parts',
    places: (stream) => stream.where(({ value }) => stringOf(deltaOf(value).content) !== ''),
    apply(stream, at) {
      stream.edit(at, (value) => {
        const delta = deltaOf(value);
        delta.content = [{ type: 'text', text: stringOf(delta.content) }];
      });
      return at;
    },
  },
];
