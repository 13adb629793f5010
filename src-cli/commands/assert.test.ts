import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test, vi } from 'vitest';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { TASK_LIMITS } from '../../src-main/schemas/task-runner.ts';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { writeCaptureFolder } from '../testing/captures.ts';
import { root, run } from '../testing/run.ts';

const chunk = (delta: object, reason: string | null = null) => {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
  return `data: ${JSON.stringify({ ...head, choices })}\n\n`;
};
const DONE = 'data: [DONE]\n\n';

/** A chat completion whose answer comes in these pieces. */
function chat(...pieces: string[]): string[] {
  const texts = pieces.map((content) => chunk({ content }));
  return [chunk({ role: 'assistant', content: '' }), ...texts, chunk({}, 'stop'), DONE];
}

/** Chunks with the milliseconds at which they came. */
function timed(chunks: string[], times: number[]): [string, number][] {
  return chunks.map((bytes, at) => [bytes, times[at]! * 1000]);
}

function asserting(files: Record<string, string> = {}) {
  const workingDirectory = temporaryFolder();
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(workingDirectory, name), text);
  return {
    workingDirectory,
    capture: (id: string, chunks: [string, number][], facts: Partial<CaptureMeta> = {}) =>
      writeCaptureFolder(workingDirectory, id, chunks, facts),
    ask: (...args: string[]) => run(['assert', ...args], { workingDirectory }),
  };
}

interface Asked {
  kind: string;
  name: string;
  outcome: string;
  message: string;
  event: number | null;
  line: number | null;
  details: string[];
}
/** The assertions of one stream. */
function askedIn(out: string): Asked[] {
  return (JSON.parse(out) as { streams: { assertions: Asked[] }[] }).streams[0]!.assertions;
}

const example = (name: string) => join(root, 'examples', name);

describe('the exit code', () => {
  // What each example is stands in examples/README.md.
  test.each([
    [0, ['person.sse', 'web-search.sse', 'chat-tool-calls.sse', 'messages-tool-use.sse']],
    [1, ['incomplete.sse']],
    [1, ['person.sse', 'rate-limit.sse']],
    [0, ['--status', 'incomplete', 'incomplete.sse']],
    [0, ['--status', 'failed', 'rate-limit.sse']],
    [0, ['--status', 'any', 'rate-limit.sse', 'incomplete.sse']],
    [1, ['--status', 'failed', 'person.sse']],
    // It was asked for with a schema, and refused.
    [1, ['refusal.sse']],
    [0, ['--no-schema', 'refusal.sse']],
    [0, ['--events', '23', '--contains', 'Alice Johnson', 'person.sse']],
    [0, ['--events', '5..', '--events', '..23', 'person.sse']],
    [1, ['--events', '24..', 'person.sse']],
    [1, ['--contains', 'Bob', 'person.sse']],
    [1, ['--contains', 'Alice', '--lane', 'function_arguments', 'person.sse']],
    [2, ['missing.sse']],
    [2, ['missing.sse', 'rate-limit.sse']],
    // They hold no times: that can't be told, and is no pass.
    [2, ['--first-text', '1s', 'person.sse']],
    [2, ['--total', '1s', 'rate-limit.sse']],
  ])('is %i for %j', async (code, args) => {
    const named = args.map((arg) => (arg.endsWith('.sse') ? example(arg) : arg));
    expect((await run(['assert', ...named])).code).toBe(code);
  });

  test.each([
    [2, DONE, []],
    [2, 'data: hello\n\n', []],
    [0, 'data: hello\n\n', ['--dialect', 'plain']],
    [0, 'data: hello\n\n', ['--status', 'any']],
    [2, 'data: {"message":"overloaded","statusCode":503}\n\n', []],
    [1, 'event: error\ndata: boom\n\n', []],
    [1, 'event: error\ndata: boom\n\n', ['--dialect', 'plain']],
    [1, `data: {"id":"c","object":"chat.completion.chunk","choices":[]}\n\n${DONE}`, []],
  ])('is %i for a stream that tells no end: %j %j', async (code, text, args) => {
    const { ask } = asserting({ 'told.sse': text });
    expect((await ask(...args, 'told.sse')).code).toBe(code);
  });

  test('follows warnings, their number, and silenced rules', async () => {
    const odd = `${chat('a').join('')}fields: are others\n\n`;
    const { ask } = asserting({ 'odd.sse': odd });
    expect((await ask('odd.sse')).code).toBe(0);
    expect((await ask('--fail-on', 'warning', 'odd.sse')).code).toBe(1);
    expect((await ask('--max-warnings', '0', 'odd.sse')).code).toBe(1);
    expect((await ask('--max-warnings', '0', '--fail-on', 'never', 'odd.sse')).code).toBe(1);
    const { out } = await ask('-f', 'json', '--fail-on', 'warning', 'odd.sse');
    const [{ message = '', line } = {}] = askedIn(out).filter(({ kind }) => kind === 'lint');
    const [, count, rule] = /^(\d+) warnings?: .* \[(\w+)\]$/.exec(message) ?? [];
    // Four events, each a line and a blank one: it stands in the ninth.
    expect({ count, line }).toEqual({ count: '1', line: 9 });
    expect((await ask('--max-warnings', '1', 'odd.sse')).code).toBe(0);
    expect((await ask('--fail-on', 'warning', '--silence', rule!, 'odd.sse')).code).toBe(0);
  });
});

