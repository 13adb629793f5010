import { describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../json.ts';
import { findingsIn } from '../testing/findings.ts';
import { frameOf, streamOf } from '../testing/streams.ts';
import { type RequestFacts, requestFacts } from './request-facts.ts';

/** Streams written by hand from the protocol notes, sections 1 and 2. The numbers are put in here. */
const numbered = (events: readonly JsonObject[], first = 0): JsonObject[] =>
  events.map((event, at) => ({ ...event, sequence_number: event.sequence_number ?? first + at }));

const found = (events: readonly JsonObject[], request: RequestFacts | null = null): string[] =>
  findingsIn(streamOf(numbered(events)), { request, dialect: 'responses' }).map(
    ({ rule, severity, seq }) => `${rule} ${severity} ${seq}`,
  );

const response = (status: string, facts: JsonObject = {}): JsonObject => ({
  ...{ id: 'resp_1', object: 'response', status, model: 'm', output: [], usage: null },
  ...{ error: null, incomplete_details: null, ...facts },
});
const usage = { input_tokens: 3, output_tokens: 4, total_tokens: 7 };
const begun = (facts: JsonObject = {}): JsonObject[] => [
  { type: 'response.created', response: response('in_progress', facts) },
  { type: 'response.in_progress', response: response('in_progress', facts) },
];
const completed = (output: JsonObject[], facts: JsonObject = {}): JsonObject => ({
  type: 'response.completed',
  response: response('completed', { output, usage, ...facts }),
});

const textPart = (text: string, annotations: JsonObject[] = []): JsonObject => ({
  ...{ type: 'output_text', text, annotations },
});
const message = (text: string, facts: JsonObject = {}): JsonObject => ({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', status: 'completed' },
  ...{ content: [textPart(text)], ...facts },
});
const opened: JsonObject = message('', { status: 'in_progress', content: [] });
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const added = { type: 'response.output_item.added', output_index: 0, item: opened };
const partAdded = { type: 'response.content_part.added', ...place, part: textPart('') };
const delta = (text: string) => ({ type: 'response.output_text.delta', ...place, delta: text });
const textDone = (text: string) => ({ type: 'response.output_text.done', ...place, text });
const partDone = (text: string) => ({
  ...{ type: 'response.content_part.done', ...place, part: textPart(text) },
});
const done = (item: JsonObject, index = 0): JsonObject => ({
  ...{ type: 'response.output_item.done', output_index: index, item },
});
const said = (text: string): JsonObject[] => [
  ...[added, partAdded, ...text.match(/.{1,3}/gs)!.map(delta)],
  ...[textDone(text), partDone(text), done(message(text))],
];
const whole = (text: string): JsonObject[] => [
  ...begun(),
  ...said(text),
  completed([message(text)]),
];

const call = (text: string, facts: JsonObject = {}): JsonObject => ({
  ...{ id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'f' },
  ...{ status: 'completed', arguments: text, ...facts },
});
const called = (text: string): JsonObject[] => {
  const at = { item_id: 'fc_1', output_index: 0 };
  const type = 'response.function_call_arguments';
  return [
    { ...added, item: call('', { status: 'in_progress' }) },
    { type: `${type}.delta`, ...at, delta: text },
    { type: `${type}.done`, ...at, arguments: text },
    done(call(text)),
  ];
};

test('a stream as it should be has no problem, [DONE] or not', () => {
  expect(found(whole('Hello world'))).toEqual([]);
  const bytes = `${numbered(whole('Hi'))
    .map((event) => frameOf(event))
    .join('')}data: [DONE]\n\n`;
  expect(findingsIn(new TextEncoder().encode(bytes))).toEqual([]);
});

test('what comes before a response and is no event of one is not taken for its beginning', () => {
  const bytes = `data: hello\n\n${numbered(whole('Hi'))
    .map((event) => frameOf(event))
    .join('')}`;
  expect(findingsIn(new TextEncoder().encode(bytes))).toEqual([]);
});

test('ids that go on changing are told three times, and cost no more than others', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => ({
    type: 'response.in_progress',
    response: response('in_progress', { id: `resp_x${at}` }),
  }));
  expect(found([...begun(), ...many]).filter((one) => one.startsWith('L4'))).toEqual([
    'L4 error 2',
    'L4 error 3',
    'L4 error 4',
  ]);
});

