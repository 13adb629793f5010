import { type EventIndex, laneAddress } from '../../src-core/index/event-index.ts';
import type { Call, Command } from '../command.ts';
import { capturedJson } from '../console/captured-text.ts';
import { InputError } from '../failure.ts';
import { chosenLanes, type LaneChoice, laneChoice, laneName } from '../output/chosen-lanes.ts';
import { LanePrinter } from '../output/lane-printer.ts';
import { eachSource } from '../sources/each-source.ts';
import type { Source } from '../sources/source.ts';
import { readWhole } from '../stream/whole-stream.ts';

export const output: Command = {
  name: 'output',
  summary: 'print the texts that a stream wrote',
  usage: '[--lane LANE] [OPTION...] [FILE...]',
  description: [
    'Prints the text of the answer: output text and refusals. Of a live stream the first text is printed ' +
      'while it is written. A text that does not end its last line gets a line end.',
    'Other texts (arguments of tools, reasoning, code) are lanes as well; stats lists those of a stream.',
  ],
  options: [
    {
      name: 'lane',
      short: 'l',
      value: 'LANE',
      many: true,
      text: 'An address (0/0), a kind (function_arguments, reasoning_text, ...), both (0/0:refusal), or all. May be given several times.',
    },
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'jsonl'],
      text: 'text (the default), or jsonl: one JSON object for each lane, with its text exactly.',
    },
  ],
  examples: [
    { command: 'deltascope output examples/person.sse | jq .age', text: 'The answer.' },
    {
      command: 'deltascope output --lane function_arguments examples/function-calls.sse',
      text: 'What tools were called with.',
    },
    {
      command: 'deltascope output -l all -f jsonl examples/reasoning.sse',
      text: 'Everything, for other programs.',
    },
  ],
  async run(call) {
    const choices = call.values.list('lane').map(laneChoice);
    const isJson = call.values.value('format') === 'jsonl';
    return eachSource(call, (source) =>
      isJson ? printJson(call, source, choices) : printTexts(call, source, choices),
    );
  },
};

async function printTexts(
  { console: { stdout }, values }: Call,
  source: Source,
  choices: readonly LaneChoice[],
): Promise<void> {
  const printer = new LanePrinter(stdout, choices);
  const { stream } = await readWhole(source, values, async ({ index }) => {
    // A text may still be replaced; where nobody waits, only the final one is printed.
    if (!source.isLive) return;
    printer.grew(index);
    await stdout.flush();
  });
  if (printer.end(stream.index) === 0) throw noLanes(source, stream.index, choices);
  await stdout.flush();
}

async function printJson(
  { console: { stdout }, values, inputs }: Call,
  source: Source,
  choices: readonly LaneChoice[],
): Promise<void> {
  const { index } = (await readWhole(source, values)).stream;
  const lanes = chosenLanes(index, choices);
  if (lanes.length === 0) throw noLanes(source, index, choices);
  for (const number of lanes) {
    const lane = index.lanes[number]!;
    const { kind, response, firstSeq, text } = lane;
    const address = laneAddress(lane);
    const file = inputs.length > 1 || source.streams > 1 ? { file: source.name } : {};
    const facts = { ...file, response, address, kind, firstEvent: firstSeq, text };
    stdout.line(capturedJson(source.name, facts));
    await stdout.flush();
  }
}

function noLanes({ name }: Source, index: EventIndex, choices: readonly LaneChoice[]): InputError {
  const what = choices.length === 0 ? 'no text of an answer' : 'no such lane';
  const all = chosenLanes(index, [{ address: null, kind: null }]);
  const known = all.slice(0, 5).map((number) => laneName(index.lanes[number]!));
  if (known.length === 0) return new InputError(`${name} has ${what}: it has no lanes at all.`);
  const more = all.length > known.length ? `, and ${all.length - known.length} more` : '';
  return new InputError(
    `${name} has ${what}. It has ${known.join(', ')}${more}.`,
    `Print one with --lane ${known[0]}, or all with --lane all.`,
  );
}
