import {
  COMPARISON_PARTS,
  type ComparisonPart,
  comparisonText,
} from '../../src-core/compare/comparison-text.ts';
import { compareCaptures } from '../../src-core/compare/comparison.ts';
import { countOf } from '../arguments/amounts.ts';
import type { Command } from '../command.ts';
import { forTerminal } from '../console/captured-text.ts';
import { comparedStream } from '../diff/compared-stream.ts';
import { comparisonOutput, inked, isSame } from '../diff/comparison-output.ts';
import { ignoringTypes } from '../diff/ignored-types.ts';
import { EXIT, UsageError } from '../failure.ts';
import { eachSource } from '../sources/each-source.ts';
import { typeTest } from '../stream/type-test.ts';
import { readWhole, type WholeStream } from '../stream/whole-stream.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'compare two streams',
  usage: '[OPTION...] FILE FILE',
  description: [
    'Aligns the events of two streams and tells which were lost, inserted or changed, where the outputs and ' +
      'the requests differ, and latency, usage and problems side by side. Ids, times and other members ' +
      'that differ in every run do not count, nor does where texts are cut into deltas.',
    'Exit codes: 0 where events and outputs are the same, 1 where they differ, 2 where one of the two can’t ' +
      'be read.',
  ],
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'json'],
      text: 'text (the default), as a patch has it: - stands before what only the first has; or json.',
    },
    {
      name: 'only',
      value: 'PART',
      choices: COMPARISON_PARTS,
      many: true,
      text: 'Only this part: events, output, request or latency. It alone decides the exit code; of latency nothing is a difference. Several times, or with commas.',
    },
    {
      name: 'ignore',
      value: 'PATTERN',
      many: true,
      text: 'Events of this type may differ; * stands for anything. May be given several times.',
    },
    {
      name: 'limit',
      value: 'N',
      text: 'Events to list of those that differ: 40 by default.',
    },
  ],
  examples: [
    {
      command: 'deltascope diff examples/chat-reasoning.sse examples/chat-refusal.sse',
      text: 'Two recordings.',
    },
    {
      command:
        'curl -sN https://api.example.com/v1/responses ... | deltascope diff --only events examples/person.sse -',
      text: 'A server against what it sent before.',
    },
  ],
  async run(call) {
    const { console, style, values, inputs } = call;
    const parts = values.list('only') as ComparisonPart[];
    const listed = countOf(values, 'limit');
    const ignored = values.list('ignore');
    if (inputs.length !== 2)
      throw new UsageError(
        `Two streams are compared, and ${inputs.length === 1 ? 'there is one' : `there are ${inputs.length}`}.`,
        'Name two, or one and - for standard input. See deltascope diff --help.',
      );
    const streams: WholeStream[] = [];
    const code = await eachSource(call, async (source) => {
      if (source.streams > 1)
        throw new UsageError(
          `There are ${source.streams} streams in it, and one is compared.`,
          `Name one: ${source.name}.`,
        );
      streams.push((await readWhole(source, values)).stream);
    });
    if (code !== EXIT.clean) return code;
    const sides = [comparedStream(streams[0]!), comparedStream(streams[1]!)] as const;
    const { diffArrays } = await import('diff');
    const whole = compareCaptures(...sides, diffArrays);
    const comparison =
      ignored.length === 0 ? whole : ignoringTypes(whole, sides, typeTest(ignored));
    const deciding = parts.length > 0 ? parts : (['events', 'output'] as const);
    const same = isSame(comparison, deciding);
    const shown = parts.length > 0 ? parts : COMPARISON_PARTS;
    if (values.value('format') === 'json') {
      console.stdout.line(comparisonOutput(comparison, shown, same));
    } else {
      const text = comparisonText(comparison, {
        parts: shown,
        ...(listed !== undefined && { listed }),
      });
      console.stdout.write(inked(console.stdout.isTerminal ? forTerminal(text) : text, style));
    }
    await console.stdout.flush();
    return same ? EXIT.clean : EXIT.findings;
  },
};
