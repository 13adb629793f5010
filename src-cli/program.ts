import { version } from '../package.json';
import { parseArguments } from './arguments/parse.ts';
import { proposalFor } from './arguments/proposal.ts';
import type { Command } from './command.ts';
import { assert } from './commands/assert.ts';
import { convert } from './commands/convert.ts';
import { diff } from './commands/diff.ts';
import { exportCommand } from './commands/export.ts';
import { inspect } from './commands/inspect.ts';
import { lint } from './commands/lint.ts';
import { output } from './commands/output.ts';
import { record } from './commands/record.ts';
import { rules } from './commands/rules.ts';
import { serve } from './commands/serve.ts';
import { snapshot } from './commands/snapshot.ts';
import { stats } from './commands/stats.ts';
import type { Console } from './console/console.ts';
import { type ColorChoice, styleOf } from './console/style.ts';
import { BrokenPipe, EXIT, Failure, UsageError } from './failure.ts';
import { commandHelp, optionsOf, programHelp } from './help.ts';
import { messageOf } from '../src-main/refusal.ts';

export const COMMANDS: readonly Command[] = [
  inspect,
  snapshot,
  output,
  lint,
  rules,
  stats,
  diff,
  serve,
  record,
  convert,
  exportCommand,
  assert,
];

/** Runs the program. @returns its exit code; whatever goes wrong is said on standard error */
export async function runProgram(console: Console): Promise<number> {
  try {
    const code = await dispatch(console);
    await console.stdout.flush();
    return code;
  } catch (error) {
    if (error instanceof BrokenPipe) return EXIT.brokenPipe;
    try {
      await console.stdout.flush();
      console.stderr.write(failureText(error));
      await console.stderr.flush();
    } catch {
      // Nobody is left to tell.
    }
    return EXIT.unreadable;
  }
}

async function dispatch(console: Console): Promise<number> {
  const [first, ...rest] = console.args;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h')
    return help(console, first === undefined ? [] : rest);
  if (first === '--version' || first === '-V') {
    console.stdout.line(version);
    return EXIT.clean;
  }
  const command = commandOf(first);
  const where = `deltascope ${command.name} --help`;
  const options = optionsOf(command);
  const { values, positionals } = parseArguments(rest, options, where);
  if (values.flag('help')) {
    console.stdout.write(commandHelp(command));
    return EXIT.clean;
  }
  const style = styleOf(values.choice<ColorChoice>('color', 'auto'), console);
  return command.run({ console, style, values, inputs: inputsOf(command, positionals, console) });
}

function help(console: Console, [name]: readonly string[]): number {
  if (name !== undefined) console.stdout.write(commandHelp(commandOf(name)));
  else console.stdout.write(programHelp(COMMANDS));
  return EXIT.clean;
}

function commandOf(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name);
  if (found) return found;
  const names = COMMANDS.map((command) => command.name);
  const near = proposalFor(name, names);
  const list = `The commands are ${names.join(', ')}.`;
  if (name.startsWith('-'))
    throw new UsageError(`${name} stands before the command.`, `${list} Options come after it.`);
  throw new UsageError(
    `There is no command ${JSON.stringify(name)}.`,
    near ? `Did you mean deltascope ${near}?` : list,
  );
}

function inputsOf(
  { name, takes }: Command,
  names: readonly string[],
  { stdin }: Console,
): readonly string[] {
  const where = `deltascope ${name} --help`;
  if (takes === 'words') return names;
  if (names.filter((name) => name === '-').length > 1)
    throw new UsageError('Standard input (-) can be read only once.', `See ${where}.`);
  if (names.length > 0) return [...names];
  if (takes === 'named')
    throw new UsageError('There is no recording.', `Name a file or a folder. See ${where}.`);
  if (!stdin.isTerminal) return ['-'];
  throw new UsageError(
    'There is nothing to read.',
    `Name a file, or - to read what you type or paste. See ${where}.`,
  );
}

function failureText(error: unknown): string {
  if (error instanceof Failure) {
    const advice = error.advice === '' ? '' : `${error.advice}\n`;
    return `deltascope: ${error.message}\n${advice}`;
  }
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code !== '') return `deltascope: ${messageOf(error)}\n`;
  const details = error instanceof Error ? error.stack : String(error);
  return `deltascope: this is a fault of the program; please report it.\n${details}\n`;
}
