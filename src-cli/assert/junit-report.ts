import type { Output } from '../console/output.ts';
import type { InputError } from '../failure.ts';
import {
  type AssertedStream,
  type AssertReport,
  type Outcome,
  type TestCase,
  unasked,
  type Unmet,
} from './assertion.ts';
import { xmlAttributes, xmlText } from './xml.ts';

/**
 * The XML of JUnit as CI servers read it: a suite for each stream, a case for each assertion, written at the end.
 * What could not be asked is an `error`, what does not hold a `failure`.
 */
export class JunitReport implements AssertReport {
  readonly #out: Output;
  readonly #startedAt: string;
  readonly #suites: string[] = [];
  #counts = { tests: 0, failures: 0, errors: 0 };
  #tookUs = 0;

  /** @param startedAt ISO 8601 */
  constructor(out: Output, startedAt: string) {
    this.#out = out;
    // As the schemas of the format have it: without milliseconds and zone.
    this.#startedAt = startedAt.replace(/\.\d+Z$/, '');
  }

  stream({ name, path, cases, tookUs, text }: AssertedStream): void {
    const isClean = cases.every(({ outcome }) => outcome.kind === 'passed');
    const lines = cases.map((one) => caseText(name, path, one));
    // Who looks why a test failed wants to see what the model said.
    if (!isClean && text !== '') lines.push(`    <system-out>${xmlText(text)}</system-out>`);
    this.#suite(name, cases, tookUs, lines);
  }

  unreadable(name: string, { message, advice }: InputError): void {
    const outcome = unasked(`${message} ${advice}`.trim());
    const only: TestCase = { name: 'can be read', kind: 'read', outcome, line: null, tookUs: 0 };
    this.#suite(name, [only], 0, [caseText(name, null, only)]);
  }

  finish(): void {
    const all = { name: 'deltascope', ...this.#counts, time: seconds(this.#tookUs) };
    this.#out.line('<?xml version="1.0" encoding="UTF-8"?>');
    this.#out.line(`<testsuites${xmlAttributes(all)}>`);
    for (const suite of this.#suites) this.#out.line(suite);
    this.#out.line('</testsuites>');
  }

  #suite(name: string, cases: readonly TestCase[], tookUs: number, lines: string[]): void {
    const count = (kind: Outcome['kind']) =>
      cases.filter(({ outcome }) => outcome.kind === kind).length;
    const counts = { tests: cases.length, failures: count('failed'), errors: count('error') };
    const own = { name, ...counts, skipped: 0, time: seconds(tookUs), timestamp: this.#startedAt };
    this.#suites.push(
      [`  <testsuite${xmlAttributes(own)}>`, ...lines, '  </testsuite>'].join('\n'),
    );
    this.#tookUs += tookUs;
    this.#counts = {
      tests: this.#counts.tests + counts.tests,
      failures: this.#counts.failures + counts.failures,
      errors: this.#counts.errors + counts.errors,
    };
  }
}

function caseText(
  classname: string,
  path: string | null,
  { name, kind, outcome, line, tookUs }: TestCase,
): string {
  const place = { file: path ?? undefined, line: line ?? undefined };
  const own = xmlAttributes({ name, classname, time: seconds(tookUs), ...place });
  if (outcome.kind === 'passed') return `    <testcase${own}/>`;
  const element = outcome.kind === 'failed' ? 'failure' : 'error';
  const told = xmlAttributes({ message: outcome.message, type: kind });
  return [
    `    <testcase${own}>`,
    `      <${element}${told}>${xmlText(bodyOf(classname, outcome, line))}</${element}>`,
    '    </testcase>',
  ].join('\n');
}

/** Message, place, and all that is known beside. */
function bodyOf(name: string, { message, place, details }: Unmet, line: number | null): string {
  const places = [
    ...(line === null ? [name] : [`${name}:${line}`]),
    ...(place ? [`event ${place.seq}`] : []),
  ];
  return [message, `at ${places.join(', ')}`, ...details].join('\n');
}

function seconds(us: number): string {
  return (us / 1e6).toFixed(6);
}
