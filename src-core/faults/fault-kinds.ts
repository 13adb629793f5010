import type { FaultName, FaultOf } from './fault-list.ts';

/** A parameter of a kind. `fallback`: what is meant where it is left out; without one it has to be there. */
export interface Parameter {
  /** A few words, to follow its name. */
  about: string;
  type: ParameterType;
  fallback?: string | number;
  /** What a new step has, where it is not the fallback; an optional parameter without either is left out. */
  initial?: string | number;
  optional?: true;
}

/** `event`: one, the first that is meant; `events`: all that are meant. */
export type ParameterType =
  | { is: 'event' | 'events' }
  | { is: 'whole'; least: number; most: number; unit: string; word?: 'all' | 'forever' }
  | { is: 'choice'; of: readonly (string | number)[] }
  | { is: 'text'; most: number; of: 'line' | 'header name' };

export const FAULT_GROUPS = ['Events', 'Errors', 'End', 'Pace', 'Bytes', 'HTTP'] as const;

/** All that is said of a kind of fault: the documentation, the editor and the check of a file are made from it. */
export interface FaultKind<Name extends FaultName = FaultName> {
  title: string;
  group: (typeof FAULT_GROUPS)[number];
  /** What it does, in a sentence or two. */
  does: string;
  parameters: Readonly<Record<ParameterNames<Name>, Parameter>>;
  /** One that does something in any event stream of some length. */
  example: FaultOf<Name>;
}
type ParameterNames<Name extends FaultName> = Exclude<
  Name extends FaultName ? keyof FaultOf<Name> : never,
  'kind' | 'chance' | 'onRequests' | 'off'
>;

/** An hour. */
const MOST_MS = 3_600_000;
const MOST_BYTES = 1_000_000_000;

const events = (about: string, initial: string | number = 3): Parameter => ({
  about,
  type: { is: 'events' },
  initial,
});
const event = (about: string, initial: string | number = 3): Parameter => ({
  about,
  type: { is: 'event' },
  initial,
});
const choice = <Value extends string | number>(
  about: string,
  fallback: Value,
  ...of: Value[]
): Parameter => ({ about, type: { is: 'choice', of: [fallback, ...of] }, fallback });
const bytes = (about: string, initial: number): Parameter => ({
  about,
  type: { is: 'whole', least: 1, most: MOST_BYTES, unit: 'bytes' },
  initial,
});
const ms = (about: string, initial: number, word?: 'forever'): Parameter => ({
  about,
  type: { is: 'whole', least: 0, most: MOST_MS, unit: 'ms', ...(word && { word }) },
  initial,
});
const text = (about: string, fallback?: string, initial = ''): Parameter => ({
  about,
  type: { is: 'text', most: 2000, of: 'line' },
  ...(fallback === undefined ? { initial } : { fallback }),
});
const ending = (about = 'how the connection ends then'): Parameter =>
  choice(about, 'fin', 'rst', 'end', 'open');

