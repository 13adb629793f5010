import type { Output } from '../console/output.ts';
import type { Source } from '../sources/source.ts';
import { Style } from '../console/style.ts';
import type { Finding, LintedStream, LintReport, LintSummary } from './finding.ts';
import type { Locations } from './locations.ts';
import { TextReport } from './text-report.ts';
import type { InputError } from '../failure.ts';

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Workflow commands of GitHub Actions: each finding becomes an annotation at its file and line. */
export class GithubReport implements LintReport {
  readonly #out: Output;
  readonly #locations: Locations;
  readonly #text: TextReport;

  constructor(out: Output, locations: Locations) {
    this.#out = out;
    this.#locations = locations;
    this.#text = new TextReport(out, new Style(false));
  }

  finding(source: Source, { rule, severity, seq, line, message }: Finding): void {
    const path = this.#locations.pathOf(source);
    const isPlaced = path !== null && line !== null && !source.isPart;
    const properties = [
      ...(path === null ? [] : [`file=${escaped(path, true)}`]),
      ...(isPlaced ? [`line=${line}`] : []),
      `title=${escaped(`${rule}, ${source.isPart ? `${source.name}, ` : ''}event ${seq}`, true)}`,
    ];
    this.#out.line(`::${COMMANDS[severity]} ${properties.join(',')}::${escaped(message, false)}`);
  }

  stream(stream: LintedStream): void {
    this.#text.stream(stream);
  }

  unreadable(name: string, error: InputError): void {
    this.#out.line(`::error title=${escaped(name, true)}::${escaped(error.message, false)}`);
  }

  finish(summary: LintSummary): void {
    this.#text.finish(summary);
  }
}

/** What would end a workflow command, or a property of one, as its percent code. */
function escaped(text: string, isProperty: boolean): string {
  const codes: Record<string, string> = { '%': '%25', '\r': '%0D', '\n': '%0A' };
  const more: Record<string, string> = { ':': '%3A', ',': '%2C' };
  return text.replace(/[%\r\n:,]/g, (found) => codes[found] ?? (isProperty ? more[found]! : found));
}