describe('what follows from a break is not told', () => {
  test('of a replay from the start', () => {
    const cut = [...begun(), added, partAdded, delta('Hi ')];
    const events = [...numbered(cut), ...numbered(whole('Hi there'))];
    expect(found(events)).toEqual(['L1 error 5']);
  });

  test.each([
    ['output_index', 'I2'],
    ['content_index', 'P1'],
  ])('of one delta with another %s', (name, rule) => {
    const events = whole('Hi there').map((event, at) =>
      at === 5 ? { ...event, [name]: 7 } : event,
    );
    expect(found(events)).toEqual([`${rule} error 5`]);
  });
});

test.each([
  [{ message: 'upstream', code: 500 }, '500: upstream'],
  ['upstream', 'error: upstream'],
])('an error without a type is told in the words of the server: %j', (error, words) => {
  const events = [...begun(), { error }];
  const errors = findingsIn(streamOf(events)).filter(
    ({ rule }) => rule === 'W11' || rule === 'W10',
  );
  expect(errors.map(({ message }) => message)).toEqual([`The server reports ${words}`]);
});

describe('numbers', () => {
  const at = (numbers: number[]) =>
    found(
      whole('abcdef').map((event, seq) => ({ ...event, sequence_number: numbers[seq] ?? seq })),
    );

  test('a gap is told once, and counting goes on from there', () => {
    const events = numbered(whole('abcdef')).map((event, seq) =>
      seq < 5 ? event : { ...event, sequence_number: seq + 2 },
    );
    const problems = findingsIn(streamOf(events));
    expect(problems.map(({ rule, seq }) => [rule, seq])).toEqual([['F4', 5]]);
    expect(problems[0]!.message).toBe(
      'expected sequence_number 5 after 4, got 7: 2 events are missing before this one',
    );
  });

  test('what is missing is counted, and a number that comes again is named', () => {
    const told = (changed: JsonObject[]): string[] =>
      findingsIn(streamOf(changed), { dialect: 'responses' })
        .filter(({ rule }) => rule === 'F4')
        .map(({ message }) => message);
    const events = numbered(whole('Hello world'));
    expect(told(events.filter((_, at) => at !== 5))).toEqual([
      'expected sequence_number 5 after 4, got 6: 1 event is missing before this one',
    ]);
    expect(told(events.filter((_, at) => at < 4 || at > 6))).toEqual([
      'expected sequence_number 4 after 3, got 7: 3 events are missing before this one',
    ]);
    expect(told(events.flatMap((event, at) => (at === 4 ? [event, event] : [event])))).toEqual([
      'expected sequence_number 5 after 4, got 4, the number of the event before',
    ]);
  });

  test('one wrong number is told once, two that changed places twice', () => {
    expect(at([0, 1, 2, 99])).toEqual(['F4 error 3']);
    expect(at([0, 1, 2, 4, 3])).toEqual(['F4 error 3', 'F4 error 4']);
    expect(at([0, 1, 2, 2, 3, 4, 5, 6, 7, 8])).toEqual(['F4 error 3']);
  });

  test('a number that is none is told where it stands', () => {
    const events = whole('abcdef').map((event, seq) =>
      seq === 4 ? { ...event, sequence_number: '4' } : event,
    );
    expect(found(events)).toEqual(['F3 error 4']);
  });

  test('a resumed stream goes on with the next one, and of what lies before nothing is said', () => {
    const rest = numbered(whole('Hello world')).slice(5);
    const url = 'https://api.openai.com/v1/responses/resp_1?stream=true&starting_after=';
    const resumed = (after: number) =>
      found(rest, requestFacts({ url: `${url}${after}`, body: '' }));
    expect(resumed(4)).toEqual(['L1 note 0']);
    expect(resumed(3)).toEqual(['F5 warning 0', 'L1 note 0']);
  });

  test('each of several responses counts anew', () => {
    const again = numbered(whole('again')).map((event) =>
      isObject(event.response)
        ? { ...event, response: { ...event.response, id: 'resp_2' } }
        : event,
    );
    expect(found([...numbered(whole('once')), ...again])).toEqual([]);
    // The connection was used again before the first was over.
    expect(found([...numbered(whole('once').slice(0, -1)), ...again])).toEqual(['L3 error 9']);
  });
});

