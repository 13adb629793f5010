import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APIS } from '../apis.ts';
import { madeAnswer } from '../made-stream/made-answer.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { bodyOf, chunksOf, exportCapture, PLAIN_META } from '../testing/export-captures.ts';
import { recordings } from '../testing/recordings.ts';
import { DEFAULT_REDACTION, NO_REDACTION, type RedactionOptions } from './options.ts';
import { redactCapture, redactionReport } from './redact-capture.ts';

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const frame = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

/** All that a capture holds, as one text; escapes of JSON undone. */
async function allOf(capture: ReturnType<typeof exportCapture>): Promise<string> {
  return JSON.stringify(capture.meta) + decode(await bodyOf(capture));
}

async function redactedBody(body: string, options: Partial<RedactionOptions> = {}) {
  const capture = exportCapture(body, { request: null });
  return decode(await bodyOf(await redactCapture(capture, { ...DEFAULT_REDACTION, ...options })));
}

test('what names say is struck out of request and response', async () => {
  const capture = exportCapture(frame({ type: 'x', organization: 'acme-labs-7', user: 'ann' }), {
    name: 'for acme-labs-7',
    origin: { kind: 'file', path: '/home/ann/streams/person.sse' },
    request: {
      method: 'POST',
      url: 'https://ann:pw@api.example.com/v1/projects/acme-prod-1/x?api_key=k123456789&user_id=u%2F77&v=1',
      headers: [
        ['Authorization', 'Bearer sk-abcdefghijk1234567890'],
        ['OpenAI-Organization', 'org-abc'],
        ['OpenAI-Project', 'proj_abc'],
        ['X-Forwarded-For', '10.1.2.3'],
        ['accept', 'text/event-stream'],
      ],
      body: '{"user": "ann-7-smith", "metadata": {"user_id": 12345, "plan": "free"}, "tools": [{"authorization": "Bearer t0k3n-of-tool", "max_tokens": 5}], "safety_identifier": "h\\u0061sh", "input": "Bearer of t0k3n-of-tool"}',
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: '1.1',
      headers: [
        ['openai-organization', 'user-abc'],
        ['x-ratelimit-limit-tokens', '150000'],
        ['set-cookie', '__cf_bm=abc'],
        ['x-request-id', 'req_1 ann-7-smith'],
      ],
    },
  });
  const { meta } = await redactCapture(capture, DEFAULT_REDACTION);
  expect(meta).toEqual({
    ...capture.meta,
    name: 'for ***********',
    origin: { kind: 'file', path: 'person.sse' },
    request: {
      method: 'POST',
      url: 'https://redacted@api.example.com/v1/projects/redacted/x?api_key=redacted&user_id=redacted&v=1',
      headers: [
        ['Authorization', '•••'],
        ['OpenAI-Organization', '•••'],
        ['OpenAI-Project', '•••'],
        ['X-Forwarded-For', '•••'],
        ['accept', 'text/event-stream'],
      ],
      body: '{"user": "***********", "metadata": {"user_id": 11111, "plan": "free"}, "tools": [{"authorization": "********************", "max_tokens": 5}], "safety_identifier": "****", "input": "Bearer of *************"}',
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: '1.1',
      headers: [
        ['openai-organization', '•••'],
        ['x-ratelimit-limit-tokens', '150000'],
        ['set-cookie', '•••'],
        ['x-request-id', 'req_1 ***********'],
      ],
    },
  });
  const report = await redactionReport(capture, DEFAULT_REDACTION);
  expect(report.struck.map(({ where, class: of, shown }) => `${of}: ${where}: ${shown}`)).toEqual([
    'secret: address user: … (6 characters)',
    'organisation: address projects: acme-prod-1',
    'secret: address api_key: k1… (10 characters)',
    'user: address user_id: u%2F77',
    'secret: request header Authorization: Bea…890 (31 characters)',
    'organisation: request header OpenAI-Organization: org-abc',
    'organisation: request header OpenAI-Project: proj_abc',
    'user: request header X-Forwarded-For: 10.1.2.3',
    'user: request body /user: ann-7-smith',
    'user: request body /metadata/user_id: 12345',
    'secret: request body /tools/0/authorization: Bea…ool (20 characters)',
    'user: request body /safety_identifier: hash',
    'secret: request body /input: t0… (13 characters)',
    'organisation: response header openai-organization: user-abc',
    'secret: response header set-cookie: __… (11 characters)',
    'user: response header x-request-id: ann-7-smith',
    'organisation: name: acme-labs-7',
    'user: origin: /home/ann/streams/',
    'organisation: event 0 /organization: acme-labs-7',
    'user: event 0 /user: ann',
  ]);
  expect(report).toMatchObject({ count: 20, counts: { organisation: 6, user: 8, secret: 6 } });
  // The original is as it was.
  expect(capture.meta.name).toBe('for acme-labs-7');
});

