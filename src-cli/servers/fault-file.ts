import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FaultList } from '../../src-core/faults/fault-list.ts';
import { parseFaults } from '../../src-core/faults/parse-faults.ts';
import { shownText } from '../../src-core/shown-name.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../failure.ts';
import { unreadable } from '../sources/byte-source.ts';

/** Errors of a file that are told. */
const TOLD = 10;

/**
 * The list of faults in the file that `--faults` names: `docs/faults.md`.
 * @throws UsageError for what can't be read, or is no such list, with every place
 */
export function faultsOf({ console, values }: Call): FaultList | null {
  const name = values.value('faults');
  if (name === undefined) return null;
  let text: string;
  try {
    text = readFileSync(resolve(console.workingDirectory, name), 'utf8');
  } catch (error) {
    const { message, advice } = unreadable(name, error);
    throw new UsageError(message, advice);
  }
  const parsed = parseFaults(text, name);
  if (parsed.ok) return parsed.list;
  const { errors } = parsed;
  const places = errors
    .slice(0, TOLD)
    .map(({ line, column, message }) => `${name}:${line}:${column}: ${shownText(message)}`);
  const more = errors.length > TOLD ? [`and ${errors.length - TOLD} more`] : [];
  throw new UsageError(`${name} is no list of faults.`, [...places, ...more].join('\n'));
}
