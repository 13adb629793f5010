import { describe, expect, test } from 'vitest';
import { apiPathOf, isSamePath } from './api-path.ts';
import { Choice } from './choice.ts';
import { missOf } from './match.ts';
import { DEFAULT_MATCHING, type Matching } from './matching.ts';
import { RequestFacts } from './request-facts.ts';

const request = (body: unknown, url = 'https://api.openai.com/v1/responses', method = 'POST') =>
  new RequestFacts({ method, url, body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('paths', () => {
  const same = (one: string, other: string) => isSamePath(apiPathOf(one), apiPathOf(other));

  test.each([
    ['/responses', 'https://api.openai.com/v1/responses'],
    ['/v1/responses', 'https://api.openai.com/v1/responses?api-version=2'],
    ['/openai/v1/responses/', 'https://api.openai.com/v1/responses'],
    ['/openai/responses?api-version=preview', 'https://x.openai.azure.com/openai/v1/responses'],
    ['/chat/completions', 'https://api.groq.com/openai/v1/chat/completions'],
    ['/v1/chat/completions', 'https://x.azure.com/openai/deployments/gpt/chat/completions'],
    ['/messages', 'https://api.anthropic.com/v1/messages'],
    ['/v1/messages', 'https://api.anthropic.com/v1/messages?beta=true'],
    [
      '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
      'https://us-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/gemini-pro:streamGenerateContent',
    ],
    ['/api/chat', 'http://localhost:11434/api/chat'],
    ['/responses/resp_1/cancel', 'https://api.openai.com/v1/responses/resp_1/cancel'],
    ['/anything/else', 'http://localhost/else'],
  ])('%s is the path of %s', (asked, recorded) => {
    expect(same(asked, recorded)).toBe(true);
    expect(same(recorded, asked)).toBe(true);
  });

  test.each([
    ['/v1/completions', 'https://api.openai.com/v1/chat/completions'],
    ['/completions', 'https://api.openai.com/v1/chat/completions'],
    ['/chat/completions', 'https://api.openai.com/v1/completions'],
    ['/v1/responses/resp_1', 'https://api.openai.com/v1/responses'],
    ['/v1/messages/count_tokens', 'https://api.anthropic.com/v1/messages'],
    ['/v1beta/models/g:generateContent', 'https://x/v1beta/models/g:streamGenerateContent'],
    ['/', 'https://api.openai.com/v1/responses'],
    ['/xresponses', 'https://api.openai.com/v1/responses'],
  ])('%s is not the path of %s', (asked, recorded) => {
    expect(same(asked, recorded)).toBe(false);
    expect(same(recorded, asked)).toBe(false);
  });
});

describe('reasons', () => {
  const recorded = { model: 'gpt-4.1', stream: true, input: [{ content: 'Hi' }], user: '•••' };
  const reason = (asked: RequestFacts, matching: Partial<Matching> = {}) =>
    missOf(
      asked,
      { kind: 'request', facts: request(recorded) },
      { ...DEFAULT_MATCHING, ...matching },
    )?.reason() ?? null;

  test.each([
    ['nothing', { model: 'gpt-4.1', stream: true }, {}, null],
    [
      'the model',
      { model: 'gpt-4o', stream: true },
      {},
      'asks for model gpt-4o, recorded with model gpt-4.1',
    ],
    ['no model', { stream: true }, {}, 'asks for no model, recorded with model gpt-4.1'],
    [
      'no stream',
      { model: 'gpt-4.1' },
      {},
      'asks for no stream ("stream": true is missing), recorded as a stream',
    ],
    ['a model that does not count', { model: 'x', stream: true }, { model: false }, null],
    [
      'the order of keys and a secret',
      { user: 'me', input: [{ content: 'Hi' }], stream: true, model: 'gpt-4.1' },
      { body: 'exact' },
      null,
    ],
    [
      'a text',
      { ...recorded, input: [{ content: 'Ho' }] },
      { body: 'exact' },
      'body differs at /input/0/content (asked "Ho", recorded "Hi")',
    ],
    [
      'a member that was added',
      { ...recorded, 'a/b': null },
      { body: 'exact' },
      'body differs at /a~1b (asked null, recorded nothing)',
    ],
    [
      'a text that is not looked at',
      { ...recorded, input: 1 },
      { body: 'fields', fields: ['/user'] },
      null,
    ],
    [
      'a field',
      { ...recorded, input: [] },
      { body: 'fields', fields: ['/user', '/input/0'] },
      'body differs at /input/0 (asked nothing, recorded {"content":"Hi"})',
    ],
  ] as [string, object, Partial<Matching>, string | null][])(
    '%s differs',
    (_name, body, matching, expected) => {
      expect(reason(request(body), matching)).toBe(expected);
    },
  );

  test('all that differs is said, and bodies that are no JSON are compared by characters', () => {
    const asked = request('ab', 'http://h/v1/chat/completions', 'put');
    expect(reason(asked, { body: 'exact' })).toBe(
      'asks for /v1/chat/completions, recorded for /v1/responses; asks with PUT, recorded with POST; ' +
        'asks for no stream ("stream": true is missing), recorded as a stream; ' +
        'asks for no model, recorded with model gpt-4.1',
    );
    const facts = request('abc');
    const matching = { ...DEFAULT_MATCHING, body: 'exact' } as const;
    expect(missOf(request('abd'), { kind: 'request', facts }, matching)?.reason()).toBe(
      'body differs at character 2',
    );
  });

  test('a stream without a request answers the path of its API, or anything', () => {
    const miss = (asked: RequestFacts, dialect: 'messages' | 'plain') =>
      missOf(asked, { kind: 'stream', dialect, model: '' }, DEFAULT_MATCHING)?.reason() ?? null;
    const asked = request({ model: 'any', stream: true }, '/v1/messages');
    expect(miss(asked, 'messages')).toBe(null);
    expect(miss(request({ stream: true }, '/v1/responses'), 'messages')).toBe(
      'asks for /v1/responses, is an answer of /messages',
    );
    expect(miss(request('', '/', 'GET'), 'plain')).toBe(null);
  });
});

describe('which of several', () => {
  const answer = (model: string) =>
    ({ kind: 'request', facts: request({ model, stream: true }) }) as const;
  const three = ['a', 'b', 'c'].map((id) => ({ id, answer: answer(id === 'c' ? 'other' : 'm') }));
  const served = (choice: Matching['choice'], times: number, model = 'm') => {
    const one = new Choice();
    const asked = request({ model, stream: true });
    return Array.from(
      { length: times },
      () => one.choose(asked, three, { ...DEFAULT_MATCHING, choice }).chosen?.id ?? null,
    );
  };

  test('the first, one a call, or one after the other', () => {
    expect(served('first', 3)).toEqual(['a', 'a', 'a']);
    expect(served('calls', 3)).toEqual(['a', 'b', null]);
    expect(served('turn', 5)).toEqual(['a', 'b', 'a', 'b', 'a']);
    expect(served('turn', 2, 'none')).toEqual([null, null]);
  });

  test('streams without a request answer any model, and first those of their own', () => {
    const stream = (id: string, model: string) => ({
      id,
      answer: { kind: 'stream', dialect: 'responses', model } as const,
    });
    const files = [stream('mini', 'gpt-4o-mini-2024-07-18'), stream('o3', 'o3'), stream('?', '')];
    const chosen = (model: string, matching: Partial<Matching> = {}) => {
      const one = new Choice();
      const asked = request({ model, stream: true });
      const next = () => one.choose(asked, files, { ...DEFAULT_MATCHING, ...matching });
      return [next(), next()].map(({ chosen }) => chosen?.id ?? null);
    };
    expect(chosen('gpt-4o-mini')).toEqual(['mini', 'mini']);
    expect(chosen('gpt-4o-mini-2024-07-18', { choice: 'calls' })).toEqual(['mini', null]);
    expect(chosen('o3')).toEqual(['o3', 'o3']);
    // The name of another model begins the same way.
    expect(chosen('gpt-4o')).toEqual(['mini', 'o3']);
    expect(chosen('o3', { model: false })).toEqual(['mini', 'o3']);
  });

  test('misses are told the nearest first', () => {
    const far = {
      id: 'far',
      answer: { kind: 'request', facts: request({}, '/v1/files') } as const,
    };
    const { misses } = new Choice().choose(
      request({ model: 'other', stream: true }),
      [far, ...three],
      DEFAULT_MATCHING,
    );
    expect(misses.map(({ of }) => of.id)).toEqual(['a', 'b', 'far']);
  });
});