test('a class that is switched off stays, but for the values of secret headers', async () => {
  const body = frame({ user: 'ann-7-smith', organization: 'acme-labs-7' });
  const { organisation: _, ...rest } = DEFAULT_REDACTION;
  expect(await redactedBody(body, { ...rest, organisation: false })).toBe(
    frame({ user: '***********', organization: 'acme-labs-7' }),
  );
  const capture = exportCapture(body, {
    request: { ...PLAIN_META.request!, headers: [['x-api-key', 'kept by mistake']] },
  });
  const none = await redactCapture(capture, NO_REDACTION);
  expect(decode(await bodyOf(none))).toBe(body);
  expect(none.meta.request!.headers).toEqual([['x-api-key', '•••']]);
});

test('values are known by their form, anywhere', async () => {
  const texts = [
    'sk-proj-abc123def456ghi789',
    'AIzaSyA1234567890abcdefghijk',
    'ghp_abcdefghijklmnop1234',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.abcdefghijklmnop',
    'org-AbCdEf123456789',
    'proj_AbCdEf123456789',
    'user-AbCdEf123456789abcdefgh',
  ];
  for (const text of texts) {
    const stars = '*'.repeat(text.length);
    expect(await redactedBody(`: for ${text}\ndata: {"a":"(${text})"}\n\n`)).toBe(
      `: for ${stars}\ndata: {"a":"(${stars})"}\n\n`,
    );
  }
  const mail = frame({ text: 'mail to ann.lee@mail.example.org.' });
  expect(await redactedBody(mail)).toBe(mail);
  expect(await redactedBody(mail, { email: true })).toBe(
    frame({ text: 'mail to ************************.' }),
  );
  // Ids of responses, items and calls are nobody's.
  const ids = frame({
    id: 'resp_0123456789abcdef0123',
    item_id: 'msg_68a0123456789',
    token: 'Bearer',
  });
  expect(await redactedBody(ids)).toBe(ids);
});

test('framing, escapes and damage stay as they are', async () => {
  const id = 'u-"\\\n-0123';
  const written = JSON.stringify(id).slice(1, -1);
  expect(await redactedBody(`data: {"user_id":"${written}",  "n":1.50}\r\n\r\n`)).toBe(
    `data: {"user_id":"${'*'.repeat(id.length)}",  "n":1.50}\r\n\r\n`,
  );
  // Several data lines are one text.
  expect(await redactedBody('data: {"user_id":\ndata: "abc-1234-x"}\n\n')).toBe(
    'data: {"user_id":\ndata: "**********"}\n\n',
  );
  // The stream was cut within the value.
  expect(await redactedBody('data: {"user_id":"abc-12')).toBe('data: {"user_id":"******');
  expect(await redactedBody('{"user_id":"abc-1234"}\n{"a":"abc-1234"}\n')).toBe(
    '{"user_id":"********"}\n{"a":"********"}\n',
  );
  expect(await redactedBody('[{"org_id":"abc-1234"},\n {"a":["x abc-1234"]}]')).toBe(
    '[{"org_id":"********"},\n {"a":["x ********"]}]',
  );
  expect(await redactedBody('<html>Bearer abcdefgh12345678</html>')).toBe(
    '<html>Bearer ****************</html>',
  );
});

test('own patterns strike out texts that came in pieces, with their log probabilities', async () => {
  const token = (text: string) => ({
    token: text,
    logprob: -1,
    bytes: [...new TextEncoder().encode(text)],
    top_logprobs: [
      { token: text, logprob: -1, bytes: [1] },
      { token: 'other', logprob: -2 },
    ],
  });
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  const delta = (text: string) => ({
    type: 'response.output_text.delta',
    ...place,
    delta: text,
    logprobs: [token(text)],
  });
  const events = [
    { type: 'response.created', response: { id: 'resp_1', output: [] } },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { id: 'msg_1', type: 'message', content: [] },
    },
    { type: 'response.content_part.added', ...place, part: { type: 'output_text', text: '' } },
    ...['The ', 'pro', 'ject Blue', 'bird', ' flies'].map(delta),
    { type: 'response.output_text.done', ...place, text: 'The project Bluebird flies' },
  ];
  const body = events.map(frame).join('');
  const options = {
    ...DEFAULT_REDACTION,
    custom: [
      { kind: 'regex', pattern: 'Blue\\w+' },
      { kind: 'text', pattern: 'delta' },
    ] as const,
  };
  const redacted = decode(await bodyOf(await redactCapture(exportCapture(body), options)));
  const values = redacted
    .split('\n\n')
    .slice(0, -1)
    .map((one) => JSON.parse(one.slice(6)) as (typeof events)[number] & ReturnType<typeof delta>);
  // The words of the protocol stay: the events are what they were.
  expect(values.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
  expect(values.slice(3, 8).map((one) => one.delta)).toEqual([
    'The ',
    'pro',
    'ject ****',
    '****',
    ' flies',
  ]);
  expect(values[8]).toMatchObject({ text: 'The project ******** flies' });
  expect(values[6]!.logprobs).toEqual([
    {
      token: '****',
      logprob: -1,
      bytes: [42, 42, 42, 42],
      top_logprobs: [
        { token: '****', logprob: -1, bytes: [42] },
        { token: '*****', logprob: -2 },
      ],
    },
  ]);
  expect(values[4]!.logprobs).toEqual([token('pro')]);
  const { struck } = await redactionReport(exportCapture(body), options);
  expect(struck).toEqual([
    { class: 'custom', where: 'output text 0/0, events 5 to 6', seq: 5, shown: 'Bluebird' },
    { class: 'custom', where: 'event 8 /text', seq: 8, shown: 'Bluebird' },
  ]);
});

