import type { DeviationRule } from '../sse/frame.ts';
import { DIALECTS } from '../dialects/dialect.ts';
import type { Rule } from './rule.ts';
import { phrase, shortened } from './wording.ts';

/** What the readers of a stream see of it, before and beside the order of its events. */
export type WireMoment =
  DeviationRule | 'json' | 'utf-8' | 'unknown-type' | 'server-error' | 'incomplete' | 'whole';

export interface WireFacts {
  /** What was found, in the words of the case: a field's name, a value, a text. */
  detail: string;
  /** Where, in the body. */
  start: number;
}

const everywhere = { level: 'must', dialects: DIALECTS } as const;
const WHATWG = 'WHATWG HTML, 9.2.6 "Interpreting an event stream"';

/** The rules of the wire format, and what events say of themselves. */
export const WIRE_RULES: readonly Rule<WireFacts>[] = [
  {
    ...everywhere,
    id: 'W1',
    title: 'no byte order mark at the start',
    severity: 'note',
    basis: `${WHATWG}: one leading mark is dropped.`,
    clients:
      "Standard clients drop it. The `openai` package 7.57 drops a mark at the start of any line, so one further down makes a difference: to a standard client it is part of the field's name, which is W3.",
    explanation:
      'The body starts with the bytes EF BB BF. The standard drops one such mark and goes on.',
    checks: {
      bom: (_, report) => report('The stream starts with a byte order mark; it is dropped.'),
    },
  },
  {
    ...everywhere,
    id: 'W2',
    title: 'lines end with LF',
    severity: 'note',
    level: 'observed',
    basis:
      'The standard allows LF, CRLF and CR, also mixed. OpenAI sends LF; Gemini and Perplexity send CRLF.',
    clients:
      'Official clients read all three. Home-made ones that split at `\\n\\n` find no event at all in such a stream, or keep a `\\r` at the end of the data.',
    explanation: 'A line ends with CRLF or CR. Reported once a stream, at the first.',
    checks: {
      'carriage-return': ({ start }, report) =>
        report(`Lines end with carriage returns (CRLF or CR), first at byte ${start}.`),
    },
  },
  {
    ...everywhere,
    id: 'W3',
    title: 'only known fields',
    severity: 'warning',
    basis: `${WHATWG}: fields are \`event\`, \`data\`, \`id\` and \`retry\`, in lower case and without white space before them; any other line is ignored.`,
    clients: 'All clients ignore the line, and with it what it says.',
    explanation: `The usual causes:

- a gateway writes a bare line such as \`error: {...}\` or \`DONE\` into the stream, and clients lose the message,
- a line of the data starts with a space or was broken in two by an unescaped line end,
- the body is no event stream at all, but JSON or HTML.`,
    checks: {
      'unknown-field': ({ detail }, report) =>
        report(`A line has the unknown field ${phrase(detail)}; clients ignore it.`),
    },
  },
  {
    ...everywhere,
    id: 'W4',
    title: 'no U+0000 in an id',
    severity: 'warning',
    basis: `${WHATWG}: such an id is ignored.`,
    clients:
      'To standard clients the last event id stays what it was. The `openai` package ignores all ids.',
    explanation: 'An `id` field holds U+0000, and so sets nothing.',
    checks: {
      'id-with-nul': (_, report) => report('An id holds U+0000; clients ignore it.'),
    },
  },
  {
    ...everywhere,
    id: 'W5',
    title: 'the reconnection time is a number',
    severity: 'warning',
    basis: `${WHATWG}: \`retry\` takes ASCII digits only, milliseconds.`,
    clients: 'All clients ignore the line; the `openai` package ignores the field in any case.',
    explanation: '`1s`, `1.5` and `-1` are no numbers of milliseconds.',
    checks: {
      'retry-not-digits': ({ detail }, report) =>
        report(`The retry value ${phrase(detail)} is not a number; clients ignore it.`),
    },
  },
  {
    ...everywhere,
    id: 'W6',
    title: 'a named event has data',
    severity: 'warning',
    basis: `${WHATWG}: a block without a \`data\` line dispatches nothing.`,
    clients:
      'To standard clients the event never arrives. The `openai` package 7.57 dispatches it with empty data and then fails because that is no JSON.',
    explanation:
      'A block names an event and has no `data` line. A block with only an `id` or a `retry` is how the format says to set these and is not reported.',
    checks: {
      'no-data': ({ detail }, report) =>
        report(
          `A block names the event ${phrase(detail)} but has no data; clients dispatch nothing.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W7',
    title: 'the last block is closed',
    severity: 'error',
    basis: `${WHATWG}: a block that is open at the end is discarded.`,
    clients:
      'Standard clients and version 6.49 of the `openai` package discard the block. Version 7.57 dispatches what it has, which is harmless if only the blank line is missing and fails on half a JSON text if not.',
    explanation:
      'No blank line closes the last block. Where the event in it is whole, the message says that only this line is missing: files that were saved by hand often lack it. Otherwise something was cut: the connection, the recording or the file. Deltascope dispatches nothing for it; the bytes are kept and shown. That the stream then lacks its last event is not reported again.',
    checks: {
      unclosed: ({ detail, start }, report) =>
        report(
          `One blank line is missing at the end: it would close the last event (${shortened(detail)}), which was never dispatched. Its bytes begin at ${start}.`,
        ),
      unfinished: ({ detail, start }, report) =>
        report(
          `The stream ends inside a block: ${detail} from byte ${start} on were never dispatched.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W8',
    title: 'the data is UTF-8',
    severity: 'error',
    basis: `${WHATWG}: an event stream is UTF-8, whatever its \`charset\` says.`,
    clients: 'All clients show U+FFFD (�) in place of each ill-formed sequence.',
    explanation:
      'A character that is split between two chunks is well-formed and not reported; a client that decodes chunks one by one, without keeping the rest, breaks it. U+FFFD that the server itself sent (token fragments in log probabilities have it) is not reported.',
    checks: { 'utf-8': (_, report) => report('The data is not well-formed UTF-8.') },
  },
  {
    ...everywhere,
    id: 'W9',
    title: 'the data is JSON',
    severity: 'error',
    basis: 'All protocols but plain event streams: the data of an event is a JSON text (RFC 8259).',
    clients:
      'The `openai` package (6.49 and 7.57) throws, and the rest of the stream is lost to the program.',
    explanation:
      'The data of an event in a stream of a known protocol, or data that begins with `{` or `[` in any stream, does not parse. The event is kept, changes nothing in the response and shows as raw text. `[DONE]` is not JSON and not a problem.',
    checks: {
      json: ({ detail }, report) => report(`The data is not JSON: ${jsonFault(detail)}.`),
    },
  },
  {
    ...everywhere,
    id: 'W10',
    title: 'the event type is listed',
    severity: 'note',
    level: 'observed',
    dialects: ['responses'],
    basis:
      'The 59 types of the `openai` package 7.57, those of Open Responses and the WebSocket transport, and `keepalive` and `response.apply_patch_call_operation_diff.*`, which servers send though no list has them. Open Responses asks clients to ignore unknown types.',
    clients:
      'The `stream()` helper of the `openai` package (6.49 and 7.57) throws on a type that it does not know, so such a stream may break a program that works with another server.',
    explanation:
      'The event is listed and kept; it changes nothing in the response. Types that do not start with `response.` are reported only in a stream that has events of the Responses API.',
    checks: {
      'unknown-type': ({ detail }, report) =>
        report(
          `${shortened(detail)} is not a listed event type; it is kept and changes nothing in the response.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W11',
    title: 'the server reports no error',
    severity: 'error',
    basis:
      'An `error` event, or `response.failed`, or what other protocols have in their place. OpenAI sends both, one after the other, inside an answer with status 200.',
    clients:
      'The `openai` package throws: at an event whose `error` is nested, 6.49 throws an `APIError` with it; the flat form, as documented, it hands on as an event.',
    explanation:
      'The answer failed. The message gives the code and the words of the server. The error may be nested (`{"error": {...}}`, as servers send it) or flat (as it is documented); both are read. A `response.failed` that repeats the error before it is not reported again.',
    checks: {
      'server-error': ({ detail }, report) => report(`The server reports ${shortened(detail)}`),
    },
  },
  {
    ...everywhere,
    id: 'W12',
    title: 'the answer is complete',
    severity: 'warning',
    basis:
      'The stream ends with `response.incomplete`, or with the finish reason of other protocols.',
    clients:
      'The `openai` package hands the response on; its `parse` helpers leave `output_parsed` null.',
    explanation:
      'The answer was cut short. The message gives the reason: `max_output_tokens`, `content_filter` or another. Text and arguments stop in the middle; JSON that ends early is truncated, not invalid.',
    checks: {
      incomplete: ({ detail }, report) =>
        report(`The response is incomplete: ${shortened(detail)}.`),
    },
  },
  {
    ...everywhere,
    id: 'W13',
    title: 'the last line is a whole value',
    severity: 'error',
    basis: 'JSON Lines and NDJSON: each line is a JSON value and ends with LF.',
    clients: 'Clients that split at LF wait for the rest and then drop it.',
    explanation:
      'A last line without LF is taken as an event if it is a whole JSON value, since files often end so; otherwise the stream was cut within it. Nothing is dispatched for it; its bytes are kept.',
    checks: {
      'unfinished-line': ({ detail, start }, report) =>
        report(
          `The last line, ${detail} from byte ${start} on, is no whole JSON value: the stream was cut. Its bytes are kept.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W14',
    title: 'every element of the array is closed',
    severity: 'error',
    basis: 'RFC 8259.',
    clients: 'Clients that collect such a body and parse it as a whole get nothing of it.',
    explanation:
      'The body is a JSON array, or objects that follow one another, and ends within an object. Either it was cut, or a quotation mark or bracket in the object is wrong, so that its end cannot be found.',
    checks: {
      'unfinished-element': ({ detail, start }, report) =>
        report(
          `The element that begins at byte ${start} is not closed: the stream was cut after ${detail} of it, or a bracket or quotation mark in it is wrong.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W15',
    title: 'nothing stands between the elements of the array',
    severity: 'error',
    basis: 'RFC 8259: commas and white space only; and only objects are events.',
    clients: 'A client that parses the body as a whole fails.',
    explanation: 'What is there is skipped, up to the next object; its bytes are kept.',
    checks: {
      'between-elements': ({ detail, start }, report) =>
        report(
          `Between the elements, ${detail} from byte ${start} on are no JSON objects; they are skipped.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W16',
    title: 'the array is closed',
    severity: 'warning',
    basis: 'RFC 8259.',
    clients: 'A client that parses the body as a whole fails.',
    explanation:
      'The body ends after a whole element, but its closing bracket is missing: it was cut there.',
    checks: {
      'unclosed-array': ({ detail, start }, report) =>
        report(
          `The array that begins at byte ${start} is not closed: the stream was cut after element ${detail}.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W17',
    title: 'the body is a stream',
    severity: 'error',
    basis:
      'All protocols: a stream is asked for (`"stream": true`, Gemini: `streamGenerateContent`), and what is answered without that is one JSON object.',
    clients:
      'Clients that read a stream find no event in such a body: they wait, give nothing, or throw.',
    explanation:
      'The body is one JSON object: a whole response, completion or message, or an object of no known protocol. A request without `stream`, or a proxy that collects a stream, gives such; where the request is known and asked for no stream, it is what was asked for. An error that a server answers with is reported as what it says (W11) only.',
    checks: {
      whole: ({ detail }, report) =>
        report(
          `The body is ${detail}, and no stream. Ask for a stream ("stream": true; Gemini: streamGenerateContent), and see that no proxy collects it.`,
        ),
    },
  },
  {
    ...everywhere,
    id: 'W18',
    title: 'a frame is no longer than 64 MiB',
    severity: 'error',
    level: 'observed',
    basis: 'The longest frame of all recordings has 2 MB, an image.',
    clients: 'Clients take as much memory as it needs, several times, or give up.',
    explanation:
      'A block, line or element is longer than Deltascope reads. It is listed as an event with its bytes, its data is not decoded, and what it says is not known to the rest.',
    checks: {
      'too-long': ({ detail, start }, report) =>
        report(
          `The frame at byte ${start} has ${detail}, more than the 64 MiB that are read of one: it is kept, and its data is not decoded.`,
        ),
    },
  },
];

/** Where a JSON text goes wrong, in the engine's words. */
function jsonFault(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