describe('the life of a response', () => {
  test('in background mode it is queued first', () => {
    const queued = response('queued', { background: true });
    const events = [
      { type: 'response.created', response: queued },
      { type: 'response.queued', response: queued },
      ...[begun({ background: true })[1]!, ...said('Hi'), completed([message('Hi')])],
    ];
    expect(found(events)).toEqual([]);
    // Without that mode `created` has another status.
    const plain = { type: 'response.created', response: response('queued') };
    expect(found([plain, begun()[1]!, ...said('Hi'), completed([message('Hi')])])).toEqual([
      'L5 error 0',
    ]);
  });

  test('an error is followed by response.failed, which repeats it and is told once', () => {
    const error = { type: 'server_error', code: 'boom', message: 'It broke', param: null };
    const failed = {
      type: 'response.failed',
      response: response('failed', { error: { code: 'boom', message: 'It broke' } }),
    };
    expect(found([...begun(), { type: 'error', error }, failed])).toEqual(['W11 error 2']);
    expect(found([...begun(), { ...error, type: 'error' }])).toEqual([
      ...['W11 error 2', 'L11 warning 2'],
    ]);
    expect(found([...begun(), { type: 'error', error }, ...said('Hi')])).toContain('L11 warning 3');
  });

  test('it ends once, and only [DONE] follows', () => {
    expect(found(whole('Hi').slice(0, -1))).toEqual(['L3 error 7']);
    expect(found([...whole('Hi'), { type: 'keepalive' }])).toEqual(['L3 error 9']);
    expect(found([...whole('Hi'), completed([message('Hi')])])).toEqual(['L3 error 9']);
  });

  test('counts of tokens add up', () => {
    const odd = { ...usage, total_tokens: 8, input_tokens_details: { cached_tokens: 4 } };
    const events = [...begun(), ...said('Hi'), completed([message('Hi')], { usage: odd })];
    const messages = findingsIn(streamOf(numbered(events))).map(({ message: text }) => text);
    expect(messages).toEqual([
      'total_tokens is 8, the sum of 3 input and 4 output tokens is 7',
      'cached_tokens is 4, more than the 3 input tokens that it is part of',
    ]);
  });

  test('completed_at may be missing everywhere, as it was in older versions', () => {
    const end = (at: JsonObject) =>
      found([...begun(), ...said('a'), completed([message('a')], at)]);
    expect(end({ completed_at: 1_764_000_000 })).toEqual([]);
    expect(end({ completed_at: null })).toEqual(['L9 warning 8']);
  });
});

describe('items and parts', () => {
  test('items may be open at the same time', () => {
    const second = (event: JsonObject): JsonObject => {
      const { item, ...rest } = event;
      const own = item ? { item: { ...(item as JsonObject), id: 'msg_2' } } : {};
      return { ...rest, ...own, output_index: 1, ...(rest.item_id ? { item_id: 'msg_2' } : {}) };
    };
    const one = said('Hello');
    const both = one.flatMap((event) => [event, second(event)]);
    const output = [message('Hello'), message('Hello', { id: 'msg_2' })];
    expect(found([...begun(), ...both, completed(output)])).toEqual([]);
  });

  test('an item that was never announced is told once', () => {
    expect(found(whole('Hello world').filter((_, seq) => seq !== 2))).toEqual(['I2 error 2']);
    expect(found(whole('Hello world').filter((_, seq) => seq !== 3))).toEqual(['P1 error 3']);
  });

  test('a fragment that is lost is told where the text is whole, and not again', () => {
    const problems = findingsIn(
      streamOf(numbered(whole('Hello world').filter((_, seq) => seq !== 5))),
    );
    expect(problems.map(({ rule, seq }) => `${rule} ${seq}`)).toEqual(['P3 7']);
    expect(problems[0]!.message).toContain('they part at character 3');
    expect(problems[0]!.message).toContain('(8 and 11 characters)');
  });

  test('a text that comes whole is a note, and no fragment is missed', () => {
    const events = whole('Hello').filter(({ type }) => type !== 'response.output_text.delta');
    expect(found(events)).toEqual(['P4 note 4']);
    // An empty text needs none.
    const empty = [...begun(), added, partAdded, textDone(''), partDone(''), done(message(''))];
    expect(found([...empty, completed([message('')])])).toEqual([]);
  });

  test('annotations count from 0 and are all in the part', () => {
    const one = {
      type: 'url_citation',
      url: 'https://a',
      start_index: 0,
      end_index: 1,
      title: 'A',
    };
    const cite = (index: number): JsonObject => ({
      ...{ type: 'response.output_text.annotation.added', ...place },
      ...{ annotation_index: index, annotation: one },
    });
    const item = message('Hi', { content: [textPart('Hi', [one])] });
    const cited = (...citations: JsonObject[]) => [
      ...[...begun(), added, partAdded, delta('Hi'), ...citations, textDone('Hi')],
      { ...partDone('Hi'), part: textPart('Hi', [one]) },
      ...[done(item), completed([item])],
    ];
    expect(found(cited(cite(0)))).toEqual([]);
    expect(found(cited(cite(1)))).toEqual(['P5 warning 5']);
    expect(found(cited())).toEqual(['P5 warning 6']);
  });

  test('an item that is incomplete is the last, and need not be closed in full', () => {
    const cut = message('Hel', { status: 'incomplete' });
    const end = {
      type: 'response.incomplete',
      response: response('incomplete', {
        ...{ output: [cut], usage, incomplete_details: { reason: 'max_output_tokens' } },
      }),
    };
    expect(found([...begun(), added, partAdded, delta('Hel'), done(cut), end])).toEqual([
      'W12 warning 6',
    ]);
    expect(
      found([...begun(), added, partAdded, delta('Hel'), done(cut), completed([cut])]),
    ).toEqual(['I8 warning 6']);
  });
});

