import { expect, test } from 'vitest';
import { listApiSchemas } from '../../../src-core/schema-sources/api-listing.ts';
import { takeApiSchema } from '../../../src-core/schema-sources/api-schema.ts';
import { readApiText } from './api-text.ts';

test('YAML and JSON, with the order of keys', () => {
  const yaml =
    'openapi: 3.1.0\ncomponents:\n  schemas:\n    B: { type: object, properties: { 2: {type: string}, 1: {type: number, maximum: .inf} } }\n';
  const { root, source } = readApiText(yaml);
  expect(listApiSchemas(root!).schemas).toMatchObject([{ name: 'B', about: '2 properties' }]);
  const { text } = takeApiSchema(root!, '/components/schemas/B', source);
  expect(text.indexOf('"2"')).toBeLessThan(text.indexOf('"1"'));
  expect(text).toContain('"maximum": null');
  const json =
    '{"openapi":"3.1.0","components":{"schemas":{"A":{"type":"number","maximum":12345678901234567890}}}}';
  const read = readApiText(json);
  expect(takeApiSchema(read.root!, '/components/schemas/A', read.source).text).toContain(
    '12345678901234567890',
  );
});

test('what can not be read says where', () => {
  expect(readApiText('openapi: 3.1.0\ninfo: [a, b\nx: }').fault).toMatchObject({ line: 3 });
  expect(readApiText('{"openapi": }').fault).toMatchObject({ line: 1, column: 13 });
  expect(readApiText('just words').fault!.message).toBe('it is no object');
});

test('a text that stands for gigabytes is refused', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 12; at++)
    lines.push(
      `a${at}: &a${at} [${Array(10)
        .fill(`*a${at - 1}`)
        .join(', ')}]`,
    );
  expect(readApiText(lines.join('\n')).fault!.message).toMatch(/alias/i);
});
