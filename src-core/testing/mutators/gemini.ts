import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';

const candidateOf = (value: JsonObject): JsonObject => {
  const [candidate] = Array.isArray(value.candidates) ? value.candidates : [];
  return isObject(candidate) ? candidate : {};
};
const partOf = (value: JsonObject): JsonObject => {
  const { content } = candidateOf(value);
  const [part] = isObject(content) && Array.isArray(content.parts) ? content.parts : [];
  return isObject(part) ? part : {};
};
const usageOf = (value: JsonObject): JsonObject =>
  isObject(value.usageMetadata) ? value.usageMetadata : {};
const callOf = (value: JsonObject): JsonObject | null => {
  const { functionCall } = partOf(value);
  return isObject(functionCall) ? functionCall : null;
};
const finishes = (stream: EditableStream): number[] =>
  stream.where(({ value }) => stringOf(candidateOf(value).finishReason) !== '');
const calls = (stream: EditableStream): number[] =>
  stream.where(({ value }) => callOf(value) !== null);

export const geminiMutators: Mutator[] = [
  {
    rule: 'G1',
    does: 'no finishReason comes',
    places: finishes,
    apply(stream, at) {
      stream.edit(at, (value) => delete candidateOf(value).finishReason);
      return stream.count - 1;
    },
  },
  {
    rule: 'G2',
    does: 'a frame follows the finishReason',
    places: finishes,
    apply(stream, at) {
      stream.insert(at + 1, stream.value(at));
      return at + 1;
    },
  },
  ...(['responseId', 'modelVersion'] as const).map((name): Mutator => ({
    rule: 'G3',
    does: `the ${name} changes`,
    places: (stream) => stream.where(({ value }, seq) => seq > 0 && name in value),
    apply(stream, at) {
      stream.edit(at, (value) => (value[name] = 'other'));
      return at;
    },
  })),
  {
    rule: 'G4',
    does: 'the total is one more than its parts',
    places: (stream) =>
      stream.where(({ value }) => typeof usageOf(value).totalTokenCount === 'number'),
    apply(stream, at) {
      stream.edit(at, (value) => {
        const usage = usageOf(value);
        usage.totalTokenCount = Number(usage.totalTokenCount) + 1;
      });
      return at;
    },
  },
  {
    rule: 'G5',
    does: 'a candidate follows a blocked prompt',
    places: (stream) => stream.where(({ value }) => isObject(value.promptFeedback)),
    apply(stream, at) {
      const content = { role: 'model', parts: [{ text: 'x' }] };
      stream.insert(at + 1, { candidates: [{ content, finishReason: 'STOP' }] });
      return at + 1;
    },
  },
  {
    rule: 'G6',
    does: 'a part holds a text and an image',
    places: (stream) => stream.where(({ value }) => 'text' in partOf(value)),
    apply(stream, at) {
      const image = { mimeType: 'image/png', data: 'AA==' };
      stream.edit(at, (value) => (partOf(value).inlineData = image));
      return at;
    },
  },
  {
    rule: 'G7',
    does: 'a call has no name',
    places: calls,
    apply(stream, at) {
      stream.edit(at, (value) => delete callOf(value)!.name);
      return at;
    },
  },
  {
    rule: 'G7',
    does: 'the arguments are a text',
    places: calls,
    apply(stream, at) {
      stream.edit(at, (value) => {
        const call = callOf(value)!;
        call.args = JSON.stringify(call.args);
      });
      return at;
    },
  },
  {
    rule: 'G8',
    does: 'a call that will continue does not',
    places: calls,
    apply(stream, at) {
      stream.edit(at, (value) => (callOf(value)!.willContinue = true));
      return finishes(stream)[0]!;
    },
  },
  {
    rule: 'G9',
    does: '[DONE] follows',
    places: finishes,
    apply(stream) {
      stream.append('data: [DONE]\n\n');
      return stream.count;
    },
  },
];
