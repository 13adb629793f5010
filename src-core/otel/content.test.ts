import { expect, test } from 'vitest';
import { jsonRequest, recordedBytes, spannedCapture } from '../testing/spanned-capture.ts';
import { spanFacts } from './span-facts.ts';

// Forms are those of the conventions' own schemas: gen-ai-input-messages, -output-messages, -tool-definitions.

function contentOf(path: string, url: string, body: unknown): Record<string, unknown> {
  const capture = spannedCapture(recordedBytes(path), { request: jsonRequest(url, body) });
  const { attributes } = spanFacts(capture, { content: true });
  const read = (name: string) => {
    const text = attributes[name];
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
  };
  return {
    system: read('gen_ai.system_instructions'),
    input: read('gen_ai.input.messages'),
    output: read('gen_ai.output.messages'),
    tools: read('gen_ai.tool.definitions'),
  };
}
const text = (content: string) => ({ type: 'text', content });
const PARAMETERS = { type: 'object', properties: {} };

test('of the Responses API', () => {
  const content = contentOf('seed-person.sse', 'https://api.openai.com/v1/responses', {
    instructions: 'Answer as JSON.',
    input: [
      { role: 'user', content: 'A person.' },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'Like this:' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
          { type: 'input_image', file_id: 'file-1' },
        ],
      },
      { type: 'function_call', call_id: 'call_1', name: 'find', arguments: '{"age":30}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'Alice' },
    ],
    tools: [
      { type: 'function', name: 'find', parameters: PARAMETERS },
      { type: 'web_search', search_context_size: 'low' },
    ],
  });
  expect(content).toEqual({
    system: [text('Answer as JSON.')],
    input: [
      { role: 'user', parts: [text('A person.')] },
      {
        role: 'user',
        parts: [
          text('Like this:'),
          { type: 'blob', mime_type: 'image/png', modality: 'image', content: 'AAAA' },
          { type: 'file', modality: 'image', file_id: 'file-1' },
        ],
      },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'call_1', name: 'find', arguments: { age: 30 } }],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'Alice' }] },
    ],
    output: [
      {
        role: 'assistant',
        parts: [text('{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}')],
        finish_reason: 'stop',
      },
    ],
    tools: [
      { type: 'function', name: 'find', parameters: PARAMETERS },
      { type: 'web_search', search_context_size: 'low' },
    ],
  });
});

test('of Chat Completions', () => {
  const content = contentOf(
    'openai-chat/dotnet-chat-streamingstructuredrefusalworks.sse',
    'https://api.openai.com/v1/chat/completions',
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"a":1}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'none' },
      ],
      tools: [{ type: 'function', function: { name: 'find', parameters: PARAMETERS } }],
    },
  );
  expect(content).toMatchObject({
    system: undefined,
    input: [
      { role: 'system', parts: [text('Be brief.')] },
      { role: 'user', parts: [text('Hello')] },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'c1', name: 'find', arguments: { a: 1 } }],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'none' }] },
    ],
    output: [
      {
        role: 'assistant',
        parts: [text("I'm sorry, I can't assist with that request.")],
        finish_reason: 'stop',
      },
    ],
    tools: [{ type: 'function', name: 'find', parameters: PARAMETERS }],
  });
});

test('of Messages', () => {
  const content = contentOf(
    'anthropic/req-claude-opus-4-5-streaming.sse',
    'https://api.anthropic.com/v1/messages',
    {
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'tool_result', tool_use_id: 't1', content: 'none' },
          ],
        },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 't1', name: 'find', input: { a: 1 } }],
        },
      ],
      tools: [{ name: 'find', input_schema: PARAMETERS }],
    },
  );
  expect(content).toMatchObject({
    system: [text('Be brief.')],
    input: [
      {
        role: 'user',
        parts: [
          { type: 'blob', mime_type: 'image/png', modality: 'image', content: 'AAAA' },
          { type: 'tool_call_response', id: 't1', response: 'none' },
        ],
      },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 't1', name: 'find', arguments: { a: 1 } }],
      },
    ],
    output: [
      {
        role: 'assistant',
        parts: [{ type: 'reasoning' }, { type: 'text' }],
        finish_reason: 'end_turn',
      },
    ],
    tools: [{ type: 'function', name: 'find', parameters: PARAMETERS }],
  });
});

test('of Gemini and Ollama', () => {
  const gemini = contentOf(
    'gemini/simonwgem-gemini-test-tools.json',
    'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent',
    {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hello' }] },
        { role: 'model', parts: [{ functionCall: { name: 'find', args: { a: 1 } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'find', response: { b: 2 } } }] },
      ],
      tools: [{ functionDeclarations: [{ name: 'find', parameters: PARAMETERS }] }],
    },
  );
  expect(gemini).toMatchObject({
    system: [text('Be brief.')],
    input: [
      { role: 'user', parts: [text('Hello')] },
      { role: 'assistant', parts: [{ type: 'tool_call', name: 'find', arguments: { a: 1 } }] },
      { role: 'user', parts: [{ type: 'tool_call_response', response: { b: 2 } }] },
    ],
    output: [
      {
        role: 'assistant',
        parts: [{ type: 'reasoning' }, { type: 'tool_call', name: 'pelican_name_generator' }],
        finish_reason: 'STOP',
      },
    ],
    tools: [{ type: 'function', name: 'find', parameters: PARAMETERS }],
  });
  const ollama = contentOf(
    'ndjson/openllm-ollama-metrics-test-ollama-streaming-metrics.ndjson',
    'http://127.0.0.1:11434/api/generate',
    { prompt: 'A joke.', system: 'Be brief.' },
  );
  expect(ollama).toMatchObject({
    system: [text('Be brief.')],
    input: [{ role: 'user', parts: [text('A joke.')] }],
    output: [
      {
        role: 'assistant',
        parts: [{ type: 'text', content: expect.stringMatching(/^Okay/) as string }],
        finish_reason: 'stop',
      },
    ],
  });
});

test('is left out unless it is asked for', () => {
  const request = jsonRequest('https://api.openai.com/v1/responses', { input: 'A secret.' });
  const capture = spannedCapture(recordedBytes('seed-person.sse'), { request });
  expect(JSON.stringify(spanFacts(capture, { content: false }))).not.toMatch(/secret|Alice/);
});
