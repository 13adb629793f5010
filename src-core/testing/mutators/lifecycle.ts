import { isObject, type JsonObject } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';
import {
  editResponse,
  endStatus,
  hasResponse,
  isWhole,
  ofType,
  terminalOf,
} from './stream-facts.ts';

const beginnings = (stream: EditableStream): number[] =>
  ofType(stream, 'response.created', 'response.queued', 'response.in_progress');
const responseAt = (stream: EditableStream, seq: number): JsonObject =>
  stream.value(seq).response as JsonObject;

/** The terminal event, if the response ended so. */
const endedAs =
  (...statuses: string[]) =>
  (stream: EditableStream): number[] =>
    statuses.includes(endStatus(stream)) ? [terminalOf(stream)] : [];
const ended = endedAs('completed', 'failed', 'incomplete');

/** A change of the response that one lifecycle event carries. */
function response(
  rule: string,
  does: string,
  places: (stream: EditableStream) => number[],
  change: (response: JsonObject) => void,
): Mutator {
  const apply = (stream: EditableStream, at: number): number => {
    editResponse(stream, at, change);
    return at;
  };
  return { rule, does, places, apply };
}

/** Lifecycle events with a usage that adds up and has its details. */
const counted = (stream: EditableStream): number[] =>
  ended(stream).filter((seq) => {
    const { usage } = responseAt(stream, seq);
    return isObject(usage) && isObject(usage.input_tokens_details);
  });
const usageOf = (response: JsonObject): JsonObject => response.usage as JsonObject;

const wasCompleted = (stream: EditableStream): number[] =>
  endedAs('completed')(stream).filter((seq) => responseAt(stream, seq).completed_at !== null);

const someUsage: JsonObject = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 15,
};
const someError: JsonObject = { code: 'server_error', message: 'It did not work.' };

export const lifecycleMutators: Mutator[] = [
  {
    rule: 'L1',
    does: 'response.created is missing',
    places: (stream) =>
      stream.value(0).sequence_number === 0 ? ofType(stream, 'response.created') : [],
    apply(stream, at) {
      stream.remove(at);
      return at;
    },
  },
  {
    rule: 'L1',
    does: 'response.created comes second',
    places: (stream) => ofType(stream, 'response.created').filter((seq) => seq + 2 < stream.count),
    apply(stream, at) {
      stream.move(at, at + 1);
      return at;
    },
    more: 1,
  },
  {
    rule: 'L2',
    does: 'response.in_progress is missing',
    places: (stream) =>
      ofType(stream, 'response.in_progress').filter(
        (seq) => stream.type(seq - 1) === 'response.created' && endStatus(stream) !== 'failed',
      ),
    apply(stream, at) {
      stream.remove(at);
      return at;
    },
  },
  {
    rule: 'L2',
    does: 'an item is added before response.in_progress',
    places: (stream) =>
      ofType(stream, 'response.in_progress').filter(
        (seq) =>
          seq > 0 && isWhole(stream) && stream.type(seq + 1) === 'response.output_item.added',
      ),
    apply(stream, at) {
      stream.move(at, at + 1);
      return at;
    },
    more: 1,
  },
  {
    rule: 'L3',
    does: 'the terminal event is missing',
    places: (stream) => ended(stream).filter(() => ofType(stream, 'error').length === 0),
    apply(stream, at) {
      stream.remove(at);
      return stream.count - 1;
    },
  },
  {
    rule: 'L3',
    does: 'the terminal event comes twice',
    places: endedAs('completed'),
    apply(stream, at) {
      stream.insert(at + 1, stream.value(at));
      return at + 1;
    },
  },
  {
    rule: 'L3',
    does: 'an event follows the terminal one',
    places: ended,
    apply(stream, at) {
      stream.insert(at + 1, { type: 'keepalive', sequence_number: at + 1 });
      return at + 1;
    },
  },
  response(
    'L4',
    'the id of the response changes',
    (stream) => stream.where(hasResponse).slice(1),
    (response) => (response.id = `${String(response.id)}x`),
  ),
  response(
    'L5',
    'a response that begins is called cancelled',
    (stream) => beginnings(stream),
    (response) => (response.status = 'cancelled'),
  ),
  response(
    'L5',
    'a response that is in progress is called completed',
    (stream) => ofType(stream, 'response.in_progress'),
    (response) => (response.status = 'completed'),
  ),
  response(
    'L5',
    'a response that ended is in progress',
    ended,
    (response) => (response.status = 'in_progress'),
  ),
  response('L6', 'output stands in a response that begins', beginnings, (response) => {
    response.output = [{ id: 'msg_1', type: 'message', role: 'assistant', content: [] }];
  }),
  response('L6', 'usage is told at the beginning', beginnings, (response) => {
    response.usage = someUsage;
  }),
  response('L7', 'usage is missing at the end', endedAs('completed', 'incomplete'), (response) => {
    response.usage = null;
  }),
  response('L7', 'a failed response has a usage', endedAs('failed'), (response) => {
    response.usage = someUsage;
  }),
  response('L8', 'the total is another number', counted, (response) => {
    const usage = usageOf(response);
    usage.total_tokens = Number(usage.total_tokens) + 1;
  }),
  response('L8', 'more tokens are cached than went in', counted, (response) => {
    const usage = usageOf(response);
    usage.input_tokens_details = { cached_tokens: Number(usage.input_tokens) + 1 };
  }),
  response('L8', 'more tokens are of reasoning than came out', counted, (response) => {
    const usage = usageOf(response);
    usage.output_tokens_details = { reasoning_tokens: Number(usage.output_tokens) + 1 };
  }),
  response('L9', 'a completed response was never completed', wasCompleted, (response) => {
    response.completed_at = null;
  }),
  response('L9', 'a response that begins has been completed', beginnings, (response) => {
    response.completed_at = 1_761_016_830;
  }),
  response(
    'L9',
    'a response that went wrong has been completed',
    endedAs('failed', 'incomplete'),
    (response) => {
      response.completed_at = 1_761_016_830;
    },
  ),
  response('L10', 'a completed response has an error', endedAs('completed'), (response) => {
    response.error = someError;
  }),
  response('L10', 'a failed response has no error', endedAs('failed'), (response) => {
    response.error = null;
  }),
  response(
    'L10',
    'a completed response tells why it is incomplete',
    endedAs('completed'),
    (response) => {
      response.incomplete_details = { reason: 'max_output_tokens' };
    },
  ),
  response('L10', 'an incomplete response does not tell why', endedAs('incomplete'), (response) => {
    response.incomplete_details = null;
  }),
  response('L10', 'a response that begins has an error', beginnings, (response) => {
    response.error = someError;
  }),
  {
    rule: 'L11',
    does: 'response.failed does not follow the error',
    places: (stream) =>
      ofType(stream, 'error').filter((seq) => stream.type(seq + 1) === 'response.failed'),
    apply(stream, at) {
      stream.remove(at + 1);
      return stream.count - 1;
    },
  },
  {
    rule: 'L11',
    does: 'another event follows the error',
    places: (stream) =>
      ofType(stream, 'error').filter((seq) => stream.type(seq + 1) === 'response.failed'),
    apply(stream, at) {
      stream.insert(at + 1, { type: 'response.steer.accepted', sequence_number: at + 1 });
      return at + 1;
    },
  },
];
