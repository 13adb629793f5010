import { describe, expect, it } from 'vitest';
import { difference, differenceIn, phrase } from './wording.ts';

describe('a value in a message', () => {
  it('is JSON, but for a text that would be all backslashes', () => {
    expect(phrase('plain\n')).toBe('"plain\\n"');
    expect(phrase({ a: 'b' })).toBe('{"a":"b"}');
    expect(phrase('{"name":"Alice"}')).toBe('“{"name":"Alice"}”');
    expect(phrase('C:\\tmp "x"\n')).toBe('“C:\\tmp "x"\\n”');
  });
});

describe('a difference', () => {
  it('is taken apart into what was streamed and what is there', () => {
    const before = '{"name":"Alice Johnson","age":30}';
    const after = '{"name":"Alice Johnson","":30}';
    const message = `response.output_text.done has another text: ${difference(before, after)}`;
    expect(differenceIn(message)).toEqual({
      said: 'response.output_text.done has another text: they part at character 25',
      streamed: '“Johnson","age":30}”',
      there: '“Johnson","":30}”',
      lengths: '33 and 30 characters',
    });
    expect(differenceIn('expected sequence_number 8')).toBeNull();
  });
});
