import { expect, test } from 'vitest';
import { REQUEST_FORMS } from '../../src-core/request-code/parts.ts';
import { requestCode } from '../../src-core/request-code/request-code.ts';
import { schemaRequest } from '../../src-core/schema-request/schema-request.ts';
import { typeErrors } from './typescript-program.ts';

test('the TypeScript fits the official client', () => {
  const files = new Map<string, string>();
  for (const kind of ['format', 'tool'] as const)
    for (const form of REQUEST_FORMS) {
      const body = schemaRequest({
        api: form,
        schema: '{"type":"object","properties":{"a b":{"type":"string"}},"required":["a b"]}',
        name: 'person',
        description: 'Someone',
        strict: true,
        kind,
        model: 'gpt-4o-mini',
        prompt: 'Who?',
        instructions: "Don't ask.",
        maxOutputTokens: 64,
      });
      const code = requestCode({ language: 'typescript', form, body, baseUrl: 'http://x/v1' })!;
      // The names that Node gives.
      const node = 'declare const process: { stdout: { write(text: string): void } };\n';
      files.set(
        `${kind}-${form}.ts`,
        `${node}declare const console: { log(...all: unknown[]): void };\n${code}`,
      );
    }
  expect(typeErrors(files)).toEqual([]);
});
