import { shownText } from '../../src-core/shown-name.ts';
import type { Output } from '../console/output.ts';
import type { Style } from '../console/style.ts';
import {
  countsText,
  type Finding,
  type LintedStream,
  type LintReport,
  type LintSummary,
  number,
} from './finding.ts';
import type { Source } from '../sources/source.ts';

/** A line for each finding, as compilers write them, as they come; one for each stream, one for all. */
export class TextReport implements LintReport {
  readonly #out: Output;
  readonly #style: Style;

  constructor(out: Output, style: Style) {
    this.#out = out;
    this.#style = style;
  }

  finding({ name }: Source, { rule, severity, seq, start, line, message }: Finding): void {
    const style = this.#style;
    const place = line === null ? `byte ${start}` : String(line);
    const told = style.severity(severity, severity);
    this.#out.line(
      `${style.in('bold', `${shownText(name)}:${place}:`)} ${told}: ${style.in('dim', `#${seq}`)} ` +
        `${shownText(message)} ${style.in('dim', `[${rule}]`)}`,
    );
  }

  stream(stream: LintedStream): void {
    const style = this.#style;
    const { source, protocol, server, events, counts, silenced, unlisted } = stream;
    const found = countsText(counts);
    const facts = [
      found === '' ? style.in('green', 'clean') : found,
      ...(unlisted > 0 ? [`${number(unlisted)} of them not listed`] : []),
      ...(silenced > 0 ? [`${number(silenced)} silenced`] : []),
    ];
    const what = server === null ? protocol : `${protocol}, ${server}`;
    const size = `${number(events)} ${events === 1 ? 'event' : 'events'}`;
    this.#out.line(
      `${style.in('bold', `${shownText(source.name)}:`)} ${facts.join(', ')} (${size}, ${what})`,
    );
  }

  /** Standard error says it. */
  unreadable(): void {}

  finish({ streams, unreadable, counts, silenced }: LintSummary): void {
    if (streams + unreadable < 2) return;
    const clean = streams > 0 ? [this.#style.in('green', 'clean')] : [];
    const found = countsText(counts);
    const facts = [
      ...(found === '' ? clean : [found]),
      ...(silenced > 0 ? [`${number(silenced)} silenced`] : []),
      ...(unreadable > 0 ? [`${unreadable} could not be read`] : []),
    ];
    this.#out.line(`${number(streams + unreadable)} streams: ${facts.join(', ')}`);
  }
}
