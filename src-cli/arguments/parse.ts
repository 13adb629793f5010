import { parseArgs } from 'node:util';
import { UsageError } from '../failure.ts';
import { type OptionSpec, Values } from './option.ts';
import { proposalFor } from './proposal.ts';

export interface Arguments {
  values: Values;
  /** What is no option, in its order; after `--` everything. */
  positionals: string[];
}

/**
 * Reads the arguments of a command.
 * @param where how to ask for the command's help, for advice: `deltascope lint --help`
 * @throws UsageError for an option that is not known, lacks its value, or has one it can't have
 */
export function parseArguments(
  args: readonly string[],
  options: readonly OptionSpec[],
  where: string,
): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(options.map((option) => [option.name, configOf(option)])),
    // Not strict: what is wrong is said in our own words, with a proposal.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.find(({ name }) => name === token.name);
    if (!option) throw unknownOption(token.rawName, options, where);
    const value = checkedValue(option, token.rawName, token.value, where);
    given.set(option.name, [...(given.get(option.name) ?? []), value]);
  }
  return { values: new Values(given), positionals };
}

function configOf({ value, short }: OptionSpec) {
  return { type: value ? ('string' as const) : ('boolean' as const), ...(short && { short }) };
}

function checkedValue(
  { value: placeholder, choices, many }: OptionSpec,
  written: string,
  value: string | undefined,
  where: string,
): string {
  const help = `See ${where}.`;
  if (!placeholder) {
    if (value === undefined) return '';
    throw new UsageError(`${written} takes no value, and got ${JSON.stringify(value)}.`, help);
  }
  if (value === undefined || value === '') {
    const wanted = choices ? choices.join(', ') : placeholder;
    throw new UsageError(`${written} needs a value: ${wanted}.`, help);
  }
  for (const one of many ? value.split(',') : [value]) {
    if (!choices || choices.includes(one)) continue;
    const near = proposalFor(one, choices);
    throw new UsageError(
      `${written} can't be ${JSON.stringify(one)}.`,
      `${near ? `Did you mean ${near}? ` : ''}It is one of: ${choices.join(', ')}.`,
    );
  }
  return value;
}

function unknownOption(written: string, options: readonly OptionSpec[], where: string): UsageError {
  const near = proposalFor(
    written,
    options.map(({ name }) => `--${name}`),
  );
  const advice = near ? `Did you mean ${near}? ` : '';
  return new UsageError(`There is no option ${written}.`, `${advice}See ${where}.`);
}
