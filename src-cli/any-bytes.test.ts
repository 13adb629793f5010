import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from './testing/run.ts';

const COMMANDS = [
  ['inspect', '-f', 'jsonl'],
  ['inspect'],
  ['snapshot'],
  ['output', '-l', 'all'],
  ['lint', '-f', 'sarif'],
  ['stats'],
  ['convert', '--to', 'sse'],
  ['convert', '--to', 'jsonl'],
  ['convert', '--to', 'json'],
];

const piece = fc.oneof(
  fc
    .constantFrom(
      'data: {"type":"response.created","response":{"id":"r","output":[]}}\n\n',
      'data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"a"}\n\n',
      'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n',
      'event: message_start\ndata: {"type":"message_start","message":{"content":[]}}\n\n',
      '{"model":"m","message":{"content":"a"},"done":false}\n',
      '[{"candidates":[{"content":{"parts":[{"text":"a"}]}}]},',
      '{"log":{"version":"1.2","entries":[',
      'interactions:\n- request:\n',
      '\ufeff',
      '\r\n',
      '\n',
      ':\n',
    )
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
);

test('any bytes, cut anywhere, end every command with a code and no fault of its own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...COMMANDS),
      fc.array(piece, { maxLength: 6 }),
      fc.boolean(),
      async (args, stdin, isTerminal) => {
        const { code, out, err } = await run(args, { stdin, ...(isTerminal && { columns: 80 }) });
        expect([0, 1, 2]).toContain(code);
        expect(err).not.toContain('fault of the program');
        // What can't be done is said; what could be has an output.
        expect(code === 2 ? err : out).not.toBe('');
      },
    ),
    { numRuns: 300 },
  );
});
