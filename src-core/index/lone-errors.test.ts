import { describe, expect, test } from 'vitest';
import { IndexedStream } from '../testing/indexed-stream.ts';
import type { IndexerOptions } from './indexer.ts';

const indexed = (text: string, options: IndexerOptions = {}) => {
  const bytes = new TextEncoder().encode(text);
  return new IndexedStream(bytes, { chunks: [bytes.length] }, options);
};

function told(text: string, options: IndexerOptions = {}): string[] {
  const { index } = indexed(text, options);
  return [index.streamStatus, ...index.problems.map(({ rule, seq }) => `${rule} at ${seq}`)];
}

describe('an error that is all a server says is reported, in no dialect', () => {
  test.each([
    ['a gateway', 'data: {"error":{"message":"boom","type":"server_error"}}\n\ndata: [DONE]\n\n'],
    ['Gemini, as a list', '[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]'],
    ['Gemini, printed', '{\n  "error": {\n    "code": 400,\n    "message": "no key"\n  }\n}\n'],
    ['Ollama', '{"error":"model not found"}\n'],
    ['a body of status 401', '{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}'],
  ])('%s', (_, text) => {
    expect(told(text)).toEqual(['failed', 'W11 at 0']);
    expect(told(text, { dialect: 'plain' })).toEqual(['failed', 'W11 at 0']);
  });

  test('an event of that name, where a person says that it is of none', () => {
    const text = 'event: error\ndata: {"detail":"overloaded"}\n\n';
    expect(told(text, { dialect: 'plain' })).toEqual(['failed', 'W11 at 0']);
  });

  test('with its words, and as an event that is listed as one', () => {
    const { index } = indexed('{"error":{"code":429,"message":"slow down"}}\n');
    expect(index.problems[0]!.message).toBe('The server reports 429: slow down');
    expect(index.typeOf(0)).toBe('error');
  });

  test('but not what only has such a member', () => {
    for (const error of ['null', '""', 'false', '{}', '{"rate":0.1}'])
      expect(told(`data: {"error":${error},"value":1}\n\n`)).toEqual(['idle']);
  });
});

describe('an error before the dialect is known is one of the stream', () => {
  test('of chat chunks, which should not go on after it', () => {
    const chunk = {
      ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' },
      choices: [{ index: 0, delta: { role: 'assistant', content: 'x' }, finish_reason: null }],
    };
    const text = `data: {"error":{"message":"boom"}}\n\ndata: ${JSON.stringify(chunk)}\n\n`;
    const stream = indexed(text);
    expect(stream.index.dialect).toBe('chat');
    expect(told(text)).toEqual(['failed', 'W11 at 0', 'C9 at 1']);
    expect(stream.snapshots().at(0)).toEqual({ error: { message: 'boom' } });
    expect(stream.snapshots().at(1)).toMatchObject({ error: { message: 'boom' }, id: 'c' });
  });

  test('of lines of Ollama', () => {
    const line = { model: 'm', created_at: 't', message: { content: 'x' }, done: false };
    // Nothing is said of the done line that is missing: the error is why.
    expect(told(`{"error":"busy"}\n${JSON.stringify(line)}\n`)).toEqual(['failed', 'W11 at 0']);
  });
});
