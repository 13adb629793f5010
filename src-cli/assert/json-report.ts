import type { Output } from '../console/output.ts';
import type { InputError } from '../failure.ts';
import type { AssertedStream, AssertReport, TestCase } from './assertion.ts';

/** One JSON document with all assertions, written at the end. */
export class JsonReport implements AssertReport {
  readonly #out: Output;
  readonly #streams: object[] = [];
  readonly #summary = { streams: 0, unreadable: 0, passed: 0, failed: 0, error: 0 };

  constructor(out: Output) {
    this.#out = out;
  }

  stream({ name, cases }: AssertedStream): void {
    this.#summary.streams++;
    for (const { outcome } of cases) this.#summary[outcome.kind]++;
    this.#streams.push({ name, error: null, assertions: cases.map(plainCase) });
  }

  unreadable(name: string, { message, advice }: InputError): void {
    this.#summary.unreadable++;
    this.#streams.push({ name, error: { message, advice }, assertions: [] });
  }

  finish(): void {
    const document = { version: 1, streams: this.#streams, summary: this.#summary };
    this.#out.line(JSON.stringify(document, null, 2));
  }
}

function plainCase({ name, kind, outcome, line }: TestCase): object {
  const failure = outcome.kind === 'passed' ? null : outcome;
  return {
    kind,
    name,
    outcome: outcome.kind,
    message: failure?.message ?? '',
    event: failure?.place?.seq ?? null,
    line,
    details: failure?.details ?? [],
  };
}
