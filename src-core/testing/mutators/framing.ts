import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';
import { ofType } from './stream-facts.ts';

const numbered = (stream: EditableStream): number[] =>
  stream.where(({ value }) => typeof value.sequence_number === 'number');
const named = (stream: EditableStream): number[] =>
  stream.where(({ name, type }) => name !== '' && name === type);
/** From the second numbered event on, where all are. */
const afterFirst = (stream: EditableStream): number[] =>
  numbered(stream).length === stream.count ? numbered(stream).slice(1) : [];

function renumberFrom(stream: EditableStream, at: number, by: number): void {
  for (let seq = at; seq < stream.count; seq++) {
    stream.setNumber(seq, Number(stream.value(seq).sequence_number) + by);
  }
}

export const framingMutators: Mutator[] = [
  {
    rule: 'F1',
    does: 'the frame has the name of another event',
    places: named,
    apply(stream, at) {
      const other =
        stream.type(at) === 'response.refusal.done' ? 'keepalive' : 'response.refusal.done';
      stream.write(at, stream.frameText(at).replace(/^event: .*$/m, `event: ${other}`));
      return at;
    },
  },
  {
    rule: 'F2',
    does: 'a frame has an id',
    places: (stream) => stream.where(({ type }) => type !== ''),
    apply(stream, at) {
      stream.write(at, `id: ${at}\n${stream.frameText(at)}`);
      return at;
    },
  },
  {
    rule: 'F3',
    does: 'an event has no number',
    places: numbered,
    apply(stream, at) {
      stream.edit(at, (value) => delete value.sequence_number);
      return at;
    },
  },
  {
    rule: 'F3',
    does: 'the number is a text',
    places: numbered,
    apply(stream, at) {
      stream.edit(at, (value) => (value.sequence_number = String(value.sequence_number)));
      return at;
    },
  },
  {
    rule: 'F3',
    does: 'the number has a fraction',
    places: numbered,
    apply(stream, at) {
      stream.edit(at, (value) => (value.sequence_number = Number(value.sequence_number) + 0.5));
      return at;
    },
  },
  {
    rule: 'F4',
    does: 'a number is left out',
    places: afterFirst,
    apply(stream, at) {
      renumberFrom(stream, at, 1);
      return at;
    },
  },
  {
    rule: 'F4',
    does: 'a number comes twice',
    places: afterFirst,
    apply(stream, at) {
      renumberFrom(stream, at, -1);
      return at;
    },
  },
  {
    rule: 'F4',
    does: 'the numbers begin at 1',
    places: (stream) => (stream.value(0).sequence_number === 0 ? [0] : []),
    apply(stream) {
      renumberFrom(stream, 0, 1);
      return 0;
    },
  },
  {
    rule: 'F4',
    does: 'two events trade their numbers',
    places: (stream) => afterFirst(stream).slice(0, -1),
    apply(stream, at) {
      renumberFrom(stream, at, 1);
      renumberFrom(stream, at + 1, -1);
      stream.setNumber(at + 1, Number(stream.value(at + 1).sequence_number) - 1);
      if (at + 2 < stream.count) renumberFrom(stream, at + 2, 0);
      return at;
    },
    more: 2,
  },
  {
    rule: 'F5',
    does: 'the stream goes on behind the event that was asked for',
    places: (stream) =>
      ofType(stream, 'response.created').length === 0 && stream.value(0).sequence_number === 1
        ? [0]
        : [],
    apply(stream) {
      renumberFrom(stream, 0, 1);
      return 0;
    },
    request: {
      url: 'https://api.openai.com/v1/responses/resp_1?stream=true&starting_after=0',
      body: '',
    },
  },
];
