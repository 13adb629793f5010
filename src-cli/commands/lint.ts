import { PROFILES } from '../../src-core/conformance/profiles.ts';
import type { Severity } from '../../src-core/problem.ts';
import type { Call, Command } from '../command.ts';
import { EXIT } from '../failure.ts';
import { type LintReport, type LintSummary, noCounts } from '../lint/finding.ts';
import { GithubReport } from '../lint/github-report.ts';
import { ruleNamed } from '../lint/known-rules.ts';
import { JsonReport } from '../lint/json-report.ts';
import { lintStream } from '../lint/lint-stream.ts';
import { Locations } from '../lint/locations.ts';
import { SarifReport } from '../lint/sarif-report.ts';
import { TextReport } from '../lint/text-report.ts';
import { eachSource } from '../sources/each-source.ts';

const SEVERITIES = ['error', 'warning', 'note'] as const;

export const lint: Command = {
  name: 'lint',
  summary: 'report where a stream breaks its protocol',
  usage: '[OPTION...] [FILE...]',
  description: [
    'Reports what is wrong or remarkable in a stream, each with its file, line, severity, event, and the ' +
      'rule in brackets (deltascope rules explains them). Those of a live stream are written as they come.',
    'Exit codes: 0 where nothing is as severe as --fail-on says, 1 where something is, 2 where an input ' +
      'can’t be read or holds no stream; the other inputs are read all the same.',
  ],
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'json', 'sarif', 'github'],
      text: 'text (the default), json, sarif (SARIF 2.1.0) or github (annotations of GitHub Actions).',
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      choices: SEVERITIES,
      text: 'The lowest severity that makes the exit code 1: error (the default), warning or note.',
    },
    {
      name: 'profile',
      value: 'SERVER',
      choices: [...PROFILES.map(({ id }) => id), 'none'],
      text: `What this server is known to do is a note: ${PROFILES.map(({ id }) => id).join(', ')}, or none. Left out: the server that the stream seems to come from.`,
    },
    {
      name: 'level',
      value: 'SEVERITY',
      choices: SEVERITIES,
      text: 'The lowest severity that is listed: note (the default) lists all. What is not listed is counted.',
    },
    {
      name: 'silence',
      value: 'RULE',
      many: true,
      text: 'Neither list nor count findings of this rule. May be given several times, or with commas.',
    },
  ],
  examples: [
    { command: 'deltascope lint examples/*.sse', text: 'Several recordings.' },
    {
      command: 'curl -sN https://api.example.com/v1/responses ... | deltascope lint -',
      text: 'A live stream: findings are written as they come.',
    },
    {
      command: 'deltascope lint --fail-on warning --silence W10 examples/person.sse',
      text: 'Stricter, but for one rule.',
    },
    {
      command: 'deltascope lint -f sarif examples/*.sse > lint.sarif',
      text: 'For code scanning.',
    },
  ],
  async run(call) {
    const failOn = call.values.choice<Severity>('fail-on', 'error');
    // Before anything is read: a name that is none is a mistake on the command line.
    call.values.list('silence').forEach(ruleNamed);
    const report = reportOf(call);
    const summary: LintSummary = {
      ...{ streams: 0, unreadable: 0, counts: noCounts(), silenced: 0, unlisted: 0 },
    };
    const code = await eachSource(
      call,
      async (source) => {
        const stream = await lintStream(call, source, report);
        summary.streams++;
        for (const severity of SEVERITIES) summary.counts[severity] += stream.counts[severity];
        summary.silenced += stream.silenced;
        summary.unlisted += stream.unlisted;
        report.stream(stream);
        await call.console.stdout.flush();
      },
      (name, error) => {
        summary.unreadable++;
        report.unreadable(name, error);
      },
    );
    report.finish(summary);
    if (code !== EXIT.clean) return code;
    const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
    return failing.some((severity) => summary.counts[severity] > 0) ? EXIT.findings : EXIT.clean;
  },
};

function reportOf({ console, style, values }: Call): LintReport {
  const { stdout } = console;
  switch (values.value('format')) {
    case 'json':
      return new JsonReport(stdout);
    case 'sarif':
      return new SarifReport(stdout, new Locations(console));
    case 'github':
      return new GithubReport(stdout, new Locations(console));
    default:
      return new TextReport(stdout, style);
  }
}