export const FAULT_KINDS: { readonly [Name in FaultName]: FaultKind<Name> } = {
  drop: {
    title: 'Drop events',
    group: 'Events',
    does: 'Takes events out, with the blank line that closes them.',
    parameters: { at: events('which events') },
    example: { kind: 'drop', at: '3..4' },
  },
  duplicate: {
    title: 'Repeat events',
    group: 'Events',
    does: 'Sends events again, each directly after itself and in the same write.',
    parameters: {
      at: events('which events'),
      times: {
        about: 'how often each is repeated',
        type: { is: 'whole', least: 1, most: 1000, unit: 'times' },
        fallback: 1,
      },
    },
    example: { kind: 'duplicate', at: 'last', times: 2 },
  },
  swap: {
    title: 'Swap two events',
    group: 'Events',
    does: 'Puts an event in the place of another, and that one in its place.',
    parameters: {
      at: event('the one'),
      with: { about: 'the other; left out: the next one', type: { is: 'event' }, optional: true },
    },
    example: { kind: 'swap', at: 2, with: 3 },
  },
  late: {
    title: 'Let events arrive late',
    group: 'Events',
    does: 'Sends an event after the ones that follow it. Of several each goes on by itself, the last one first.',
    parameters: {
      at: events('which events'),
      by: {
        about: 'how many events overtake it',
        type: { is: 'whole', least: 1, most: 1_000_000, unit: 'events' },
        fallback: 1,
      },
    },
    example: { kind: 'late', at: 3, by: 2 },
  },
  number: {
    title: 'Wrong sequence_number',
    group: 'Events',
    does: 'Changes the `sequence_number` of events: leaves it out, adds to it, or makes it a text. Nothing else in the data changes.',
    parameters: {
      at: events('which events'),
      set: choice('what becomes of it', 'missing', 'add', 'text'),
      by: {
        about: 'what `add` adds',
        type: { is: 'whole', least: -1_000_000, most: 1_000_000, unit: '' },
        fallback: 1,
      },
    },
    example: { kind: 'number', at: '4..', set: 'add', by: 1 },
  },
  error: {
    title: 'Error event',
    group: 'Errors',
    does: 'Sends an error before an event, in the form of the stream: an `error` event of Responses or Messages, an error chunk of Chat Completions, Gemini or Ollama, else an event named `error`. Where the stream goes on, the `sequence_number`s after it count it.',
    parameters: {
      at: event('before which event'),
      message: text('what it says', 'The server had an error while processing your request.'),
      code: text('its code, or type in Messages', 'server_error'),
      then: choice('whether the stream ends with it', 'end', 'go on'),
    },
    example: { kind: 'error', at: 3, message: 'Overloaded', code: 'overloaded_error' },
  },
  fail: {
    title: 'Failed end',
    group: 'Errors',
    does: 'Ends the stream before an event with the failure of its protocol: `response.failed` with the response as it was begun. Protocols without one end with their error.',
    parameters: {
      at: event('before which event'),
      message: text('what it says', 'The server had an error while processing your request.'),
      code: text('its code', 'server_error'),
    },
    example: { kind: 'fail', at: 3, code: 'rate_limit_exceeded' },
  },
  'cut-event': {
    title: 'Cut at an event',
    group: 'End',
    does: 'The body is over before, within (in the middle of its bytes) or after an event.',
    parameters: {
      at: event('which event', '50%'),
      where: choice('where', 'before', 'within', 'after'),
      ending: ending(),
    },
    example: { kind: 'cut-event', at: '50%', where: 'within', ending: 'rst' },
  },
  'cut-byte': {
    title: 'Cut at a byte',
    group: 'End',
    does: 'The body is over after so many bytes.',
    parameters: {
      byte: {
        about: 'how many bytes are sent',
        type: { is: 'whole', least: 0, most: MOST_BYTES, unit: 'bytes' },
        initial: 100,
      },
      ending: ending(),
    },
    example: { kind: 'cut-byte', byte: 100 },
  },
  'cut-character': {
    title: 'Cut inside a character',
    group: 'End',
    does: 'The body is over after the first byte of a character that has several, the first one from an event on. A recording whose JSON escapes them (`\\u00e9`) may have none.',
    parameters: {
      at: { about: 'from which event on', type: { is: 'event' }, fallback: 0 },
      ending: ending(),
    },
    example: { kind: 'cut-character', at: 0, ending: 'fin' },
  },
  'no-blank-line': {
    title: 'No blank line at the end',
    group: 'End',
    does: 'Leaves out the blank line that closes the last event, or the line end of the last line of JSON Lines.',
    parameters: { ending: choice('how the body ends', 'end', 'fin', 'rst', 'open') },
    example: { kind: 'no-blank-line' },
  },
  close: {
    title: 'Close another way',
    group: 'End',
    does: 'Sends everything and then ends in another way than HTTP has it.',
    parameters: {
      ending: {
        about: 'how',
        type: { is: 'choice', of: ['fin', 'rst', 'open', 'end'] },
        initial: 'fin',
      },
    },
    example: { kind: 'close', ending: 'rst' },
  },
  delay: {
    title: 'Delay events',
    group: 'Pace',
    does: 'Holds events back. Those after them wait as long as they must and are then in time again.',
    parameters: { at: events('which events'), ms: ms('how long', 2000) },
    example: { kind: 'delay', at: 3, ms: 2000 },
  },
  stall: {
    title: 'Stall',
    group: 'Pace',
    does: 'Nothing comes for a while before an event, and all that follows is that much later; or nothing comes any more, and the connection stays open.',
    parameters: { at: event('before which event'), ms: ms('how long', 5000, 'forever') },
    example: { kind: 'stall', at: 3, ms: 5000 },
  },
  drip: {
    title: 'Drip',
    group: 'Pace',
    does: 'From an event on the body comes a few bytes at a time, none of them earlier than recorded.',
    parameters: {
      at: { about: 'from which event on', type: { is: 'event' }, fallback: 0 },
      bytes: bytes('bytes in each write', 16),
      ms: ms('time between two writes', 50),
    },
    example: { kind: 'drip', bytes: 16, ms: 50 },
  },
  burst: {
    title: 'Burst',
    group: 'Pace',
    does: 'Holds events back until the last of them is there, and sends them in one write.',
    parameters: {
      at: { about: 'from which event', type: { is: 'event' }, fallback: 0 },
      to: { about: 'to which event', type: { is: 'event' }, fallback: 'last' },
    },
    example: { kind: 'burst', at: 1, to: '50%' },
  },
  keepalive: {
    title: 'Keepalives',
    group: 'Pace',
    does: 'Sends a sign of life whenever nothing came for so long: a comment line, the keepalive event of the protocol, or in JSON white space. At most 10,000 of them. With Responses, the `sequence_number`s after an event count it.',
    parameters: {
      ms: {
        about: 'after how long a silence',
        type: { is: 'whole', least: 1, most: MOST_MS, unit: 'ms' },
        initial: 1000,
      },
      form: choice('what is sent', 'comment', 'event'),
    },
    example: { kind: 'keepalive', ms: 100 },
  },
  chunks: {
    title: 'Chunk sizes',
    group: 'Bytes',
    does: 'Sends the body in writes of one size, each when its last byte is there. 1 makes every byte a chunk of its own. At most 250,000 writes; what follows is sent as it was.',
    parameters: {
      bytes: {
        about: 'bytes in each write; `all` sends everything in one',
        type: { is: 'whole', least: 1, most: MOST_BYTES, unit: 'bytes', word: 'all' },
        initial: 1,
      },
    },
    example: { kind: 'chunks', bytes: 1 },
  },
  'split-characters': {
    title: 'Split characters',
    group: 'Bytes',
    does: 'Begins a new write inside every character of several bytes. The bytes stay the same; a client that decodes each chunk by itself breaks them.',
    parameters: {},
    example: { kind: 'split-characters' },
  },
  'line-ends': {
    title: 'Other line ends',
    group: 'Bytes',
    does: 'Writes all line ends as CRLF, CR or LF. JSON Lines are divided by LF alone, so for them `cr` is not done.',
    parameters: { to: choice('what they become', 'crlf', 'cr', 'lf') },
    example: { kind: 'line-ends', to: 'crlf' },
  },
  bom: {
    title: 'Byte order mark',
    group: 'Bytes',
    does: 'Puts the bytes EF BB BF at the start of the body.',
    parameters: {},
    example: { kind: 'bom' },
  },
  comment: {
    title: 'Comments',
    group: 'Bytes',
    does: 'Puts a comment line before events. Event streams only.',
    parameters: {
      at: events('before which events', '0..'),
      text: text('what follows the colon', ' keep-alive'),
    },
    example: { kind: 'comment', at: '0..', text: ' PROCESSING' },
  },
  status: {
    title: 'HTTP status',
    group: 'HTTP',
    does: 'Answers with another status and no stream. The body is an error in the form of the API, as servers send it; a gateway would send HTML or nothing.',
    parameters: {
      status: {
        about: 'the status',
        type: { is: 'whole', least: 400, most: 599, unit: '' },
        initial: 429,
      },
      retryAfter: {
        about: 'seconds of a `Retry-After` header; left out: there is none',
        type: { is: 'whole', least: 0, most: 86_400, unit: 's' },
        optional: true,
      },
      message: { ...text('what the error says; left out: the words of the API'), optional: true },
      body: choice('what is in the body', 'json', 'html', 'empty'),
    },
    example: { kind: 'status', status: 429, retryAfter: 2, onRequests: '1..2' },
  },
  redirect: {
    title: 'Redirect',
    group: 'HTTP',
    does: 'Answers that what was asked for is somewhere else.',
    parameters: {
      to: text('the `Location`: an address or a path', undefined, '/v1/elsewhere'),
      status: choice('the status', 307, 301, 302, 303, 308),
    },
    example: { kind: 'redirect', to: '/v1/elsewhere', status: 308 },
  },
  'content-type': {
    title: 'Wrong content type',
    group: 'HTTP',
    does: 'Names another content type. The body stays what it is.',
    parameters: { value: text('the content type', undefined, 'application/json') },
    example: { kind: 'content-type', value: 'text/html; charset=utf-8' },
  },
  header: {
    title: 'Header',
    group: 'HTTP',
    does: 'Sets a header of the answer, or takes it out where no value is given.',
    parameters: {
      name: {
        about: 'its name',
        type: { is: 'text', most: 200, of: 'header name' },
        initial: 'content-type',
      },
      value: { ...text('its value; left out: the header is taken out'), optional: true },
    },
    example: { kind: 'header', name: 'content-type' },
  },
  head: {
    title: 'Slow headers',
    group: 'HTTP',
    does: 'The status and the headers come later, and the body after them; or nothing is ever answered.',
    parameters: { ms: ms('how much later', 3000, 'forever') },
    example: { kind: 'head', ms: 3000 },
  },
  gzip: {
    title: 'Compress',
    group: 'HTTP',
    does: 'Compresses the body with gzip, as if the client had asked for it: flushed after each write, so that events arrive one by one, or at the end only.',
    parameters: { flush: choice('when compressed bytes are sent', 'each write', 'end') },
    example: { kind: 'gzip' },
  },
};

export const FAULT_NAMES = Object.keys(FAULT_KINDS) as FaultName[];

/** What every step may have, beside the parameters of its kind. */
export const WHEN: Readonly<Record<'chance' | 'onRequests' | 'off', string>> = {
  chance: 'from 0 to 1, in how many requests it happens; by the seed of the list; left out: in all',
  onRequests: 'in which requests, from 1: `1`, `"1..2"`, `"3.."`, `"1, 4"`; left out: in all',
  off: '`true`: it stays in the list and is not applied',
};

export function kindOf(name: FaultName): FaultKind {
  return FAULT_KINDS[name] as FaultKind;
}
