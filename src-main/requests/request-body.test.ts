import { expect, test } from 'vitest';
import { streamingBody } from './request-body.ts';

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
