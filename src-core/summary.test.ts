import { describe, expect, test } from 'vitest';
import { recordings } from './testing/recordings.ts';
import { showWhitespace, summaryOf } from './summary.ts';
import { FrameParser } from './sse/frame-parser.ts';
import { readData } from './sse/frame.ts';

const of = (event: Record<string, unknown>) => {
  const data = JSON.stringify(event);
  return summaryOf(String(event.type), data, JSON.parse(data));
};

describe('a summary', () => {
  test('of a delta is its text', () => {
    expect(of({ type: 'response.output_text.delta', delta: ' Johnson' })).toEqual({
      delta: ' Johnson',
      text: '',
      tag: '',
    });
  });

  test.each([
    [
      {
        type: 'response.created',
        response: { model: 'm', text: { format: { type: 'json_schema', name: 'person' } } },
      },
      'm',
      'json_schema person',
    ],
    [
      {
        type: 'response.completed',
        response: { usage: { input_tokens: 56, output_tokens: 16, total_tokens: 72 } },
      },
      '56 in, 16 out, 72 tokens',
      '',
    ],
    [
      {
        type: 'response.incomplete',
        response: { incomplete_details: { reason: 'max_output_tokens' } },
      },
      'max_output_tokens',
      '',
    ],
    [
      { type: 'response.failed', response: { error: { code: 'rate_limit', message: 'slow' } } },
      'rate_limit: slow',
      '',
    ],
    [{ type: 'error', code: 'c', message: 'flat' }, 'c: flat', ''],
    [{ type: 'error', error: { type: 't', message: 'nested' } }, 't: nested', ''],
    [
      {
        type: 'response.output_item.added',
        item: { type: 'function_call', id: 'fc', status: 'in_progress', name: 'weather' },
      },
      'function_call fc in_progress',
      'weather',
    ],
    [{ type: 'response.content_part.added', part: { type: 'output_text' } }, 'output_text', ''],
    [{ type: 'keepalive', sequence_number: 3 }, '', ''],
  ])('of %j', (event, text, tag) => {
    expect(of(event)).toEqual({ delta: null, text, tag });
  });

  test('of a value nested beyond reason says so', () => {
    const data = `{"type":"response.output_text.delta","delta":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const value = JSON.parse(data) as never;
    expect(summaryOf('response.output_text.delta', data, value).text).toBe(
      '(nested too deeply to show)',
    );
  });

  test('of data that is no JSON is the data', () => {
    expect(summaryOf('[DONE]', '[DONE]', undefined).text).toBe('[DONE]');
  });

  test('of every recorded event is one short line that throws nothing', () => {
    let count = 0;
    for (const { bytes } of recordings('.sse')) {
      const parser = new FrameParser({
        deviation: () => {},
        frame(frame, chunk, base) {
          if (frame.kind !== 'event') return;
          const data = readData(frame, chunk, base);
          let value: never | undefined;
          try {
            value = JSON.parse(data) as never;
          } catch {
            value = undefined;
          }
          const type = (value as { type?: unknown } | undefined)?.type;
          const { delta, text } = summaryOf(
            typeof type === 'string' ? type : 'message',
            data,
            value,
          );
          expect((delta ?? text).length).toBeLessThanOrEqual(301);
          count++;
        },
      });
      parser.push(bytes);
    }
    expect(count).toBeGreaterThan(5000);
  });
});

test('white space is shown', () => {
  expect(showWhitespace(' a\tb\r\nc\n')).toBe('·a→b↵c↵');
  expect(showWhitespace('a\u202eb')).toBe('a⟨U+202E⟩b');
});
