import type { OptionSpec, Values } from './arguments/option.ts';
import type { Console } from './console/console.ts';
import type { Style } from './console/style.ts';

/** A command of the program: what its help says, and what it does. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  /**
   * What stands after the options: streams to read, standard input where none is named. `named`: recordings that
   * have to be named, whatever they speak. `words`: of which there may be none.
   */
  readonly takes?: 'named' | 'words';
  /** Paragraphs of the help. */
  readonly description: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** @returns the exit code. @throws Failure, BrokenPipe */
  run(call: Call): Promise<number>;
}

export interface Example {
  /** A line for a shell. Tests run it where it names only files of this repository. */
  command: string;
  text: string;
}

/** One call of a command. */
export interface Call {
  readonly console: Console;
  readonly style: Style;
  readonly values: Values;
  /** Files and folders as given, `-` for standard input; never empty. Or words. */
  readonly inputs: readonly string[];
}
