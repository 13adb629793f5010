import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';

const objectIn = (value: JsonObject, name: string): JsonObject => {
  const inner = value[name];
  return isObject(inner) ? inner : {};
};
const ofType = (stream: EditableStream, type: string): number[] =>
  stream.where((piece) => piece.type === type);
const deltas = (stream: EditableStream, type: string): number[] =>
  stream.where(({ value }) => objectIn(value, 'delta').type === type);
const stopOf = (stream: EditableStream, at: number): number =>
  stream.pieces.findIndex(
    ({ type, value }, seq) =>
      seq > at && type === 'content_block_stop' && value.index === stream.value(at).index,
  );
const failed = (stream: EditableStream): number[] => ofType(stream, 'error');
const starts = (stream: EditableStream): number[] => ofType(stream, 'content_block_start');
const ends = (stream: EditableStream): number[] => ofType(stream, 'message_delta');

export const messagesMutators: Mutator[] = [
  {
    rule: 'A1',
    does: 'message_start is missing',
    places: (stream) => (failed(stream).length === 0 ? ofType(stream, 'message_start') : []),
    apply(stream, at) {
      stream.remove(at);
      return stream.pieces.findIndex(({ type }) => type !== 'ping');
    },
  },
  {
    rule: 'A1',
    does: 'message_start comes again',
    places: ends,
    apply(stream, at) {
      stream.insert(at, stream.value(0));
      return at;
    },
  },
  {
    rule: 'A2',
    does: 'an index is left out',
    places: (stream) => starts(stream).slice(-1),
    apply(stream, at) {
      const { index } = stream.value(at);
      for (const seq of stream.where(({ value }) => value.index === index))
        stream.edit(seq, (value) => (value.index = Number(index) + 1));
      return at;
    },
  },
  {
    rule: 'A3',
    does: 'a block is not closed before the next',
    places: (stream) => starts(stream).slice(0, -1),
    apply(stream, at) {
      stream.remove(stopOf(stream, at));
      return starts(stream).find((seq) => seq > at)!;
    },
  },
  {
    rule: 'A3',
    does: 'the last block is not closed',
    places: (stream) => (ends(stream).length === 1 ? starts(stream).slice(-1) : []),
    apply(stream, at) {
      stream.remove(stopOf(stream, at));
      return ends(stream)[0]!;
    },
  },
  {
    rule: 'A4',
    does: 'a delta comes after the stop of its block',
    places: (stream) =>
      deltas(stream, 'text_delta').filter((at) => stream.type(at + 1) === 'content_block_stop'),
    apply(stream, at) {
      stream.move(at, at + 1);
      return at + 1;
    },
  },
  {
    rule: 'A4',
    does: 'a block is closed twice',
    places: (stream) => ofType(stream, 'content_block_stop'),
    apply(stream, at) {
      stream.insert(at + 1, stream.value(at));
      return at + 1;
    },
  },
  {
    rule: 'A5',
    does: 'text comes for a block of thinking',
    places: (stream) => deltas(stream, 'thinking_delta'),
    apply(stream, at) {
      stream.edit(at, (value) => (value.delta = { type: 'text_delta', text: 'x' }));
      return at;
    },
  },
  {
    rule: 'A6',
    does: 'no stop_reason comes',
    places: (stream) => (ends(stream).length === 1 ? ends(stream) : []),
    apply(stream, at) {
      stream.edit(at, (value) => (objectIn(value, 'delta').stop_reason = null));
      return ofType(stream, 'message_stop')[0]!;
    },
  },
  {
    rule: 'A7',
    does: 'message_stop is missing',
    places: (stream) => ofType(stream, 'message_stop'),
    apply(stream, at) {
      stream.remove(at);
      return stream.count - 1;
    },
  },
  {
    rule: 'A7',
    does: 'an event follows message_stop',
    places: (stream) => ofType(stream, 'message_stop'),
    apply(stream, at) {
      stream.insert(at + 1, { type: 'weather' });
      return at + 1;
    },
  },
  {
    rule: 'A7',
    does: '[DONE] follows',
    places: (stream) => ofType(stream, 'message_stop'),
    apply(stream) {
      stream.append('data: [DONE]\n\n');
      return stream.count;
    },
  },
  {
    rule: 'A8',
    does: 'the end of the input is lost',
    places: (stream) =>
      deltas(stream, 'input_json_delta').filter((at) => {
        const next = stream.type(at + 1);
        const text = stringOf(objectIn(stream.value(at), 'delta').partial_json);
        return next === 'content_block_stop' && text !== '';
      }),
    apply(stream, at) {
      stream.edit(at, (value) => (objectIn(value, 'delta').partial_json = ''));
      return at + 1;
    },
  },
  {
    rule: 'A9',
    does: 'the output shrinks',
    places: ends,
    apply(stream, at) {
      stream.edit(at, (value) => (objectIn(value, 'usage').output_tokens = 0));
      return at;
    },
  },
  {
    rule: 'A10',
    does: 'the signature is missing',
    places: (stream) => deltas(stream, 'signature_delta'),
    apply(stream, at) {
      stream.remove(at);
      return at;
    },
  },
  {
    rule: 'A11',
    does: 'the message begins with its end',
    places: (stream) => ofType(stream, 'message_start'),
    apply(stream, at) {
      stream.edit(at, (value) => (objectIn(value, 'message').stop_reason = 'end_turn'));
      return at;
    },
  },
  {
    rule: 'A12',
    does: 'the message ends for another reason',
    places: ends,
    apply(stream, at) {
      stream.edit(at, (value) => (objectIn(value, 'delta').stop_reason = 'tired'));
      return at;
    },
  },
  {
    rule: 'A13',
    does: 'an event follows an error',
    places: failed,
    apply(stream, at) {
      stream.insert(at + 1, { type: 'weather' });
      return at + 1;
    },
  },
  {
    rule: 'A14',
    does: 'the frame has another name',
    places: (stream) =>
      stream.where(({ name, type }) => name === type && type !== 'ping' && type !== 'error'),
    apply(stream, at) {
      stream.write(at, stream.frameText(at).replace(/^event: .*$/m, 'event: weather'));
      return at;
    },
  },
];