test('what fails is told with its line and event, in the words of the server', async () => {
  const { out } = await run(['assert', '-f', 'json', 'examples/rate-limit.sse']);
  const [status, lint] = askedIn(out);
  expect(status).toMatchObject({ kind: 'status', outcome: 'failed', event: 2, line: 7 });
  expect(status!.message).toMatch(/^It is failed: .*rate_limit_exceeded/);
  // That it failed is no finding beside.
  expect(lint).toMatchObject({ kind: 'lint', outcome: 'passed', event: null, line: null });
  const { out: text } = await run(['assert', 'examples/rate-limit.sse', 'examples/person.sse']);
  expect(text.split('\n')).toEqual([
    expect.stringMatching(/^examples\/rate-limit\.sse:7: failed: #2 ends completed: It is failed/),
    'examples/rate-limit.sse: 1 failed, 1 passed',
    'examples/person.sse: 3 passed',
    '2 streams: 1 failed, 1 passed',
    '',
  ]);
});

describe('times', () => {
  // Events 0 to 4: the first text is event 1 at 300 ms, the longest gap, 500 ms, is before event 3.
  const chunks = timed(chat('one', ' two'), [200, 300, 400, 900, 950]);
  const end = { kind: 'closed', atUs: 1_000_000, code: null, message: '' } as const;

  test.each([
    ['--first-text', '300ms', 'passed', null],
    ['--first-text', '299', 'failed', 1],
    ['--first-text', '0.3s', 'passed', null],
    ['--total', '1s', 'passed', null],
    ['--total', '999ms', 'failed', 4],
    ['--max-gap', '500ms', 'passed', null],
    ['--max-gap', '499.9ms', 'failed', 3],
  ])('%s %s %s', async (option, time, outcome, event) => {
    const { capture, ask } = asserting();
    capture('timed', chunks, { end });
    const { code, out } = await ask('-f', 'json', option, time, 'timed');
    const asked = askedIn(out).find(({ kind }) => `--${kind}` === option);
    expect(asked).toMatchObject({ outcome, event });
    expect(code).toBe(outcome === 'passed' ? 0 : 1);
  });

  test('a stream without text has no first one, and one without times is an error', async () => {
    const { capture, ask } = asserting({ 'file.sse': chat('a').join('') });
    capture('silent', timed(chat(), [1, 2, 3]));
    const silent = await ask('-f', 'json', '--first-text', '1s', 'silent');
    expect(askedIn(silent.out)[2]).toMatchObject({
      outcome: 'failed',
      message: 'There is no text.',
    });
    const { code, out } = await ask('--first-text', '1s', 'file.sse');
    expect(code).toBe(2);
    expect(out).toContain('file.sse: error: first text within 1 s: No times were recorded');
    expect(out).toContain('file.sse: 1 not told, 2 passed');
  });

  test('a pipe has them', async () => {
    const { code, out } = await run(['assert', '--first-text', '10s'], { stdin: chat('a') });
    expect({ code, out }).toEqual({ code: 0, out: '(standard input): 3 passed\n' });
  });
});

describe('schemas', () => {
  const schema = { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] };
  const request = (body: object) => ({
    request: { method: 'POST', url: 'https://x.test', headers: [], body: JSON.stringify(body) },
  });
  const asked = request({ response_format: { type: 'json_schema', json_schema: { schema } } });

  test('the output fits a schema in a file, or is told with the event that broke it', async () => {
    // Events 0 to 5: `"x"` closes with event 2.
    const { ask } = asserting({
      'age.json': JSON.stringify(schema),
      'good.sse': chat('{"age"', ':', '3}').join(''),
      'bad.sse': chat('{"age"', ':"x"', ',"b":1}').join(''),
      'cut.sse': chat('{"age"').join(''),
      'prose.sse': chat('Here', ' it is').join(''),
    });
    expect((await ask('--schema', 'age.json', 'good.sse')).code).toBe(0);
    const told = async (name: string) =>
      askedIn((await ask('-f', 'json', '--schema', 'age.json', name)).out).at(-1)!;
    expect(await told('bad.sse')).toEqual({
      ...{ kind: 'schema', name: 'output fits age.json', outcome: 'failed', event: 2, line: 5 },
      message: '0:output_text: /age must be integer.',
      details: ['/age must be integer'],
    });
    expect((await told('cut.sse')).message).toBe('0:output_text ends before its JSON does.');
    expect(await told('prose.sse')).toMatchObject({
      message: '0:output_text is no JSON: it begins with "Here it is".',
      event: 1,
    });
  });

  test('it is the one that was asked for with, unless that does not count', async () => {
    const { capture, ask } = asserting();
    capture('good', timed(chat('{"age":3}'), [1, 2, 3, 4]), asked);
    capture('bad', timed(chat('{"age":"3"}'), [1, 2, 3, 4]), asked);
    expect((await ask('-f', 'json', 'good')).out).toContain('output fits its schema');
    expect((await ask('good')).code).toBe(0);
    expect((await ask('bad')).code).toBe(1);
    expect((await ask('--no-schema', 'bad')).code).toBe(0);
  });

  test('arguments fit the parameters of their function', async () => {
    const call = (args: string) => [
      chunk({ role: 'assistant', content: null }),
      chunk({
        tool_calls: [
          { index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: args } },
        ],
      }),
      chunk({}, 'tool_calls'),
      DONE,
    ];
    const tools = [{ type: 'function', function: { name: 'f', parameters: schema } }];
    const { capture, ask } = asserting();
    capture('good', timed(call('{"age":3}'), [1, 2, 3, 4]), request({ tools }));
    capture('bad', timed(call('{}'), [1, 2, 3, 4]), request({ tools }));
    expect((await ask('good')).out).toBe('good: 3 passed\n');
    expect((await ask('bad')).out).toContain("the whole must have required property 'age'");
  });

  test('one that can’t be used is an error, one that is none is refused before anything is read', async () => {
    const { ask } = asserting({
      'away.json': '{"type":"object","$ref":"https://elsewhere.test/x"}',
      'good.sse': chat('{}').join(''),
      'data.json': '{"a":1}',
    });
    const { code, out } = await ask('--schema', 'away.json', 'good.sse');
    expect(code).toBe(2);
    expect(out).toMatch(/good\.sse: error: output fits away\.json: The schema can't be used/);
    for (const [file, fact] of [
      ['data.json', 'data.json holds no schema. It is no schema: it looks like data.'],
      ['none.json', "none.json can't be read: there is no such file."],
    ]) {
      const { code, out, err } = await ask('--schema', file!, 'good.sse');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(fact);
    }
  });

  test('a pattern that takes forever is stopped', async () => {
    const { ask } = asserting({
      'slow.json': '{"type":"string","pattern":"^(a+)+$"}',
      'slow.sse': chat(JSON.stringify(`${'a'.repeat(60)}!`)).join(''),
    });
    vi.spyOn(TASK_LIMITS.judge, 'ms', 'get').mockReturnValue(50);
    const { code, out } = await ask('--schema', 'slow.json', 'slow.sse');
    expect(code).toBe(2);
    expect(out).toContain('took longer than');
  });
});

