import { shownText } from '../../src-core/shown-name.ts';
import type { Output } from '../console/output.ts';
import type { Style } from '../console/style.ts';
import { number } from '../lint/finding.ts';
import type { AssertedStream, AssertReport, TestCase } from './assertion.ts';

/** A line for each assertion that does not hold, as compilers write them; one for each stream, one for all. */
export class TextReport implements AssertReport {
  readonly #out: Output;
  readonly #style: Style;
  #streams = 0;
  #unreadable = 0;
  #failing = 0;

  constructor(out: Output, style: Style) {
    this.#out = out;
    this.#style = style;
  }

  stream({ name, cases }: AssertedStream): void {
    const style = this.#style;
    const not = cases.filter(({ outcome }) => outcome.kind !== 'passed');
    for (const one of not) this.#case(name, one);
    const counts = (['failed', 'error', 'passed'] as const)
      .map((kind) => ({ kind, count: cases.filter(({ outcome }) => outcome.kind === kind).length }))
      .filter(({ count }) => count > 0)
      .map(({ kind, count }) => `${count} ${kind === 'error' ? 'not told' : kind}`)
      .join(', ');
    const facts = not.length === 0 ? style.in('green', counts || 'nothing asked') : counts;
    this.#out.line(`${style.in('bold', `${shownText(name)}:`)} ${facts}`);
    this.#streams++;
    if (not.length > 0) this.#failing++;
  }

  /** Standard error says it. */
  unreadable(): void {
    this.#unreadable++;
  }

  finish(): void {
    const all = this.#streams + this.#unreadable;
    if (all < 2) return;
    const passing = this.#streams - this.#failing;
    const facts = [
      ...(this.#failing > 0 ? [this.#style.in('red', `${number(this.#failing)} failed`)] : []),
      ...(passing > 0 ? [this.#style.in('green', `${number(passing)} passed`)] : []),
      ...(this.#unreadable > 0 ? [`${number(this.#unreadable)} could not be read`] : []),
    ];
    this.#out.line(`${number(all)} streams: ${facts.join(', ')}`);
  }

  #case(stream: string, { name, outcome, line }: TestCase): void {
    if (outcome.kind === 'passed') return;
    const style = this.#style;
    const { kind, message, place, details } = outcome;
    const shownLine = line === null ? '' : `${line}:`;
    const event = place ? ` ${style.in('dim', `#${place.seq}`)}` : '';
    const said = style.in(kind === 'failed' ? 'red' : 'yellow', kind);
    this.#out.line(
      `${style.in('bold', `${shownText(stream)}:${shownLine}`)} ${said}:${event} ` +
        `${style.in('bold', shownText(name))}: ${shownText(message)}`,
    );
    // A single one says no more than the message.
    if (details.length < 2) return;
    for (const detail of details) this.#out.line(`    ${shownText(detail)}`);
  }
}
