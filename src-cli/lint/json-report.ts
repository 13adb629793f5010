import type { Output } from '../console/output.ts';
import type { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';
import type { Finding, LintedStream, LintReport, LintSummary } from './finding.ts';

/** One JSON document with all that was found, written at the end. */
export class JsonReport implements LintReport {
  readonly #out: Output;
  readonly #streams: object[] = [];
  #findings: object[] = [];

  constructor(out: Output) {
    this.#out = out;
  }

  finding(_source: Source, { seq, line, ...finding }: Finding): void {
    this.#findings.push({ ...finding, event: seq, line });
  }

  stream({ source, ...facts }: LintedStream): void {
    const { protocol: _protocol, server: _server, ...rest } = facts;
    this.#push({ name: source.name, ...rest, error: null });
  }

  unreadable(name: string, { message, advice }: InputError): void {
    this.#push({ name, error: { message, advice } });
  }

  finish(summary: LintSummary): void {
    this.#out.line(JSON.stringify({ version: 1, streams: this.#streams, summary }, null, 2));
  }

  #push(facts: object): void {
    this.#streams.push({ ...facts, findings: this.#findings });
    this.#findings = [];
  }
}