describe('a capture', () => {
  test('that a request failed for is no stream that can’t be read', async () => {
    const { capture, ask } = asserting();
    const message = 'The server answered 401 Unauthorized.';
    capture('refused', [['{"error":{"message":"no"}}', 5]], {
      end: { kind: 'failed', atUs: 5, code: 'http-401', message },
    });
    const { code, out } = await ask('-f', 'json', 'refused');
    expect(code).toBe(1);
    expect(askedIn(out)[0]).toMatchObject({ message: `It is failed: ${message}`, event: null });
    expect((await ask('--status', 'failed', '--fail-on', 'never', 'refused')).code).toBe(0);
  });

  test('that was cut is disconnected, whatever it said', async () => {
    const { capture, ask } = asserting();
    const message = 'The connection broke.';
    const end = { kind: 'disconnected', atUs: 3000, code: 'ECONNRESET', message } as const;
    capture('cut', timed(chat('a').slice(0, 2), [1, 2]), { end });
    expect((await ask('cut')).out).toContain('ends completed: It is disconnected: The connection');
    expect((await ask('--status', 'disconnected', '--fail-on', 'never', 'cut')).code).toBe(0);
  });
});

describe('JUnit', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    trimValues: false,
    processEntities: { enabled: true },
    htmlEntities: true,
    isArray: (name) => ['testsuite', 'testcase'].includes(name),
  });
  interface Suite {
    name: string;
    tests: string;
    failures: string;
    errors: string;
    time: string;
    testcase: Record<string, string & Record<string, string>>[];
    'system-out'?: string;
  }
  const suitesOf = (xml: string) => {
    expect(XMLValidator.validate(xml)).toBe(true);
    return (parser.parse(xml) as { testsuites: Omit<Suite, 'testcase'> & { testsuite: Suite[] } })
      .testsuites;
  };

  test('has a suite for each stream and a case for each assertion, with counts that add up', async () => {
    const { ask } = asserting({
      'good.sse': chat('fine').join(''),
      'cut.sse': chat('never ends').slice(0, 2).join(''),
    });
    const { code, out } = await ask('-f', 'junit', '--total', '1s', 'good.sse', 'cut.sse', 'gone');
    expect(code).toBe(2);
    const { testsuite, ...all } = suitesOf(out);
    expect(all).toMatchObject({ name: 'deltascope', tests: '7', failures: '2', errors: '3' });
    expect(testsuite.map(({ name, tests, failures, errors }) => [name, tests, failures, errors]))
      // A total can't be told of either; `gone` can't be read.
      .toEqual([
        ['good.sse', '3', '0', '1'],
        ['cut.sse', '3', '2', '1'],
        ['gone', '1', '0', '1'],
      ]);
    const [ends, lint, total] = testsuite[1]!.testcase;
    expect(ends).toMatchObject({ name: 'ends completed', classname: 'cut.sse', file: 'cut.sse' });
    expect(ends!.line).toBe('3');
    expect(ends!.failure).toMatchObject({ type: 'status' });
    // A chat completion that never says why it ended breaks a rule as well.
    expect(lint).toMatchObject({ name: 'has no errors', failure: { type: 'lint' } });
    expect(total!.error!.message).toMatch(/^No times were recorded/);
    for (const { time } of testsuite) expect(time).toMatch(/^\d+\.\d{6}$/);
    expect(testsuite[2]!.testcase[0]!.error!.message).toContain('there is no such file');
  });

  test('holds what was captured, escaped; what XML can’t write stands as an escape', async () => {
    const text = 'a<b>&"\'\u0000\u001b[31m\ud800 ]]>\r\n\t\ufffeé😀';
    const { ask } = asserting({ 'odd <&">.sse': chat(text).join('') });
    const { out } = await ask('-f', 'junit', '--contains', 'x\u0001"\n<', 'odd <&">.sse');
    // None of the characters that XML 1.0 forbids (section 2.2).
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800](?![\udc00-\udfff])/);
    const [suite] = suitesOf(out).testsuite;
    expect(suite!.name).toBe('odd <&">.sse');
    expect(suite!['system-out']).toBe('a<b>&"\'\\u0000\\u001b[31m\\ud800 ]]>\r\n\t\\ufffeé😀');
    expect(suite!.testcase.at(-1)!.name).toBe('contains "x\\u0001\\"\\n<"');
  });
});

test.each([
  [['--status', 'done'], '"done"'],
  [['--first-text', 'soon'], 'It is a time such as 800ms'],
  [['--events', '9..5'], 'It is a number, or a range'],
  [['--events', '..'], 'It is a number, or a range'],
  [['--max-warnings', '-1'], '--max-warnings'],
  [['--silence', 'W999'], 'There is no rule "W999".'],
  [['--lane', 'texts'], '--lane can\'t be "texts".'],
  [['--schema', 'x', '--no-schema'], 'at once'],
])('%j is refused', async (args, fact) => {
  const { code, out, err } = await run(['assert', ...args, 'examples/person.sse']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(fact);
});

test('no example passes by chance: damaged, it fails', async () => {
  const whole = readFileSync(example('person.sse'), 'utf8');
  const { ask } = asserting({
    'cut.sse': whole.slice(0, whole.indexOf('event: response.completed')),
    'swapped.sse': whole.replace('"delta":"Alice"', '"delta":"Alicia"'),
  });
  expect((await ask('cut.sse')).out).toContain('ends completed: It is disconnected');
  expect((await ask('swapped.sse')).out).toContain('has no errors: ');
});