describe('tools', () => {
  const search = (status: string): JsonObject => ({
    ...{ id: 'ws_1', type: 'web_search_call', status, action: { type: 'search', query: 'q' } },
  });
  const searched = (...statuses: string[]) => [
    ...[...begun(), { ...added, item: search('in_progress') }],
    ...statuses.map((status) => ({
      ...{ type: `response.web_search_call.${status}`, item_id: 'ws_1', output_index: 0 },
    })),
    ...[done(search('completed')), completed([search('completed')])],
  ];

  test('go from in progress over work to their end', () => {
    expect(found(searched('in_progress', 'searching', 'completed'))).toEqual([]);
    // An approved MCP call repeats the first: seen in a recording.
    expect(found(searched('in_progress', 'in_progress', 'completed'))).toEqual([]);
    expect(found(searched())).toEqual([]);
    expect(found(searched('searching', 'completed'))).toEqual(['T1 warning 3']);
    expect(found(searched('in_progress', 'completed', 'searching'))).toEqual(['T1 warning 5']);
    expect(found(searched('in_progress', 'searching'))).toEqual(['T1 warning 5']);
  });
});

describe('what was asked for', () => {
  const schema = {
    ...{ type: 'object', required: ['age'], additionalProperties: false },
    properties: { age: { type: 'integer' } },
  };
  const format = (strict: boolean) => ({ type: 'json_schema', name: 'person', strict, schema });
  const answered = (text: string, strict = true) => [
    ...[...begun({ text: { format: format(strict) } }), ...said(text)],
    completed([message(text)]),
  ];

  test('a strict output is held against its schema', () => {
    expect(found(answered('{"age":41}'))).toEqual([]);
    const [problem, ...others] = findingsIn(streamOf(numbered(answered('{"age":"x"}'))));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'X3', severity: 'error', seq: 10 });
    expect(problem!.message).toMatch(/"person": \/age .*integer/);
    expect(found(answered('{"age":'))).toEqual(['X3 error 9']);
    expect(found(answered('{"age":"x"}', false))).toEqual([]);
  });

  test('the schema may be known from the request only', () => {
    const body = JSON.stringify({ text: { format: format(true) } });
    const request = requestFacts({ url: 'https://h/v1/responses', body });
    expect(found(whole('{"age":"x"}'), request)).toEqual(['X3 error 10']);
  });

  test('the arguments of a completed call are JSON', () => {
    expect(found([...begun(), ...called('{"a":1}'), completed([call('{"a":1}')])])).toEqual([]);
    expect(found([...begun(), ...called('{"a":'), completed([call('{"a":')])])).toEqual([
      'X2 error 5',
    ]);
  });

  test('padding stands on deltas, and nowhere if it was not wanted', () => {
    const padded = whole('Hello').map((event) =>
      String(event.type).endsWith('.delta') ? { ...event, obfuscation: 'x' } : event,
    );
    const none = { stream_options: { include_obfuscation: false } };
    const request = requestFacts({ url: '', body: JSON.stringify(none) });
    expect(found(padded)).toEqual([]);
    expect(found(padded, request)).toEqual(['X5 warning 4']);
    const odd = whole('Hello').map((event, seq) =>
      seq === 3 ? { ...event, obfuscation: '' } : event,
    );
    expect(found(odd)).toEqual(['X5 warning 3']);
  });
});

test('what a request says of its stream', () => {
  expect(requestFacts(null)).toBeNull();
  expect(requestFacts({ url: 'https://h/v1/responses', body: 'no JSON' })).toEqual({
    ...{ obfuscation: true, background: false, startingAfter: null, format: null },
  });
  const url = 'https://h/r?include_obfuscation=false&starting_after=12#x';
  expect(requestFacts({ url, body: '{"background":true}' })).toEqual({
    ...{ obfuscation: false, background: true, startingAfter: 12, format: null },
  });
});
