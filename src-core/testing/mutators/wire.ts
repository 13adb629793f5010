import type { JsonObject } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';
import { endStatus, terminalOf } from './stream-facts.ts';

const encoder = new TextEncoder();

const events = (stream: EditableStream): number[] => stream.where(({ type }) => type !== '');
const first = (stream: EditableStream): number[] => events(stream).slice(0, 1);
/** Where an event can be put without breaking something: not between an error and its end. */
const between = (stream: EditableStream): number[] =>
  events(stream).filter((seq) => seq > 1 && stream.type(seq - 1) !== 'error');
const last = (stream: EditableStream): number[] => events(stream).slice(-1);
/** Events whose data has a letter between quotes that nothing compares: their padding. */
const padded = (stream: EditableStream): number[] =>
  stream.where(({ value }) => typeof value.obfuscation === 'string' && value.obfuscation !== '');

/** A line before the ones that an event has. */
function extraLine(rule: string, does: string, line: string): Mutator {
  return {
    ...{ rule, does, places: events },
    apply(stream, at) {
      stream.write(at, `${line}\n${stream.frameText(at)}`);
      return at;
    },
  };
}

export const wireMutators: Mutator[] = [
  {
    rule: 'W1',
    does: 'the stream begins with a byte order mark',
    places: first,
    apply(stream, at) {
      stream.write(at, Uint8Array.of(0xef, 0xbb, 0xbf, ...stream.at(at).frame));
      return at;
    },
  },
  {
    rule: 'W2',
    does: 'the lines of a frame end with CRLF',
    places: events,
    apply(stream, at) {
      stream.write(at, stream.frameText(at).replaceAll('\n', '\r\n'));
      return at;
    },
  },
  {
    rule: 'W2',
    does: 'the lines of a frame end with CR',
    places: events,
    apply(stream, at) {
      stream.write(at, stream.frameText(at).replaceAll('\n', '\r'), '\r');
      return at;
    },
  },
  extraLine('W3', 'a frame has a line with an error', 'error: {"message":"gone"}'),
  extraLine('W3', 'a line has no colon', 'DONE'),
  extraLine('W3', 'a field has a space before its name', ' data: {}'),
  extraLine('W3', 'a field has capitals', 'Data: {}'),
  extraLine('W5', 'a retry has a unit', 'retry: 3s'),
  extraLine('W5', 'a retry is negative', 'retry: -1'),
  {
    rule: 'W6',
    does: 'an event has a name only',
    places: (stream) => events(stream).slice(1),
    apply(stream, at) {
      stream.write(at, `event: response.custom\n\n${stream.frameText(at)}`);
      return at;
    },
  },
  {
    rule: 'W4',
    does: 'an id has U+0000 in it',
    places: events,
    apply(stream, at) {
      stream.write(at, `id: a\0b\n${stream.frameText(at)}`);
      return at;
    },
  },
  {
    rule: 'W7',
    does: 'the stream ends inside a block',
    places: last,
    apply(stream) {
      stream.append('data: [DONE]\n');
      return stream.count;
    },
  },
  {
    rule: 'W7',
    does: 'the stream ends inside a line',
    places: last,
    apply(stream) {
      stream.append('data: [DO');
      return stream.count;
    },
  },
  {
    rule: 'W7',
    does: 'the last blank line is missing',
    places: (stream) => last(stream).filter((seq) => seq === terminalOf(stream)),
    apply(stream, at) {
      stream.cutAfter(at);
      // The terminal event is not dispatched.
      return stream.count - 1;
    },
  },
  {
    rule: 'W8',
    does: 'a byte of the data is no UTF-8',
    places: padded,
    apply(stream, at) {
      const frame = stream.at(at).frame.slice();
      const text = stream.frameText(at);
      const start = encoder.encode(text.slice(0, text.indexOf('"obfuscation"'))).length;
      frame[start + '"obfuscation":"'.length] = 0xff;
      stream.write(at, frame);
      return at;
    },
  },
  {
    rule: 'W9',
    does: 'the data ends early',
    places: between,
    apply(stream, at) {
      stream.insert(at, { type: 'keepalive', sequence_number: at });
      stream.write(at, stream.frameText(at).replace(/\}\n$/, '\n'));
      return at;
    },
  },
  {
    rule: 'W10',
    does: 'an event has a type that is not listed',
    places: between,
    apply(stream, at) {
      stream.insert(at, { type: 'response.new_thing', sequence_number: at });
      return at;
    },
  },
  {
    rule: 'W13',
    does: 'the last of the JSON lines is half a value',
    places: last,
    apply(stream) {
      stream.layOut('lines');
      stream.append('{"type":"keepal');
      return stream.count;
    },
  },
  {
    rule: 'W14',
    does: 'an array ends inside an element',
    places: last,
    apply(stream, at) {
      stream.layOut('array');
      stream.write(at, stream.frameText(at), ',\n{"type":"keepal');
      return stream.count;
    },
  },
  {
    rule: 'W15',
    does: 'something else stands between the elements of an array',
    places: (stream) => events(stream).slice(1),
    apply(stream, at) {
      stream.layOut('array');
      stream.write(at, `null,\n${stream.frameText(at)}`);
      return at;
    },
  },
  {
    rule: 'W16',
    does: 'an array is not closed',
    places: last,
    apply(stream, at) {
      stream.layOut('array');
      stream.write(at, stream.frameText(at), '\n');
      return stream.count;
    },
  },
  {
    rule: 'W17',
    does: 'the response is all there is',
    places: (stream) => (endStatus(stream) === 'completed' ? [terminalOf(stream)] : []),
    apply(stream, at) {
      const line = JSON.stringify(stream.value(at).response);
      stream.write(at, line, '\n');
      stream.removeAll(stream.where((_, seq) => seq !== at));
      return 0;
    },
  },
  {
    rule: 'W11',
    does: 'the response fails',
    places: (stream) => (endStatus(stream) === 'completed' ? [terminalOf(stream)] : []),
    apply(stream, at) {
      stream.edit(at, (value) => {
        value.type = 'response.failed';
        const error = { code: 'server_error', message: 'It did not work.' };
        const end = { status: 'failed', error, usage: null, completed_at: null };
        Object.assign(value.response as JsonObject, end);
      });
      return at;
    },
  },
  {
    rule: 'W12',
    does: 'the response is cut short',
    places: (stream) => (endStatus(stream) === 'completed' ? [terminalOf(stream)] : []),
    apply(stream, at) {
      stream.edit(at, (value) => {
        value.type = 'response.incomplete';
        const reason = { incomplete_details: { reason: 'max_output_tokens' } };
        const end = { status: 'incomplete', completed_at: null, ...reason };
        Object.assign(value.response as JsonObject, end);
      });
      return at;
    },
  },
];
