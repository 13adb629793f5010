import type { Call, Command } from '../command.ts';
import { Losses } from '../convert/losses.ts';
import { writeCapture } from '../convert/to-capture.ts';
import { writeEvents } from '../convert/to-events.ts';
import { writeObjects } from '../convert/to-object.ts';
import { UsageError } from '../failure.ts';
import { eachSource } from '../sources/each-source.ts';
import type { Source } from '../sources/source.ts';

const HELP = 'See deltascope convert --help.';

export const convert: Command = {
  name: 'convert',
  summary: 'write a stream in another form',
  usage: '--to FORM [OPTION...] [FILE]',
  description: [
    'Writes the events of a stream in another form. What has that form already goes through byte for ' +
      'byte; what the other form has no place for is named on standard error. Nothing is struck out: to ' +
      'share a stream there is export.',
    'sse is an event stream. jsonl has the data of each event on a line. json is the object that each ' +
      'response amounts to in the end. capture is a folder as Deltascope keeps it, with the bytes as ' +
      'they came and, of a live pipe or another capture, with their times.',
  ],
  options: [
    { name: 'to', value: 'FORM', choices: ['sse', 'jsonl', 'json', 'capture'], text: 'The form.' },
    {
      name: 'out',
      short: 'o',
      value: 'FOLDER',
      text: 'The folder to make, for capture; all else goes to standard output.',
    },
  ],
  examples: [
    {
      command: 'deltascope convert --to jsonl examples/person.sse > person.jsonl',
      text: 'For programs that read JSON lines.',
    },
    {
      command:
        'curl -sN https://api.example.com/v1/responses ... | deltascope convert --to capture -o first-try -',
      text: 'Records a live stream with its times; the folder opens in the app.',
    },
    {
      command: 'deltascope convert --to json examples/web-search.sse | jq .output',
      text: 'The response that a client has in the end.',
    },
  ],
  async run(call) {
    const { console, values, inputs, style } = call;
    const to = values.value('to');
    const out = values.value('out');
    if (to === undefined)
      throw new UsageError('The form is missing: --to sse, jsonl, json or capture.', HELP);
    if (to === 'capture' && out === undefined)
      throw new UsageError('A capture is a folder: name it with --out FOLDER.', HELP);
    if (to !== 'capture' && out !== undefined)
      throw new UsageError(`--out is for captures; --to ${to} goes to standard output.`, HELP);
    if (inputs.length > 1) throw new UsageError('One stream is converted at a time.', HELP);
    return eachSource(call, async (source) => {
      if (source.streams > 1)
        throw new UsageError(
          `There are ${source.streams} streams in it, and one is converted at a time.`,
          `Name one: ${source.name}.`,
        );
      const losses = new Losses();
      await write(call, source, to, out, losses);
      await console.stdout.flush();
      if (losses.text === '') return;
      console.stderr.line(`${style.in('yellow', 'deltascope:')} left out: ${losses.text}.`);
      await console.stderr.flush();
    });
  },
};

async function write(
  call: Call,
  source: Source,
  to: string,
  out: string | undefined,
  losses: Losses,
): Promise<void> {
  if (to === 'capture') await writeCapture(call, source, out!);
  else if (to === 'json') await writeObjects(call, source, losses);
  else await writeEvents(call, source, to === 'sse' ? 'sse' : 'lines', losses);
}