describe('own patterns that can not be asked', () => {
  test.each([
    ['(', /no regular expression/],
    ['(a+)+$', /too long/],
    ['a*a*a*a*', /too long/],
    ['', /empty/],
    ['a'.repeat(1001), /longer than 1000/],
  ])('%s', async (pattern, message) => {
    const capture = exportCapture(frame({ a: 'aaaa' }));
    const options = { ...DEFAULT_REDACTION, custom: [{ kind: 'regex', pattern }] as const };
    const { remarks, struck } = await redactionReport(capture, options);
    expect(remarks).toEqual([expect.stringMatching(message)]);
    expect(struck).toEqual([]);
  });
});

test('chunks keep their times, and are cut at the same places of what is left', async () => {
  // Five letters of three bytes each become five asterisks.
  const capture = exportCapture('data: {"user_id":"€€€€€","a":1}\n\ndata: 2\n\n', {}, [20]);
  const redacted = await redactCapture(capture, DEFAULT_REDACTION);
  expect(decode(await bodyOf(redacted))).toBe('data: {"user_id":"*****","a":1}\n\ndata: 2\n\n');
  // Bytes 18 to 33 were the value, of which 10 are gone: the first chunk had its first two.
  expect(await chunksOf(redacted)).toEqual([
    [2000, 20],
    [3000, 10],
    [4000, 12],
  ]);
});

test('redaction changes nothing where there is nothing, in any recording', async () => {
  for (const extension of ['.sse', '.jsonl', '.ndjson', '.json'] as const)
    for (const { name, bytes } of recordings(extension)) {
      if (bytes.length > 15_000) continue;
      const capture = exportCapture(bytes, { request: null, response: null }, [997]);
      const { count } = await redactionReport(capture, DEFAULT_REDACTION);
      const redacted = await redactCapture(capture, DEFAULT_REDACTION);
      const body = await bodyOf(redacted);
      expect(body.length, name).toBe(bytes.length);
      if (count === 0) expect(Buffer.compare(body, bytes), name).toBe(0);
      expect(await chunksOf(redacted), name).toEqual(await chunksOf(capture));
    }
});

const SECRETS = [
  'sk-proj-abc123def456ghi789',
  'org-AbCdEf123456789xyz',
  'user-AbCdEf123456789abcdefgh',
  'ann.lee@mail.example.org',
  'Project Blue-Bird №7',
  'cust-4711-x',
];
const ALL: RedactionOptions = {
  ...DEFAULT_REDACTION,
  email: true,
  custom: [
    { kind: 'text', pattern: 'Project Blue-Bird №7' },
    { kind: 'regex', pattern: 'cust-\\d+-x' },
  ],
};

test('no secret is left, wherever it stands and however a stream is cut', async () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(...SECRETS),
      fc.constantFrom('a', ' the', '"', '\\', '\n', 'é', '{', '😀'),
    ),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...APIS),
      fc.constantFrom('text' as const, 'refusal' as const, 'call' as const),
      words,
      words,
      fc.nat(1000),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
      async (api, kind, text, prompt, seed, sizes) => {
        const [whole, asked] = [text.join(' '), prompt.join(' ')];
        const output =
          kind === 'call'
            ? { kind, name: 'f', text: JSON.stringify({ q: whole }) }
            : { kind, text: whole };
        const request = {
          model: 'm',
          instructions: asked,
          metadata: { note: asked, user_id: asked },
        };
        const { stream } = madeAnswer(api, {
          output,
          request,
          seed,
          id: '0123456789abcdef',
          createdAt: 1_700_000_000,
          inputTokens: 3,
        });
        const meta = {
          name: asked,
          request: { ...PLAIN_META.request!, body: JSON.stringify(request) },
          bookmarks: [{ seq: 0, note: asked }],
        };
        const capture = exportCapture(
          `: ${asked.replace(/[\r\n]/g, '')}\n\n${stream}`,
          meta,
          sizes,
        );
        const redacted = await redactCapture(capture, ALL);
        const all = await allOf(redacted);
        const lanes = (body: Uint8Array) =>
          new IndexedStream(body).index.lanes.map((lane) => lane.text);
        const [before, after] = [lanes(await bodyOf(capture)), lanes(await bodyOf(redacted))];
        for (const secret of SECRETS) {
          expect(all).not.toContain(secret);
          for (const lane of after) expect(lane).not.toContain(secret);
        }
        expect(after.map((lane) => lane.length)).toEqual(before.map((lane) => lane.length));
        const index = new IndexedStream(await bodyOf(redacted)).index;
        const original = new IndexedStream(await bodyOf(capture)).index;
        expect(index.count).toBe(original.count);
        expect(index.problemTally).toEqual(original.problemTally);
      },
    ),
    { numRuns: 40 },
  );
});
