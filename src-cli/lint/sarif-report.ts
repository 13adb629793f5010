import { version } from '../../package.json';
import type { RuleText } from '../../src-core/conformance/rule.ts';
import { ruleOfId } from '../../src-core/conformance/rules.ts';
import type { Output } from '../console/output.ts';
import type { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';
import type { Finding, LintedStream, LintReport } from './finding.ts';
import type { Locations } from './locations.ts';

/**
 * SARIF 2.1.0 (OASIS), as code hosts take it: one run, written at the end. A finding has the line and the
 * bytes of its event, and the event's number in its properties.
 */
export class SarifReport implements LintReport {
  readonly #out: Output;
  readonly #locations: Locations;
  readonly #results: object[] = [];
  readonly #artifacts = new Map<string, object>();
  readonly #notifications: object[] = [];
  readonly #ruleIndexes = new Map<string, number>();

  constructor(out: Output, locations: Locations) {
    this.#out = out;
    this.#locations = locations;
  }

  finding(source: Source, { rule, severity, seq, start, end, line, message }: Finding): void {
    this.#results.push({
      ruleId: rule,
      ruleIndex: this.#indexOf(rule),
      level: severity,
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: this.#locations.uriOf(source) },
            // The lines of a stream that was taken out of a file are none of the file's.
            ...(!source.isPart && {
              region: {
                ...(line !== null && { startLine: line }),
                byteOffset: start,
                byteLength: Math.max(0, end - start),
              },
            }),
          },
          logicalLocations: [{ name: `event ${seq}`, kind: 'element' }],
        },
      ],
      properties: { event: seq, stream: source.name },
    });
  }

  stream({
    source,
    bytes,
    events,
    dialect,
    profile,
    counts,
    silenced,
    unlisted,
  }: LintedStream): void {
    const uri = this.#locations.uriOf(source);
    this.#artifacts.set(uri, {
      location: { uri },
      ...(!source.isPart && { length: bytes }),
      properties: { events, dialect, profile, ...counts, silenced, unlisted },
    });
  }

  unreadable(name: string, { message, advice }: InputError): void {
    const text = `${message} ${advice}`.trim();
    this.#notifications.push({ level: 'error', message: { text }, properties: { stream: name } });
  }

  finish(): void {
    const run = {
      tool: { driver: { name: 'deltascope', version, rules: this.#rules() } },
      invocations: [
        {
          executionSuccessful: this.#notifications.length === 0,
          toolExecutionNotifications: this.#notifications,
        },
      ],
      artifacts: [...this.#artifacts.values()],
      columnKind: 'utf16CodeUnits',
      results: this.#results,
    };
    const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
    this.#out.line(JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2));
  }

  #indexOf(rule: string): number {
    const known = this.#ruleIndexes.get(rule);
    if (known !== undefined) return known;
    const index = this.#ruleIndexes.size;
    this.#ruleIndexes.set(rule, index);
    return index;
  }

  /** Those that something was found of, in the order of their indexes. */
  #rules(): object[] {
    return [...this.#ruleIndexes.keys()].map((id) => {
      const rule = ruleOfId(id);
      return rule ? descriptor(rule) : { id, shortDescription: { text: id } };
    });
  }
}

/** A `reportingDescriptor`: what a code host shows beside a finding. */
function descriptor({ id, title, severity, level, basis, clients, explanation }: RuleText): object {
  const help = `${explanation.trim()}\n\nRests on: ${basis}\n\nClients: ${clients}`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `What holds: ${title}. ${basis}` },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: severity },
    properties: { level, tags: ['event-stream', level] },
  };
}
