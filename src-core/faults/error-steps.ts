import { isObject, type JsonObject } from '../json.ts';
import { type EditedReply, NotApplied } from './edited-reply.ts';
import type { Edit } from './edits.ts';
import { errorOf } from './error-forms.ts';
import { numberEdit } from './event-steps.ts';
import type { FaultOf } from './fault-list.ts';
import { eventOf, inserted } from './framed.ts';

const MESSAGE = 'The server had an error while processing your request.';
const CODE = 'server_error';

export function error(reply: EditedReply, fault: FaultOf<'error'>): string {
  const { message = MESSAGE, code = CODE, then = 'end' } = fault;
  const seq = eventOf(reply, fault.at);
  const value = errorOf(reply.dialect, message, code, numberOf(reply, seq));
  put(reply, seq, value, nameFor(reply, 'error'), then === 'end');
  return `sent an error before event ${seq}${then === 'end' ? ', and nothing after it' : ''}`;
}

export function fail(reply: EditedReply, fault: FaultOf<'fail'>): string {
  const { message = MESSAGE, code = CODE } = fault;
  const seq = eventOf(reply, fault.at);
  const { dialect } = reply;
  if (dialect !== 'responses') {
    put(reply, seq, errorOf(dialect, message, code, null), nameFor(reply, 'error'), true);
    return `sent an error before event ${seq}, as its protocol has no failed end`;
  }
  const response = begunBy(reply, seq);
  if (!response) throw new NotApplied(`no event before event ${seq} begins a response`);
  const number = numberOf(reply, seq);
  const value: JsonObject = {
    type: 'response.failed',
    ...(number !== null && { sequence_number: number }),
    response: { ...response, status: 'failed', error: { code, message } },
  };
  put(reply, seq, value, nameFor(reply, 'response.failed'), true);
  return `ended with response.failed before event ${seq}`;
}

/** Event names are written where the recording has them. */
function nameFor(reply: EditedReply, name: string): string | null {
  if (reply.dialect === 'plain') return name;
  return reply.events.some((event) => event.name !== '') ? name : null;
}

function put(
  reply: EditedReply,
  seq: number,
  value: JsonObject,
  name: string | null,
  isLast: boolean,
): void {
  const edit = inserted(reply, seq, value, name, isLast);
  if (isLast) reply.ending = 'end';
  const [written] = reply.edit(isLast ? [edit] : [edit, ...countedOn(reply, seq, value)]);
  reply.mark('body', [written!]);
}

/** The numbers of the events from `seq` on count an event with a number that comes before them. */
export function countedOn(reply: EditedReply, seq: number, value: JsonObject): Edit[] {
  if (typeof value.sequence_number !== 'number') return [];
  return reply.events.flatMap((_, later) =>
    later < seq ? [] : (numberEdit(reply, later, 'add', 1) ?? []),
  );
}

/** The `sequence_number` of an event, null where it has none. */
export function numberOf(reply: EditedReply, seq: number): number | null {
  const value = reply.valueOf(reply.events[seq]!);
  return isObject(value) && typeof value.sequence_number === 'number'
    ? value.sequence_number
    : null;
}

/** The response as the last event before `seq` says it that says it. */
function begunBy(reply: EditedReply, seq: number): JsonObject | null {
  for (let before = Math.min(seq, MOST_LOOKED_BACK) - 1; before >= 0; before--) {
    const value = reply.valueOf(reply.events[before]!);
    if (isObject(value) && isObject(value.response)) return value.response;
  }
  return null;
}

/** Responses are told of by the first events of a stream. */
const MOST_LOOKED_BACK = 100;
