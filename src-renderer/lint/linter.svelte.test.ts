import { expect, test } from 'vitest';
import { lintSchema } from '../../src-core/strict-schema/lint.ts';
import type { LintRequest } from './lint-worker.ts';
import { Linter } from './linter.svelte.ts';

class HeldWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  asked: LintRequest[] = [];
  isEnded = false;
  postMessage(request: LintRequest) {
    this.asked.push(request);
  }
  answer() {
    const { number, text, options } = this.asked.shift()!;
    this.onmessage?.({ data: { number, report: lintSchema(text, options) } });
  }
  terminate() {
    this.isEnded = true;
  }
}

test('a worker that fails says so, and the next text is looked at by another one', () => {
  const workers: HeldWorker[] = [];
  const linter = new Linter(() => {
    workers.push(new HeldWorker());
    return workers.at(-1) as unknown as Worker;
  });
  linter.lint('{}', { target: 'openai' });
  workers[0]!.onerror!({ message: 'out of memory' });
  expect(linter.failure).toBe('out of memory');
  expect(workers[0]!.isEnded).toBe(true);
  linter.clear();
  expect(linter.failure).toBe('');
  linter.lint('{"type":"object"}', { target: 'openai' });
  workers[1]!.answer();
  expect(linter.failure).toBe('');
  expect(linter.linted?.text).toBe('{"type":"object"}');
});
