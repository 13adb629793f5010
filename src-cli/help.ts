import type { OptionSpec } from './arguments/option.ts';
import type { Command } from './command.ts';
import { READING_OPTIONS } from './stream/reading-options.ts';

/** How wide help is laid out: what fits a terminal of the usual size. */
const WIDTH = 78;
/** Where the explanations of options begin. */
const INDENT = 24;

/** Options that say nothing of streams. */
const GENERAL_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'color',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    text: 'Colours: auto (the default) for terminals only, and never where NO_COLOR is set.',
  },
  { name: 'help', short: 'h', text: 'Show this help.' },
];

/** The options of a command, and those that it has in common with others. */
export function optionsOf({ options, takes }: Command): OptionSpec[] {
  return [...options, ...(takes ? [] : READING_OPTIONS), ...GENERAL_OPTIONS];
}

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  const examples = commands.flatMap(({ examples }) => examples.slice(0, 1));
  return lines(
    'deltascope reads event streams of language-model APIs.',
    '',
    'Usage: deltascope COMMAND [OPTION...] [FILE...]',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => entry(name, summary)).flat(),
    '',
    ...wrapped(
      'A FILE is a recorded stream, the folder of a capture, or - for standard input, which may be a ' +
        'live pipe. Without one, standard input is read where it is no terminal.',
      0,
    ),
    '',
    'Options:',
    ...optionEntries([
      ...GENERAL_OPTIONS,
      { name: 'version', short: 'V', text: 'Show the version.' },
    ]),
    '',
    'Examples:',
    ...examples.map(({ command }) => `  ${command}`),
    '',
    ...wrapped(
      'deltascope COMMAND --help has more on each. Exit codes: 0 all is well, 1 lint found what it ' +
        'fails on, an assertion does not hold, or diff found a difference, 2 something could not be read or understood.',
      0,
    ),
  );
}

/** The help of a command. */
export function commandHelp(command: Command): string {
  const { name, usage, description, examples } = command;
  return lines(
    `Usage: deltascope ${name} ${usage}`,
    '',
    ...description.flatMap((paragraph) => [...wrapped(paragraph, 0), '']),
    'Options:',
    ...optionEntries(optionsOf(command)),
    '',
    'Examples:',
    ...examples.flatMap(({ command, text }) => [...wrapped(text, 2), `    ${command}`]),
  );
}

function optionEntries(options: readonly OptionSpec[]): string[] {
  return options.flatMap((option) => entry(optionUsage(option), option.text));
}

/** `-f, --format FORMAT`. */
export function optionUsage({ name, short, value }: OptionSpec): string {
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
}

function entry(term: string, text: string): string[] {
  const body = wrapped(text, INDENT);
  const head = `  ${term}`;
  if (head.length > INDENT - 2) return [head, ...body];
  const [first = '', ...rest] = body;
  return [head.padEnd(INDENT) + first.trimStart(), ...rest];
}

function wrapped(text: string, indent: number): string[] {
  const result: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      result.push(' '.repeat(indent) + line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...result, ' '.repeat(indent) + line];
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}
