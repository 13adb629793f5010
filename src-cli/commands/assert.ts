import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PROFILES } from '../../src-core/conformance/profiles.ts';
import type { StreamStatus } from '../../src-core/capture.ts';
import { schemasOfFile } from '../../src-core/schema-sources/schema-file.ts';
import { ask } from '../assert/ask.ts';
import type { Assertion, AssertReport } from '../assert/assertion.ts';
import { JsonReport } from '../assert/json-report.ts';
import { JunitReport } from '../assert/junit-report.ts';
import { fitsOwnSchemas, fitsSchema, type GivenSchema } from '../assert/schema-assertion.ts';
import {
  contains,
  endsWith,
  findingLimits,
  hasEvents,
  lintsWithin,
} from '../assert/stream-assertions.ts';
import { TextReport } from '../assert/text-report.ts';
import { firstTextWithin, gapsWithin, totalWithin } from '../assert/time-assertions.ts';
import { durationOf, rangeOf } from '../arguments/amounts.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../failure.ts';
import { ruleNamed } from '../lint/known-rules.ts';
import { laneChoice } from '../output/chosen-lanes.ts';
import { unreadable } from '../sources/byte-source.ts';
import { eachSource } from '../sources/each-source.ts';

const STATUSES = ['completed', 'incomplete', 'failed', 'aborted', 'disconnected', 'any'] as const;

export const assert: Command = {
  name: 'assert',
  summary: 'test that a stream is what is expected',
  usage: '[OPTION...] [FILE...]',
  description: [
    'Tests recordings, or a live stream, in a pipeline. Unless options say otherwise a stream has to end ' +
      'completed and to have no errors that lint finds, and its outputs have to fit the schemas that ' +
      'they were asked for with. Each assertion is a test case of its own.',
    'Exit codes: 0 where all hold, 1 where one does not, 2 where one could not be asked or an input can’t ' +
      'be read. A time can’t be asked of a recording without times: that is no pass.',
  ],
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'junit', 'json'],
      text: 'text (the default), junit (the XML that CI servers read) or json.',
    },
    {
      name: 'status',
      value: 'STATUS',
      choices: STATUSES,
      text: 'How it ends: completed (the default), incomplete, failed, aborted, disconnected, or any.',
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      choices: ['error', 'warning', 'note', 'never'],
      text: 'The lowest severity of findings that it may not have: error (the default), warning, note, or never. What only tells that it failed or is incomplete does not count: --status is about that.',
    },
    { name: 'max-warnings', value: 'N', text: 'It has no more warnings than that.' },
    {
      name: 'silence',
      value: 'RULE',
      many: true,
      text: 'Findings of this rule do not count. May be given several times, or with commas.',
    },
    {
      name: 'profile',
      value: 'SERVER',
      choices: [...PROFILES.map(({ id }) => id), 'none'],
      text: 'What this server is known to do is a note, as lint has it. Left out: the server that the stream seems to come from.',
    },
    {
      name: 'first-text',
      value: 'TIME',
      text: 'The first text of the answer comes within this time of the request: 800ms, 1.5s, 2m.',
    },
    { name: 'total', value: 'TIME', text: 'It ends within this time of the request.' },
    { name: 'max-gap', value: 'TIME', text: 'No more than this passes between two events.' },
    {
      name: 'events',
      value: 'RANGE',
      text: 'It has so many events: 9, 5.., ..100 or 5..100.',
    },
    {
      name: 'contains',
      value: 'TEXT',
      text: 'A text of the answer has this in it. May be given several times.',
    },
    {
      name: 'schema',
      value: 'FILE',
      text: 'The texts of the answer fit the JSON Schema in this file, or else the arguments that functions were called with.',
    },
    { name: 'no-schema', text: 'Outputs need not fit the schemas that they were asked for with.' },
    {
      name: 'lane',
      short: 'l',
      value: 'LANE',
      many: true,
      text: 'The texts that are meant by --schema and --contains: an address (0/0), a kind (function_arguments, ...), both (0/0:refusal), or all.',
    },
  ],
  examples: [
    {
      command: 'deltascope assert --fail-on warning examples/person.sse',
      text: 'A recording that ends completed, without errors and warnings.',
    },
    {
      command:
        'curl -sN https://api.example.com/v1/responses ... | deltascope assert --first-text 2s -',
      text: 'A server that has to answer in time.',
    },
    {
      command: 'deltascope assert -f junit examples/person.sse > junit.xml',
      text: 'A report for a CI server.',
    },
  ],
  async run(call) {
    const assertions = assertionsOf(call);
    const report = reportOf(call);
    const kinds = new Set<string>();
    const code = await eachSource(
      call,
      async (source) => {
        const stream = await ask(call, source, assertions);
        for (const { outcome } of stream.cases) kinds.add(outcome.kind);
        report.stream(stream);
        await call.console.stdout.flush();
      },
      (name, error) => report.unreadable(name, error),
    );
    report.finish();
    if (code !== EXIT.clean || kinds.has('error')) return EXIT.unreadable;
    return kinds.has('failed') ? EXIT.findings : EXIT.clean;
  },
};

/** What the command line expects, before anything is read: a mistake there is none of the streams. */
function assertionsOf(call: Call): Assertion[] {
  const { values } = call;
  values.list('silence').forEach(ruleNamed);
  const status = values.choice<StreamStatus | 'any'>('status', 'completed');
  const lanes = values.list('lane').map(laneChoice);
  const limits = findingLimits(values);
  const firstText = durationOf(values, 'first-text');
  const total = durationOf(values, 'total');
  const gap = durationOf(values, 'max-gap');
  const events = rangeOf(values, 'events');
  const schema = schemaOf(call);
  return [
    ...(status === 'any' ? [] : [endsWith(status)]),
    ...(limits.size === 0 ? [] : [lintsWithin(limits)]),
    ...(firstText === undefined ? [] : [firstTextWithin(firstText)]),
    ...(total === undefined ? [] : [totalWithin(total)]),
    ...(gap === undefined ? [] : [gapsWithin(gap)]),
    ...(events ? [hasEvents(events)] : []),
    ...values.all('contains').map((text) => contains(text, lanes)),
    ...(schema ? [fitsSchema(schema, lanes)] : []),
    ...(schema || values.flag('no-schema') ? [] : [fitsOwnSchemas(lanes)]),
  ];
}

function schemaOf({ console, values }: Call): GivenSchema | null {
  const name = values.value('schema');
  if (name === undefined) return null;
  if (values.flag('no-schema'))
    throw new UsageError('--schema and --no-schema are said at once.', 'Leave one of them out.');
  let text: string;
  try {
    text = readFileSync(resolve(console.workingDirectory, name), 'utf8');
  } catch (error) {
    const { message, advice } = unreadable(name, error);
    throw new UsageError(message, advice);
  }
  const { found, kind, said } = schemasOfFile(text, name);
  const [first] = found;
  if (!first || kind === 'broken')
    throw new UsageError(`${name} holds no schema. ${said}`, 'Name a file with a JSON Schema.');
  if (found.length > 1)
    throw new UsageError(
      `${name} holds ${found.length} schemas, and one is meant.`,
      'Name a file with one JSON Schema.',
    );
  return { name: basename(name), text: first.text };
}

function reportOf({ console, style, values }: Call): AssertReport {
  const { stdout } = console;
  switch (values.value('format')) {
    case 'junit':
      return new JunitReport(stdout, new Date().toISOString());
    case 'json':
      return new JsonReport(stdout);
    default:
      return new TextReport(stdout, style);
  }
}
