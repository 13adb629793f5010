import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanJson } from './json-scan.ts';
import { streamingBody } from './request-body.ts';

test.each([
  ['', 1, 1, 'a value was expected, but the text ends'],
  ['{"a": 1,}', 1, 9, 'a property name in double quotes was expected, but there is "}"'],
  ['{\n  "a": tru\n}', 2, 8, 'a value was expected, but there is "t"'],
  ['{"a" 1}', 1, 6, '":" was expected, but there is "1"'],
  ['[1 2]', 1, 4, '"," or "]" was expected, but there is "2"'],
  ['{"a": "b', 1, 7, 'a string that starts here is not closed'],
  ['{"a": "b\n"}', 1, 9, 'a line break or control character has to be escaped in a string'],
  ['"\\x"', 1, 2, 'this is no escape of JSON'],
  ['{} x', 1, 4, 'nothing more was expected, but there is "x"'],
  ["{'a': 1}", 1, 2, 'a property name in double quotes was expected, but there is "\'"'],
  ['01', 1, 2, 'nothing more was expected, but there is "1"'],
])('%j fails at line %i, column %i', (text, line, column, message) => {
  expect(scanJson(text)).toMatchObject({ ok: false, line, column, message });
});

test('it accepts what JSON.parse accepts', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, at) => {
      expect(scanJson(text).ok).toBe(true);
      const broken =
        text.slice(0, at % (text.length + 1)) + text.slice((at % (text.length + 1)) + 1);
      let parses = true;
      try {
        JSON.parse(broken);
      } catch {
        parses = false;
      }
      expect(scanJson(broken).ok).toBe(parses);
    }),
  );
});

test('a text of megabytes and one of great depth end in an answer', () => {
  expect(scanJson(`{"a":"${'x'.repeat(5_000_000)}"}`).ok).toBe(true);
  expect(scanJson('['.repeat(100_000))).toMatchObject({ ok: false });
});

test.each([
  ['{"model":"m"}', '{"stream": true, "model":"m"}'],
  ['{}', '{"stream": true}'],
  [' {\n  "model": "m"\n}', ' {"stream": true, \n  "model": "m"\n}'],
  ['{"stream": false, "id": 12345678901234567890}', '{"stream": true, "id": 12345678901234567890}'],
  ['{"stream": true}', '{"stream": true}'],
  ['{"stream": {"a": [1]}, "stream":null}', '{"stream": true, "stream":true}'],
  ['{"a": {"stream": false}}', '{"stream": true, "a": {"stream": false}}'],
  ['{"\\u0073tream": false}', '{"\\u0073tream": true}'],
])('%s is sent as %s', (text, sent) => {
  expect(streamingBody(text)).toBe(sent);
});

test('what is no JSON object is refused with its place', () => {
  expect(() => streamingBody('{\n"a":}')).toThrow(/line 2, column 5/);
  expect(() => streamingBody('[1]')).toThrow('has to be a JSON object');
});
